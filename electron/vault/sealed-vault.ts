import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import type { CommitNote } from './commit-note.ts';
import type { KeySlots } from './key-slots.ts';
import { atOnce, inTurns } from './in-turns.ts';
import { readAppSecrets, readConnectionSecrets, readHistory, readTokenTrail } from './payloads.ts';
import type { RecordStore, SealedRow, VaultCopies } from './ports.ts';
import {
  boundTo,
  type AppRecord,
  type AppSecrets,
  type Change,
  type ConnectionRecord,
  type ConnectionSecrets,
  type PastTokens,
  type Vault,
} from './records.ts';
import { bodyOf, boundOf, schemaOf } from './put-rows.ts';
import { reading, type Found } from './reading.ts';
import { openRow, rowId, sealRow, tallyRowId, type Bound, type VaultScope } from './rows.ts';
import { stage, type Staged } from './staging.ts';
import { Tally, type TallyStep } from './tally.ts';

/** After these the store is known to be as before the commit. Anything else: nobody knows, so nothing more is written. */
const harmless: readonly ErrorCode[] = ['disk_full', 'disk_read_only', 'vault_in_use'];

/** The tally row of a vault in which nothing stands yet; with it a new vault begins. */
export function firstTally(scope: VaultScope, olderCopy = false): SealedRow {
  const { commitNumber, count, xor } = new Tally(scope.keys).after([], []);
  return sealRow(scope, tallyRowId, commitNumber, null, { commitNumber, count, xor, olderCopy });
}

/** What a vault is read from, and what it then works with. */
export interface SealedPeers {
  scope: VaultScope;
  store: RecordStore;
  note: CommitNote;
  slots: KeySlots;
}

/** Apps and connections are in memory from the opening on; secrets and histories are read when asked for. */
export class SealedVault implements Vault {
  readonly realm = 'vault';
  readonly slots: KeySlots;
  readonly #scope: VaultScope;
  readonly #store: RecordStore;
  readonly #note: CommitNote;
  readonly #tally: Tally;
  readonly #apps: Map<string, AppRecord>;
  readonly #connections: Map<string, ConnectionRecord>;
  #appList: readonly AppRecord[] | null = null;
  #connectionList: readonly ConnectionRecord[] | null = null;
  #olderCopy: boolean;
  /** What the tally row on disk says of it. */
  #olderCopySealed: boolean;
  #writing: 'open' | 'stopped' = 'open';
  #closed = false;

  private constructor(peers: SealedPeers, { tally, olderCopy, apps, connections }: Found) {
    this.#scope = peers.scope;
    this.#store = peers.store;
    this.#note = peers.note;
    this.slots = peers.slots;
    this.#tally = tally;
    this.#olderCopy = olderCopy;
    this.#olderCopySealed = olderCopy;
    this.#apps = apps;
    this.#connections = connections;
  }

  /** Where nothing else is waiting, or hardly anything stands. Throws `vault_damaged`. */
  static read(peers: SealedPeers): SealedVault {
    return new SealedVault(peers, atOnce(reading(peers.scope, peers.store)));
  }

  /** The same for a vault of thousands: the window and the tray go on meanwhile. */
  static async readInTurns(peers: SealedPeers): Promise<SealedVault> {
    return new SealedVault(peers, await inTurns(reading(peers.scope, peers.store)));
  }

  get vaultId(): string {
    return this.#scope.vaultId;
  }

  get commitNumber(): number {
    return this.#tally.commitNumber;
  }

  /** The vault is older than the one last used here, and nobody has said yet that it should be used. */
  get olderCopy(): boolean {
    return this.#olderCopy;
  }

  apps(): readonly AppRecord[] {
    this.#mustBeOpen();
    return (this.#appList ??= Object.freeze([...this.#apps.values()]));
  }

  connections(): readonly ConnectionRecord[] {
    this.#mustBeOpen();
    return (this.#connectionList ??= Object.freeze([...this.#connections.values()]));
  }

  app(appId: string): AppRecord | null {
    this.#mustBeOpen();
    return this.#apps.get(appId) ?? null;
  }

  connection(connectionId: string): ConnectionRecord | null {
    this.#mustBeOpen();
    return this.#connections.get(connectionId) ?? null;
  }

  appSecrets(appId: string): AppSecrets {
    const app = this.app(appId);
    if (app === null) throw new AppError('not_found');
    return this.#read(rowId('app_secrets', appId), boundTo(app), readAppSecrets) ?? { clientSecret: null };
  }

  connectionSecrets(connectionId: string): ConnectionSecrets | null {
    const connection = this.connection(connectionId);
    if (connection === null) throw new AppError('not_found');
    const app = this.app(connection.appId);
    if (app === null) throw new AppError('vault_damaged');
    return this.#read(rowId('connection_secrets', connectionId), boundTo(app), readConnectionSecrets);
  }

  history(connectionId: string): readonly Exchange[] {
    if (this.connection(connectionId) === null) throw new AppError('not_found');
    return this.#read(rowId('history', connectionId), null, readHistory) ?? [];
  }

  tokenTrail(connectionId: string): readonly PastTokens[] {
    if (this.connection(connectionId) === null) throw new AppError('not_found');
    return this.#read(rowId('token_trail', connectionId), null, readTokenTrail) ?? [];
  }

  /** Not one row, of later kinds neither. */
  get isEmpty(): boolean {
    return this.rowIds().size === 0;
  }

  commit(changes: readonly Change[]): void {
    this.#commit(changes, this.#olderCopy);
  }

  #commit(changes: readonly Change[], olderCopy: boolean): void {
    this.#mustBeWritable();
    const staged = stage(
      {
        realm: this.realm,
        app: (id) => this.app(id),
        connection: (id) => this.connection(id),
        connections: () => this.connections(),
        hasRow: (id) => this.#tally.commitOf(id) !== undefined,
      },
      changes,
    );
    if (staged.puts.size === 0 && staged.removes.size === 0) return;
    const step = this.#tally.after(staged.puts.keys(), staged.removes);
    const rows = [...staged.puts].map(([id, put]) =>
      sealRow(this.#scope, id, step.commitNumber, boundOf(put, staged), bodyOf(put), schemaOf(put)),
    );
    this.#apply(step, rows, [...staged.removes], olderCopy);
    this.#remember(staged);
  }

  /** The person said that the older copy should be used: from here on it is the vault. */
  async acceptOlderCopy(): Promise<void> {
    this.#mustBeWritable();
    if (this.#olderCopySealed) this.#apply(this.#tally.after([], []), [], [], false);
    this.#olderCopy = false;
    await this.#note.write(this.commitNumber);
  }

  /** What a backup held, into a vault in which nothing stands yet: all of it or nothing, and an older copy from then on. */
  fill(changes: readonly Change[]): void {
    if (!this.isEmpty) throw new AppError('backup_vault_there');
    this.#commit(changes, true);
    this.#olderCopy = true;
  }

  /** What is in this database stands for a newer one: from here on it says so itself, until somebody accepts it. */
  markOlderCopy(): void {
    this.#mustBeWritable();
    this.#apply(this.#tally.after([], []), [], [], true);
    this.#olderCopy = true;
  }

  /** Another database sealed with this vault's keys: a copy of it. Its keys end with this vault's. */
  async beside(store: RecordStore): Promise<SealedVault> {
    this.#mustBeOpen();
    try {
      return await SealedVault.readInTurns({ scope: this.#scope, store, note: this.#note, slots: this.slots });
    } finally {
      // With the keys gone meanwhile nothing opens, which says nothing of the copy.
      this.#mustBeOpen();
    }
  }

  /** Ids of all rows, of later kinds too. */
  rowIds(): ReadonlySet<string> {
    this.#mustBeOpen();
    return new Set(this.#tally.ids());
  }

  /** What is committed now, as a database that is not yet kept as a copy. */
  writeCopy(copies: Pick<VaultCopies, 'write'>, atMs: number): string {
    this.#mustBeOpen();
    return copies.write(this.#store, this.slots.headerText, atMs);
  }

  /** At opening: is this the vault that was last used here? */
  async compareWithNote(): Promise<void> {
    const noted = await this.#note.read();
    if (noted !== null && this.commitNumber < noted) this.#olderCopy = true;
    else if (!this.#olderCopy && noted !== this.commitNumber) await this.#note.write(this.commitNumber);
  }

  /** Key wiped and lock gone when this returns; the note and the file handles when the promise resolves. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#scope.keys.wipe();
    this.#apps.clear();
    this.#connections.clear();
    const handlesGone = this.#store.close();
    // An older copy that nobody accepted must be found out again, so the higher number stays noted.
    if (!this.#olderCopy) await this.#note.write(this.commitNumber);
    await handlesGone;
  }

  #apply(step: TallyStep, rows: readonly SealedRow[], remove: readonly string[], olderCopy: boolean): void {
    const { commitNumber, count, xor } = step;
    const tallyRow = sealRow(this.#scope, tallyRowId, commitNumber, null, { commitNumber, count, xor, olderCopy });
    try {
      this.#store.apply({ put: [...rows, tallyRow], remove });
    } catch (thrown) {
      const error = asAppError(thrown);
      // After an I/O error a second try may report success for pages the kernel has already dropped (fault F4).
      if (!harmless.includes(error.code)) this.#writing = 'stopped';
      throw error;
    }
    step.accept();
    this.#olderCopySealed = olderCopy;
  }

  #remember(staged: Staged): void {
    for (const put of staged.puts.values()) {
      if (put.kind === 'app') this.#apps.set(put.id, put.record);
      if (put.kind === 'connection') this.#connections.set(put.id, put.record);
    }
    for (const row of staged.removes) {
      if (row.startsWith('app:')) this.#apps.delete(row.slice('app:'.length));
      if (row.startsWith('connection:')) this.#connections.delete(row.slice('connection:'.length));
    }
    this.#appList = null;
    this.#connectionList = null;
  }

  #read<T>(id: string, bound: Bound, read: (body: unknown) => T): T | null {
    const expected = this.#tally.commitOf(id);
    if (expected === undefined) return null;
    const row = this.#store.read(id);
    if (row?.commitNumber !== expected) throw new AppError('vault_damaged');
    return openRow(this.#scope, row, bound, read);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new AppError('vault_not_open');
  }

  #mustBeWritable(): void {
    this.#mustBeOpen();
    if (this.#writing === 'stopped') throw new AppError('disk_error');
  }
}
