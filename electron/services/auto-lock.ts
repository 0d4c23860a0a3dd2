import type { Clock, Preferences } from './ports.ts';

export interface AutoLockTools {
  clock: Clock;
  preferences: Preferences;
  /** Seconds since the last key or click, anywhere on this computer. */
  idleSeconds: () => number;
  /** False where locking is not possible: nothing is locked and nothing is claimed. */
  canLock: () => boolean;
  lock: () => void;
}

/** Locks without being asked: after a time without a key, when the computer sleeps, with its screen (B33). */
export class AutoLock {
  readonly #tools: AutoLockTools;
  #stopTimer: () => void = () => undefined;
  #stopped = true;

  constructor(tools: AutoLockTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#stopped = false;
    this.look();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopTimer();
  }

  /** Locks if it is time, and looks again when it may be. Call when a setting changed and when the computer woke. */
  look(): void {
    this.#stopTimer();
    if (this.#stopped) return;
    const { clock, preferences, idleSeconds, canLock, lock } = this.#tools;
    const minutes = preferences.settings().lockAfterMinutes;
    if (minutes === null) return;
    const leftSeconds = minutes * 60 - idleSeconds();
    if (leftSeconds <= 0 && canLock()) lock();
    // Whoever stays away needs no more than a look a minute; whoever comes back is not locked for an old absence.
    this.#stopTimer = clock.after(Math.max(1, leftSeconds <= 0 ? 60 : leftSeconds) * 1000, () => this.look());
  }

  sleeps(): void {
    if (this.#tools.preferences.settings().lockOnSleep && this.#tools.canLock()) this.#tools.lock();
  }

  screenLocks(): void {
    if (this.#tools.preferences.settings().lockOnScreenLock && this.#tools.canLock()) this.#tools.lock();
  }
}
