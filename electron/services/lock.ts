import { AppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { VaultStatus } from '../../shared/model/program.ts';
import type { Secret } from '../secret.ts';
import type { Drafts } from './drafts.ts';
import type { VaultOpening } from './open-vault.ts';
import type { PassphraseTries } from './passphrase-tries.ts';
import type { Clock, Log, Preferences } from './ports.ts';

export interface LockTools {
  opening: VaultOpening;
  tries: PassphraseTries;
  clock: Clock;
  log: Log;
  preferences: Preferences;
  drafts: () => Drafts;
  /** Everything that waits for a person or lies on the clipboard ends now. */
  letGo: () => void;
  /** Resolves when no answer that has to be kept is under way any more. */
  settled: () => Promise<unknown>;
  /** Tells the window of every app and connection and of all else: that it is gone, or that it is back. */
  tellAll: () => void;
  /** The window's process ends and a new one begins: what it held of the vault goes with its memory. */
  freshWindow: () => void;
}

/** A rotated refresh token on its way is worth more than the seconds; the window is shut meanwhile as it is. */
const longestSettlingMs = 20_000;

/**
 * Locking needs something to unlock with, so without a passphrase it refuses and nothing is claimed. Locked, main hands
 * nothing out and the window knows nothing. With "keep renewing" main keeps the key; without, the vault is closed and
 * the key wiped, as soon as what is under way has been kept.
 */
export class Lock {
  readonly #tools: LockTools;
  /** The vault is open behind a shut window, or about to be closed. A closed one is the opening's own state. */
  #hidden = false;
  #renewing = false;
  #times = 0;
  #stopTimer: () => void = () => undefined;

  constructor(tools: LockTools) {
    this.#tools = tools;
  }

  isLocked(): boolean {
    return this.#hidden || this.#tools.opening.needsPassphrase();
  }

  /** Goes up with each lock: what began before it and ends after it is not told. */
  times(): number {
    return this.#times;
  }

  /** The vault is on its way to be closed: nothing new begins in it. */
  isClosing(): boolean {
    return this.#hidden && !this.#renewing;
  }

  status(): VaultStatus {
    if (!this.isLocked()) return this.#tools.opening.status();
    return { kind: 'locked', renewing: this.#hidden && this.#renewing, nextTryAtMs: this.#tools.tries.nextTryAtMs() };
  }

  /** Throws `passphrase_missing`. Locked when it returns; the key may have to wait for an answer under way. */
  lock(): void {
    if (this.isLocked()) return;
    const { opening, preferences, log, tellAll, letGo, freshWindow, drafts } = this.#tools;
    if (!opening.hasPassphrase()) throw new AppError('passphrase_missing');
    // Announced first: by the time the push is made, each of them reads as gone.
    tellAll();
    this.#hidden = true;
    this.#renewing = preferences.settings().keepRenewingWhileLocked;
    this.#times += 1;
    letGo();
    drafts().forgetSecrets();
    log.write('locked');
    void this.#settle(this.#times);
    freshWindow();
  }

  /** Throws `wrong_passphrase`, `passphrase_too_soon`, and what stands in the way of opening. */
  async unlock(passphrase: Secret): Promise<Output<'lock.unlock'>> {
    const { opening, tries, drafts, tellAll, log } = this.#tools;
    if (this.isLocked()) {
      await tries.run(async () => {
        if (opening.isOpen()) await opening.checkPassphrase(passphrase);
        // Also when it was closed while the passphrase was looked at.
        if (!opening.isOpen()) await opening.unlock(passphrase);
      });
      this.#hidden = false;
      this.#stopTimer();
      tellAll();
      log.write('unlocked');
    }
    return { goesOn: drafts().newest() };
  }

  async #settle(time: number): Promise<void> {
    const { clock, settled, drafts, opening } = this.#tools;
    const waited = new Promise<void>((resolve) => (this.#stopTimer = clock.after(longestSettlingMs, resolve)));
    await Promise.race([settled(), waited]);
    this.#stopTimer();
    if (!this.#hidden || this.#times !== time) return;
    // An exchange that was under way may have come back and not found room on the disk.
    drafts().forgetSecrets();
    if (this.#renewing) return;
    // From here on it is the opening that says "locked".
    await opening.shut(() => (this.#hidden = false));
  }
}
