import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { VaultStatus } from '../../shared/model/program.ts';
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
    if (this.#status.kind !== 'problem' || !this.#status.canSetAside) throw new AppError('bad_input');
    const movedTo = door.setAside();
    log.write('vault set aside');
    return { movedTo };
  }

  async useOlderCopy(): Promise<void> {
    if (this.#vault === null) throw new AppError('vault_not_open');
    await this.#vault.acceptOlderCopy();
    this.#take(this.#vault);
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
