import { AppError, asAppError } from '../../shared/errors.ts';
import type { Clock } from './ports.ts';

const firstWaitMs = 500;
const longestWaitMs = 10_000;

/**
 * Every place where a passphrase is tried goes through here: one at a time, and after a wrong one the next is not even
 * looked at for half a second, then a second, up to ten (F11). Who guesses by hand notices; who guesses by program at
 * this door needs years. (Who has the file guesses elsewhere: against that stands the cost of scrypt.)
 */
export class PassphraseTries {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #wrong = 0;
  #nextTryAtMs: number | null = null;
  #trying = false;

  /** `changed` is called when the moment of the next try has moved. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  nextTryAtMs(): number | null {
    return this.#nextTryAtMs;
  }

  /** Throws `passphrase_too_soon`, or what `run` throws; only a `wrong_passphrase` counts. */
  async run<T>(run: () => Promise<T>): Promise<T> {
    if (this.#trying || (this.#nextTryAtMs ?? 0) > this.#clock.nowMs()) throw new AppError('passphrase_too_soon');
    this.#trying = true;
    try {
      const value = await run();
      this.#wrong = 0;
      this.#nextTryAtMs = null;
      return value;
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code !== 'wrong_passphrase') throw error;
      this.#wrong += 1;
      this.#nextTryAtMs =
        this.#clock.nowMs() + Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(this.#wrong - 1, 20));
      throw new AppError('wrong_passphrase', { retryAtMs: this.#nextTryAtMs });
    } finally {
      this.#trying = false;
      this.#changed();
    }
  }
}
