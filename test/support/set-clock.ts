import type { LocalClock } from '../../electron/services/ports.ts';
import { ManualClock } from './manual-clock.ts';

/** A wall clock that somebody sets, or that went on while the computer slept: timers notice nothing of it. */
export class SetClock extends ManualClock implements LocalClock {
  #aheadMs = 0;

  override nowMs(): number {
    return super.nowMs() + this.#aheadMs;
  }

  /** As the timers have it: what ran, without sleep. */
  runningMs(): number {
    return super.nowMs();
  }

  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Until the schedule looks at the wall clock again. */
  lookAgain(): void {
    this.advance(60_000);
  }
}
