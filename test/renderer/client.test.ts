import { describe, expect, it } from 'vitest';
import { clientOf } from '../../renderer/client.ts';
import type { TextBridge } from '../../shared/ipc/bridge.ts';

describe('what crosses as text', () => {
  it('is read: the answer of a call, and every delta until nobody listens', async () => {
    const asked: unknown[] = [];
    const listeners = new Set<(delta: string) => void>();
    const client = clientOf({
      clipboard: {
        clear: (input: unknown) => {
          asked.push(input);
          return Promise.resolve('{"ok":true,"value":{"cleared":true}}');
        },
      },
      onState(listener: (delta: string) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as unknown as TextBridge);

    expect(await client.clipboard.clear({})).toEqual({ ok: true, value: { cleared: true } });
    expect(asked).toEqual([{}]);

    const heard: unknown[] = [];
    const stop = client.onState((delta) => heard.push(delta));
    for (const listener of listeners) listener('{"revision":2}');
    stop();
    expect(heard).toEqual([{ revision: 2 }]);
    expect(listeners.size).toBe(0);
  });
});
