import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { VaultStatus } from '../../shared/model/program.ts';
import type { Change } from '../vault/records.ts';
import type { Announce } from './announce.ts';
import type { Log, OpenedVault, VaultDoor } from './ports.ts';
import type { Realms } from './realms.ts';

export interface OpeningTools {
  door: VaultDoor;
  realms: Realms;
  announce: Announce;
  log: Log;
  /** The vault opened or was accepted: renewals may begin. */
  opened(): void;
}

/** Problems that a new vault would cure. A full disk or a locked keychain is none of them. */
const curedByAnew: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'key_missing',
  'key_wrong',
  'vault_damaged',
  'vault_foreign',
]);

/** Opens the vault at start, says what is wrong when it cannot, and makes one when the first thing is to be stored. */
export class VaultOpening {
  readonly #tools: OpeningTools;
  #status: VaultStatus = { kind: 'opening' };
  #vault: OpenedVault | null = null;
  #running: Promise<void> | null = null;
  #creating: Promise<void> | null = null;

  constructor(tools: OpeningTools) {
    this.#tools = tools;
  }

  status(): VaultStatus {
    return this.#status;
  }

  /** Never throws: what went wrong is the status. Several callers share one opening, so a keychain asks once. */
  open(): Promise<void> {
    this.#running ??= this.#open().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** For the first real thing to store. Throws what stands in the way. */
  async ensure(): Promise<void> {
    await this.#running;
    if (this.#vault !== null) return;
    if (this.#status.kind !== 'absent') await this.open();
    if (this.#status.kind === 'problem') throw new AppError(this.#status.problem.code, this.#status.problem.facts);
    if (this.#status.kind !== 'absent') return;
    // Two first things at once make one vault, not one and an error.
    this.#creating ??= this.#create().finally(() => {
      this.#creating = null;
    });
    await this.#creating;
  }

  setAside(): { movedTo: string } {
    const { door, log } = this.#tools;
    if (!this.#isCurable()) throw new AppError('bad_input');
    const movedTo = door.setAside();
    log.write('vault set aside');
    return { movedTo };
  }

  /** The open vault. Throws `vault_not_open`. */
  opened(): OpenedVault {
    if (this.#vault === null) throw new AppError('vault_not_open');
    return this.#vault;
  }

  /** A backup is restored only where there is no vault: nothing is ever put over one. */
  mustBeAbsent(): void {
    if (this.#status.kind !== 'absent' || this.#creating !== null) throw new AppError('backup_vault_there');
  }

  /** Makes the vault with what a backup held. All of it or nothing. */
  async restore(content: readonly Change[]): Promise<void> {
    this.mustBeAbsent();
    // Whoever connects meanwhile waits, and then stores into this vault instead of making another.
    this.#creating = this.#tools.door
      .restore(content)
      .then((vault) => this.#take(vault))
      .finally(() => {
        this.#creating = null;
      });
    await this.#creating;
  }

  /** The daily copies that could take a damaged vault's place. None where that would not cure it. */
  async copies(): Promise<{ id: string; madeAtMs: number }[]> {
    const { door } = this.#tools;
    return this.#isCurable() ? door.copies() : [];
  }

  /** Sets the vault that does not open aside and opens that copy of it in its place, as an older copy. */
  async restoreCopy(copyId: string): Promise<{ movedTo: string }> {
    if (!this.#isCurable()) throw new AppError('bad_input');
    const put = this.#tools.door.putCopyInPlace(copyId);
    // An opening that is asked for meanwhile waits: it would meet a vault that is half in place.
    this.#running = put
      .then(
        () => this.#open(),
        () => undefined,
      )
      .finally(() => {
        this.#running = null;
      });
    await this.#running;
    const movedTo = await put;
    this.#tools.log.write('daily copy restored');
    return { movedTo };
  }

  async useOlderCopy(): Promise<void> {
    if (this.#vault === null) throw new AppError('vault_not_open');
    await this.#vault.acceptOlderCopy();
    this.#take(this.#vault);
  }

  /** The open vault, unless it is an older copy that nobody has said should be used. */
  inUse(): OpenedVault | null {
    return this.isPaused() ? null : this.#vault;
  }

  /** Renewing by itself waits until a person has said that an older copy is to be used. */
  isPaused(): boolean {
    return this.#vault?.olderCopy === true;
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#creating?.catch(() => undefined);
    await this.#vault?.close();
  }

  /** Nor is one that is being opened, or replaced by its copy, at this moment. */
  #isCurable(): boolean {
    return this.#running === null && this.#status.kind === 'problem' && this.#status.canSetAside;
  }

  async #create(): Promise<void> {
    this.#take(await this.#tools.door.create());
  }

  async #open(): Promise<void> {
    const { door, log } = this.#tools;
    if (this.#vault !== null) return;
    this.#tell({ kind: 'opening' });
    try {
      const vault = await door.open();
      if (vault !== null) {
        this.#take(vault);
        return;
      }
      await door.probeKeychain();
      this.#tell({ kind: 'absent', keychain: door.keychainName });
    } catch (thrown) {
      const { code, facts } = asAppError(thrown);
      log.write('vault not opened', { code });
      this.#tell({ kind: 'problem', problem: { code, facts }, canSetAside: curedByAnew.has(code) });
    }
  }

  #take(vault: OpenedVault): void {
    this.#vault = vault;
    this.#tools.realms.setVault(vault);
    this.#tell({ kind: 'open', keychain: this.#tools.door.keychainName, olderCopy: vault.olderCopy });
    this.#tools.opened();
  }

  #tell(status: VaultStatus): void {
    this.#status = status;
    this.#tools.announce.part('vault');
  }
}
