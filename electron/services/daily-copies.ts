import { setImmediate as nextTurn } from 'node:timers/promises';
import { asAppError } from '../../shared/errors.ts';
import type { Change } from '../vault/records.ts';
import type { Clock, Log } from './ports.ts';
import type { OpenedVault } from './vault-ports.ts';

export interface DailyCopiesTools {
  /** The open vault; null while there is none. */
  vault(): OpenedVault | null;
  clock: Clock;
  log: Log;
}

/** After a copy that could not be made: a disk that is full now is full at the next commit too. */
const pauseMs = 3_600_000;

/**
 * When the vault's own copies are made and tidied: at the start and with the first commit of a day, and after each
 * commit that removes. Nobody waits for it, and its failing stops nothing.
 */
export class DailyCopies {
  readonly #tools: DailyCopiesTools;
  #work: Promise<void> = Promise.resolve();
  #doneOn: string | null = null;
  #notBeforeMs = 0;

  constructor(tools: DailyCopiesTools) {
    this.#tools = tools;
  }

  /** The vault was opened or accepted. What a crash kept from being removed is made up for here. */
  opened(): void {
    this.#doneOn = null;
    this.#notBeforeMs = 0;
    // After what the opening has to tell: the list is what a person waits for.
    this.#work = this.#work.then(() => nextTurn());
    void this.waysChanged();
    this.#after('daily copies not tidied', (vault) => vault.tidyCopies());
    this.#lookAtTheDay();
  }

  committed(changes: readonly Change[]): void {
    if (changes.some((change) => 'remove' in change))
      this.#after('daily copies not tidied', (vault) => vault.tidyCopies());
    this.#lookAtTheDay();
  }

  /** What opens the vault has changed, or may have before a crash. Resolves when its copies open by nothing else. Never throws. */
  waysChanged(): Promise<void> {
    this.#then('daily copies not followed', (vault) => vault.copiesFollow());
    return this.#work;
  }

  /** Waits for what is under way; the vault may be closed then. Never throws. */
  settled(): Promise<void> {
    return this.#work;
  }

  #lookAtTheDay(): void {
    const nowMs = this.#tools.clock.nowMs();
    if (this.#doneOn === new Date(nowMs).toDateString() || nowMs < this.#notBeforeMs) return;
    this.#notBeforeMs = nowMs + pauseMs;
    this.#after('daily copy not made', async (vault) => {
      await vault.copyOfToday(nowMs);
      // A vault in which nothing stands yet has no copy; its first commit shall make one.
      if (vault.apps().length === 0) this.#notBeforeMs = 0;
      else this.#doneOn = new Date(nowMs).toDateString();
    });
  }

  /** Not by an older copy that nobody has accepted: that one displaces no other, and removes nothing from newer ones. */
  #after(failed: string, act: (vault: OpenedVault) => Promise<void>): void {
    this.#then(failed, (vault) => (vault.olderCopy ? undefined : act(vault)));
  }

  /** One thing after the other: two at once could each see the other's half-made copy. */
  #then(failed: string, act: (vault: OpenedVault) => Promise<void> | void): void {
    const { log } = this.#tools;
    this.#work = this.#work
      .then(async () => {
        const open = this.#tools.vault();
        if (open !== null) await act(open);
      })
      .catch((thrown: unknown) => log.write(failed, { code: asAppError(thrown).code }));
  }
}
