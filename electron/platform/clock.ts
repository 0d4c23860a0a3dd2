import type { LocalClock } from '../services/ports.ts';

const dayMs = 86_400_000;

/** The real clock. A timer longer than 2^31-1 ms would fire at once (Node), so spans are cut to a day. */
export const systemClock: LocalClock = {
  nowMs: () => Date.now(),
  runningMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), dayMs));
    return () => clearTimeout(timer);
  },
};
