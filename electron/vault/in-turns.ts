import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long work, cut where it may be interrupted: `yield` is such a place, what is returned is the result. */
export type Work<T> = Generator<undefined, T>;

/** Milliseconds of work between two turns of the loop: half a frame, so that a window beside it stays smooth. */
const sliceMs = 8;

/** To its end without letting anybody else in. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, but whatever else the process has to do comes in between. Throws what the work throws. */
export async function inTurns<T>(work: Work<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await nextTurn();
  }
}
