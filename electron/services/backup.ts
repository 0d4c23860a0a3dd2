import { AppError, asAppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Secret } from '../secret.ts';
import { readBackup, writeBackup } from '../vault/backup-content.ts';
import type { VaultOpening } from './open-vault.ts';
import { mustBeLongEnough } from './passphrase.ts';
import type { PassphraseTries } from './passphrase-tries.ts';
import type { Clock, Log } from './ports.ts';
import type { BackupFiles, BackupSealer } from './vault-ports.ts';

export interface BackupTools {
  opening: VaultOpening;
  tries: PassphraseTries;
  files: BackupFiles;
  sealer: BackupSealer;
  clock: Clock;
  log: Log;
}

/** Makes one sealed file of the vault, and a vault of such a file. */
export class Backups {
  readonly #tools: BackupTools;
  /** The file that a person chose and that was not restored yet. A path never comes from the window. */
  #chosen: string | null = null;

  constructor(tools: BackupTools) {
    this.#tools = tools;
  }

  /** Null: the person closed the dialog, and nothing was made. */
  async make(passphrase: Secret): Promise<{ savedTo: string | null }> {
    const { opening, files, sealer, clock, log } = this.#tools;
    opening.opened();
    const path = await files.chooseNew(suggestedName(clock.nowMs()));
    if (path === null) return { savedTo: null };
    // Read after the dialog, which may have stood open for an hour; the vault may have gone meanwhile.
    const text = await writeBackup(opening.opened(), clock.nowMs());
    files.write(path, await sealer.seal(Buffer.from(text, 'utf8'), passphrase));
    log.write('backup made');
    return { savedTo: path };
  }

  /** Null: the person closed the dialog; what was chosen before stands. */
  async choose(): Promise<{ fileName: string | null }> {
    const { files } = this.#tools;
    const path = await files.chooseExisting();
    if (path === null) return { fileName: null };
    this.#chosen = path;
    return { fileName: path.split(/[\\/]/).at(-1) ?? path };
  }

  /**
   * Everything is read and checked before the first byte is written. `vaultPassphrase` is what the new vault opens by
   * where there is no keychain; it is the person's to choose, and not the backup's.
   */
  async restore(passphrase: Secret, vaultPassphrase?: Secret): Promise<void> {
    const { opening, files, sealer, log } = this.#tools;
    opening.mustTakeBackup(vaultPassphrase);
    if (vaultPassphrase !== undefined) mustBeLongEnough(vaultPassphrase);
    if (this.#chosen === null) throw new AppError('field_missing');
    const plain = await sealer.open(files.read(this.#chosen), passphrase);
    const content = readBackup(Buffer.from(plain).toString('utf8'));
    plain.fill(0);
    await opening.restore(content, vaultPassphrase);
    this.#chosen = null;
    log.write('backup restored');
  }

  /** The daily copies that could take a damaged vault's place; those of a vault under a passphrase open by it alone. */
  async copies(passphrase?: Secret): Promise<Output<'backup.copies'>> {
    try {
      return {
        copies: await this.#trying(passphrase, () => this.#tools.opening.copies(passphrase)),
        needsPassphrase: false,
      };
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code !== 'vault_locked') throw error;
      return { copies: [], needsPassphrase: true };
    }
  }

  restoreCopy(copyId: string, passphrase?: Secret): Promise<{ movedTo: string }> {
    return this.#trying(passphrase, () => this.#tools.opening.restoreCopy(copyId, passphrase));
  }

  /** A passphrase is a try like any other (F11). */
  #trying<T>(passphrase: Secret | undefined, run: () => Promise<T>): Promise<T> {
    return passphrase === undefined ? run() : this.#tools.tries.run(run);
  }
}

/** By the day where this computer is: what a person looks for later. */
function suggestedName(nowMs: number): string {
  const now = new Date(nowMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `Grantkeep backup ${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.age`;
}
