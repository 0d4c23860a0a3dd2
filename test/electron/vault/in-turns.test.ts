import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { atOnce, inTurns, type Work } from '../../../electron/vault/in-turns.ts';

/** Work of about `ms`, which may be interrupted after each. */
function* busyFor(ms: number, begun: () => void = () => undefined): Work<string> {
  for (let done = 0; done < ms; done += 1) {
    begun();
    const until = performance.now() + 1;
    while (performance.now() < until);
    yield;
  }
  return 'done';
}

describe('work in turns', () => {
  it('ends with what it returns, either way', async () => {
    expect(atOnce(busyFor(3))).toBe('done');
    expect(await inTurns(busyFor(3))).toBe('done');
  });

  it('lets others in while it goes on', async () => {
    let steps = 0;
    const seenBetween: number[] = [];
    const look = (): void => {
      seenBetween.push(steps);
      if (steps < 40) setImmediate(look);
    };
    setImmediate(look);
    await inTurns(busyFor(40, () => (steps += 1)));
    expect(seenBetween.filter((seen) => seen > 0 && seen < 40).length).toBeGreaterThan(1);
  });

  it('throws what the work throws', async () => {
    const failing = function* (): Work<void> {
      yield;
      throw new Error('torn');
    };
    await expect(inTurns(failing())).rejects.toThrow('torn');
  });
});
