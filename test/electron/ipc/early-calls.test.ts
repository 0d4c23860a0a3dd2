import { describe, expect, it } from 'vitest';
import { waitingCalls } from '../../../electron/ipc/early-calls.ts';
import type { Invokable, InvokeEvent } from '../../../electron/ipc/router.ts';
import { channels } from '../../../shared/ipc/channels.ts';

type Listener = Parameters<Invokable['handle']>[1];
const event: InvokeEvent = { senderFrame: null, sender: { id: 1 } };

describe('calls that come before there is anybody to answer', () => {
  it('wait for their listener, and later ones go straight to it', async () => {
    const registered = new Map<string, Listener>();
    const late = waitingCalls({ handle: (channel, listener) => registered.set(channel, listener) });
    expect([...registered.keys()].sort()).toEqual([...channels].sort());

    const early = registered.get('program.start')!(event, { asked: 'early' });
    const heard: unknown[] = [];
    late.handle('program.start', (from, input) => {
      heard.push([from, input]);
      return Promise.resolve('answered');
    });
    expect(await early).toBe('answered');
    expect(await registered.get('program.start')!(event, { asked: 'late' })).toBe('answered');
    expect(heard).toEqual([
      [event, { asked: 'early' }],
      [event, { asked: 'late' }],
    ]);
  });
});
