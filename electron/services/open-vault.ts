// Over 300 lines: every state that the vault can be in, and each way from one to another, is read in one place.
import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { VaultStatus } from '../../shared/model/program.ts';
import type { Change } from '../vault/records.ts';
import type { Announce } from './announce.ts';
import type { Secret } from '../secret.ts';
import type { Clock, Log } from './ports.ts';
import type { OpenedVault, VaultDoor } from './vault-ports.ts';
import type { Realms } from './realms.ts';

export interface OpeningTools {
  door: VaultDoor;
  realms: Realms;
  announce: Announce;
  clock: Clock;
  log: Log;
  /** The vault opened or was accepted: renewals may begin. */
  opened(): void;
  /** Another way in: the daily copies take it over. */
  waysChanged(): Promise<void>;
}

/** Problems that a new vault would cure. A full disk or a locked keychain is none of them. */
const curedByAnew: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'key_missing',
  'key_wrong',
  'vault_damaged',
  'vault_foreign',
]);

/** A keychain that has not answered by then is said to be waited for; a question of its own may stand behind us (B43). */
const patienceMs = 3_000;

const locked: VaultStatus = { kind: 'locked', renewing: false, nextTryAtMs: null };

/** Opens the vault at start, says what is wrong when it cannot, and makes one when the first thing is to be stored. */
export class VaultOpening {
  readonly #tools: OpeningTools;
  #status: VaultStatus = { kind: 'opening' };
  #vault: OpenedVault | null = null;
  #running: Promise<void> | null = null;
  #creating: Promise<void> | null = null;
  #shutting: Promise<void> = Promise.resolve();
  #waits = false;

  constructor(tools: OpeningTools) {
    this.#tools = tools;
  }

  status(): VaultStatus {
    const status = this.#status;
    if (!this.#waits || status.kind === 'problem' || status.kind === 'locked') return status;
    return { ...status, waitingFor: this.#tools.door.keychainName };
  }

  isOpen(): boolean {
    return this.#vault !== null;
  }

  /** A vault is here, and it stays closed until a passphrase is given. */
  needsPassphrase(): boolean {
    return this.#status.kind === 'locked';
  }

  /** The open vault can be locked: there is something to unlock it with. */
  hasPassphrase(): boolean {
    return this.#vault?.slots.needsPassphrase === true;
  }

  /** Never throws: what went wrong is the status. Several callers share one opening, so a keychain asks once. */
  open(): Promise<void> {
    this.#running ??= this.#open().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** For the first real thing to store, or the first passphrase, which needs no keychain. Throws what stands in the way. */
  async ensure(passphrase?: Secret): Promise<void> {
    await this.#running;
    if (this.#vault !== null) return;
    if (this.needsPassphrase()) throw new AppError('vault_locked');
    if (this.#status.kind !== 'absent') await this.open();
    const status = this.#status;
    const without = passphrase !== undefined && status.kind === 'problem' && status.canUsePassphrase === true;
    if (status.kind === 'problem' && !without) throw new AppError(status.problem.code, status.problem.facts);
    if (status.kind !== 'absent' && !without) return;
    // Two first things at once make one vault, not one and an error.
    this.#creating ??= this.#create(passphrase).finally(() => {
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

  /** The open vault, accepted or not. Null while there is none. */
  vault(): OpenedVault | null {
    return this.#vault;
  }

  /** Throws `vault_not_open`. */
  opened(): OpenedVault {
    if (this.#vault === null) throw new AppError('vault_not_open');
    return this.#vault;
  }

  /**
   * A backup is restored only where there is no vault, or one that nothing was kept in yet: nothing is ever put over what
   * stands. Without a keychain it takes a passphrase for the vault, and what keeps the keychain away is thrown.
   */
  mustTakeBackup(passphrase?: Secret): void {
    const status = this.#status;
    if (status.kind === 'problem' && status.canUsePassphrase === true) {
      if (passphrase === undefined) throw new AppError(status.problem.code, status.problem.facts);
    } else if (status.kind !== 'absent' && this.#vault?.apps().length !== 0) throw new AppError('backup_vault_there');
    if (this.#creating !== null) throw new AppError('backup_vault_there');
  }

  /** Makes the vault with what a backup held, or fills an empty one. All of it or nothing. */
  async restore(content: readonly Change[], passphrase?: Secret): Promise<void> {
    this.mustTakeBackup(passphrase);
    const { door } = this.#tools;
    const vault = this.#vault;
    if (vault !== null) {
      vault.fill(content);
      this.#take(vault);
      return;
    }
    // Whoever connects meanwhile waits, and then stores into this vault instead of making another.
    this.#creating = this.#patiently(() => door.restore(content, passphrase))
      .then((made) => this.#take(made))
      .finally(() => {
        this.#creating = null;
      });
    await this.#creating;
  }

  /** The daily copies that could take a damaged vault's place. None where that would not cure it. */
  async copies(passphrase?: Secret): Promise<{ id: string; madeAtMs: number }[]> {
    const { door } = this.#tools;
    return this.#isCurable() ? door.copies(passphrase) : [];
  }

  /** Sets the vault that does not open aside and opens that copy of it in its place, as an older copy. */
  async restoreCopy(copyId: string, passphrase?: Secret): Promise<{ movedTo: string }> {
    if (!this.#isCurable()) throw new AppError('bad_input');
    const put = this.#tools.door.putCopyInPlace(copyId, passphrase);
    // An opening that is asked for meanwhile waits: it would meet a vault that is half in place.
    this.#running = put
      .then(
        () => this.#open(passphrase),
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

  /** Renewing by itself waits until a person has said that an older copy is to be used. */
  isPaused(): boolean {
    return this.#vault?.olderCopy === true;
  }

  /** Throws `wrong_passphrase`, after which all is as it was; anything else becomes the status as well. */
  async unlock(passphrase: Secret): Promise<void> {
    // What was shut a moment ago still has its files open.
    await this.#shutting;
    let vault: OpenedVault | null;
    try {
      vault = await this.#tools.door.open(passphrase);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code !== 'wrong_passphrase') this.#tellProblem(error);
      throw error;
    }
    if (vault === null) {
      // Somebody took the folder away meanwhile.
      await this.open();
      throw new AppError('vault_not_open');
    }
    this.#take(vault);
  }

  /** Throws `wrong_passphrase`. */
  async checkPassphrase(passphrase: Secret): Promise<void> {
    await this.opened().slots.check(passphrase);
  }

  async changePassphrase(passphrase: Secret, current: Secret | null): Promise<void> {
    const vault = this.opened();
    if (!(await this.#patiently(() => vault.slots.set(passphrase, current)))) {
      this.#tools.log.write('key still in the keychain');
    }
    await this.#tools.waysChanged();
    this.#tellOpen(vault);
  }

  async removePassphrase(current: Secret): Promise<void> {
    const vault = this.opened();
    await this.#patiently(() => vault.slots.remove(current));
    await this.#tools.waysChanged();
    this.#tellOpen(vault);
  }

  /** Closes the open vault and wipes its key before the first wait; `then` runs once that is the status. */
  async shut(then: () => void): Promise<void> {
    const vault = this.#vault;
    if (vault === null) return;
    this.#vault = null;
    this.#tools.realms.setVault(null);
    this.#shutting = vault.close().catch(() => this.#tools.log.write('vault not closed well'));
    this.#tell(locked);
    then();
    await this.#shutting;
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#creating?.catch(() => undefined);
    await this.#shutting;
    await this.#vault?.close();
  }

  /** Nor is one that is being opened, or replaced by its copy, at this moment. */
  #isCurable(): boolean {
    return this.#running === null && this.#status.kind === 'problem' && this.#status.canSetAside;
  }

  async #create(passphrase?: Secret): Promise<void> {
    const { door } = this.#tools;
    this.#take(await this.#patiently(() => door.create(passphrase)));
  }

  async #open(passphrase?: Secret): Promise<void> {
    const { door } = this.#tools;
    if (this.#vault !== null) return;
    this.#tell({ kind: 'opening' });
    const found = { absent: false };
    try {
      await this.#patiently(async () => {
        const vault = await door.open(passphrase);
        if (vault !== null) {
          this.#take(vault);
          return;
        }
        found.absent = true;
        await door.probeKeychain();
        this.#tell({ kind: 'absent', keychain: door.keychainName });
      });
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'vault_locked') this.#tell(locked);
      else this.#tellProblem(error, found.absent && error.code.startsWith('keychain_'));
    }
  }

  #tellProblem({ code, facts }: AppError, canUsePassphrase = false): void {
    this.#tools.log.write('vault not opened', { code });
    this.#tell({
      kind: 'problem',
      problem: { code, facts },
      canSetAside: curedByAnew.has(code),
      ...(canUsePassphrase ? { canUsePassphrase } : {}),
    });
  }

  async #patiently<T>(run: () => Promise<T>): Promise<T> {
    const waits = (is: boolean): void => {
      if (this.#waits === is) return;
      this.#waits = is;
      this.#tools.announce.part('vault');
    };
    const stopTimer = this.#tools.clock.after(patienceMs, () => waits(true));
    try {
      return await run();
    } finally {
      stopTimer();
      waits(false);
    }
  }

  #take(vault: OpenedVault): void {
    this.#vault = vault;
    this.#tools.realms.setVault(vault);
    this.#tellOpen(vault);
    this.#tools.opened();
  }

  #tellOpen(vault: OpenedVault): void {
    if (this.#vault !== vault) return;
    this.#tell({
      kind: 'open',
      keychain: this.#tools.door.keychainName,
      olderCopy: vault.olderCopy,
      ...(vault.slots.needsPassphrase ? { passphrase: true } : {}),
    });
  }

  #tell(status: VaultStatus): void {
    this.#status = status;
    this.#tools.announce.part('vault');
  }
}
