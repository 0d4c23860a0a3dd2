// A little over 300 lines: what is said to SQLite, and what it answers, is read in one place.
import Database from 'libsql';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { RecordStore, SealedRow } from '../vault/ports.ts';
import { systemCodeOf } from './careful-file.ts';

/** A second program is told within this time that the vault is taken. */
const busyTimeoutMs = 200;

/** "GKV1" in the file's head: this database is a Grantkeep vault's, version 1. */
const applicationId = 0x474b5631;

const schema = [
  'CREATE TABLE records (id TEXT PRIMARY KEY NOT NULL, schema INTEGER NOT NULL, commit_number INTEGER NOT NULL, iv BLOB NOT NULL, sealed BLOB NOT NULL) STRICT',
  // The tally reads every row's mark at each start; from this index it does so without touching a body.
  'CREATE INDEX marks ON records (id, commit_number)',
];

export function createRecordStore(path: string): RecordStore {
  return connect(path, (db) => {
    db.exec('BEGIN EXCLUSIVE');
    db.exec(`PRAGMA application_id = ${applicationId}`);
    for (const statement of schema) db.exec(statement);
    db.exec('COMMIT');
  });
}

/** Opens what is there and changes nothing of a database that is none of ours. */
export function openRecordStore(path: string): RecordStore {
  return connect(path, mustBeOurs);
}

/** Opens a copy that nobody writes to: no byte of it changes, no lock is taken, nothing appears beside it. */
export function readRecordStore(path: string): RecordStore {
  const db = translated(path, () => new Database(path, { timeout: busyTimeoutMs, readonly: true }));
  try {
    translated(path, () => {
      db.pragma('trusted_schema = OFF');
      db.pragma('cell_size_check = ON');
      mustBeOurs(db);
    });
  } catch (thrown) {
    void disconnect(db);
    throw thrown;
  }
  return new SqliteRecords(path, db);
}

/** The highest number that a row's schema bears, found without a byte being written. */
export function highestRowSchema(path: string): number {
  const db = translated(path, () => new Database(path, { timeout: busyTimeoutMs, readonly: true }));
  try {
    return translated(path, () => {
      mustBeOurs(db);
      const [found] = db.prepare('SELECT MAX(schema) AS highest FROM records').all([]) as { highest: number | null }[];
      return found?.highest ?? 0;
    });
  } finally {
    void disconnect(db);
  }
}

function mustBeOurs(db: Database.Database): void {
  const [head] = db.pragma('application_id') as { application_id: number }[];
  const made = db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid').all([]) as {
    sql: string;
  }[];
  // A trigger or view that somebody added would run inside our transactions.
  const asMade = made.length === schema.length && made.every(({ sql }, i) => sql === schema[i]);
  if (head?.application_id !== applicationId || !asMade) throw new AppError('vault_damaged');
}

function connect(path: string, prepare: (db: Database.Database) => void): RecordStore {
  const db = translated(path, () => new Database(path, { timeout: busyTimeoutMs }));
  try {
    translated(path, () => {
      // Before the first read: SQLite then keeps the write-ahead log's index in memory instead of a shared file, and
      // holds the file's lock from the first access until `close`, so every other program gets SQLITE_BUSY.
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('trusted_schema = OFF');
      db.pragma('cell_size_check = ON');
      prepare(db);
      const [mode] = db.pragma('journal_mode = WAL') as { journal_mode: string }[];
      if (mode?.journal_mode !== 'wal') throw new AppError('disk_read_only', { name: dirname(path) });
      db.pragma('synchronous = FULL');
      db.pragma('secure_delete = ON');
      // Takes the lock and proves that the disk can be written, before anybody is told that the vault is open.
      db.exec('BEGIN IMMEDIATE');
      db.exec('COMMIT');
    });
  } catch (thrown) {
    void disconnect(db);
    throw thrown;
  }
  return new SqliteRecords(path, db);
}

class SqliteRecords implements RecordStore {
  readonly #path: string;
  #db: Database.Database | null;
  #statements: ReturnType<typeof prepareAll> | null;
  /** Removed rows whose bytes may still stand in the log. */
  #scrubDue = false;
  #broken = false;

  constructor(path: string, db: Database.Database) {
    this.#path = path;
    this.#db = db;
    this.#statements = translated(path, () => prepareAll(db));
  }

  readKinds(kinds: readonly string[]): SealedRow[] {
    const { ofKind } = this.#open();
    // ';' follows ':', so the span holds exactly the ids that begin with `kind:`.
    return translated(this.#path, () => kinds.flatMap((kind) => ofKind.all([`${kind}:`, `${kind};`]).map(sealedRow)));
  }

  read(id: string): SealedRow | null {
    const { one } = this.#open();
    return translated(this.#path, () => {
      const row = one.get([id]);
      return row === undefined ? null : sealedRow(row);
    });
  }

  readMarks(): { id: string; commitNumber: number }[] {
    const { marks } = this.#open();
    return translated(this.#path, () => marks.all([]).map(mark));
  }

  apply(changes: { put: readonly SealedRow[]; remove: readonly string[] }): void {
    const { db, put, remove } = this.#open();
    if (this.#broken) throw new AppError('disk_error');
    this.#scrub();
    translated(this.#path, () => {
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const row of changes.put) put.run([row.id, row.schema, row.commitNumber, row.iv, row.sealed]);
        for (const id of changes.remove) remove.run([id]);
        db.exec('COMMIT');
      } catch (thrown) {
        // Not libsql's own `transaction`: a full disk has rolled back already, and its ROLLBACK hides why.
        if (db.inTransaction) db.exec('ROLLBACK');
        throw thrown;
      }
    });
    if (changes.remove.length > 0) this.#scrubDue = true;
    this.#scrub();
  }

  copyTo(path: string): void {
    const { db } = this.#open();
    // SQLite's own copy: it reads one state of the database, log and all, where a copy of the files could mix two.
    translated(path, () => db.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`));
  }

  async close(): Promise<void> {
    const db = this.#db;
    if (db === null) return;
    this.#db = null;
    this.#statements = null;
    await disconnect(db);
  }

  /**
   * `secure_delete` overwrites what is removed, but in the log: the database keeps the old page, and the log an older
   * one, until it is checkpointed. So a commit that removes is followed by a checkpoint that also cuts the log to
   * nothing. The commit is durable by then: if this fails, it is due again at the next commit and at the close.
   */
  #scrub(): void {
    if (!this.#scrubDue) return;
    try {
      this.#open().db.pragma('wal_checkpoint(TRUNCATE)');
      this.#scrubDue = false;
    } catch (thrown) {
      // What the disk refused to keep here was confirmed before: it is in the log, and nothing more may be added.
      if (primaryCode(thrown) === sqlite.ioerr) this.#broken = true;
    }
  }

  #open(): { db: Database.Database } & ReturnType<typeof prepareAll> {
    if (this.#db === null || this.#statements === null) throw new AppError('vault_not_open');
    return { db: this.#db, ...this.#statements };
  }
}

function prepareAll(db: Database.Database) {
  return {
    ofKind: db.prepare('SELECT id, schema, commit_number, iv, sealed FROM records WHERE id >= ? AND id < ?'),
    one: db.prepare('SELECT id, schema, commit_number, iv, sealed FROM records WHERE id = ?'),
    marks: db.prepare('SELECT id, commit_number FROM records INDEXED BY marks'),
    put: db.prepare(
      'INSERT INTO records VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET schema = excluded.schema, commit_number = excluded.commit_number, iv = excluded.iv, sealed = excluded.sealed',
    ),
    remove: db.prepare('DELETE FROM records WHERE id = ?'),
  };
}

/**
 * libsql closes a connection only when its last statement has been collected, and until then the lock would stay: the
 * vault could not be opened again in this process. So the lock is given back by SQLite's own means (leave the log, go
 * back to normal locking, read once), which also leaves one plain file; and V8 is asked to collect, for the handles.
 */
async function disconnect(db: Database.Database): Promise<void> {
  for (const step of ['journal_mode = DELETE', 'locking_mode = NORMAL', 'user_version']) {
    try {
      db.pragma(step);
    } catch {
      // A disk that fails here keeps its log, and the next opening reads it.
    }
  }
  db.close();
  try {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    setFlagsFromString('--no-expose-gc');
  } catch {
    // Without it the handles go when V8 collects by itself.
  }
  // Native handles are released in the turn after the collection.
  await nextTurn();
}

function sealedRow(row: unknown): SealedRow {
  const { schema: rowSchema, iv, sealed } = row as Record<string, unknown>;
  if (!isCount(rowSchema)) throw new AppError('vault_damaged');
  return { ...mark(row), schema: rowSchema, iv: bytes(iv), sealed: bytes(sealed) };
}

function mark(row: unknown): { id: string; commitNumber: number } {
  const { id, commit_number: commitNumber } = row as Record<string, unknown>;
  if (typeof id !== 'string' || !isCount(commitNumber)) throw new AppError('vault_damaged');
  return { id, commitNumber };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** libsql hands a blob out as a Buffer from `get` and as an ArrayBuffer from `all`. */
function bytes(value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Uint8Array) return value;
  throw new AppError('vault_damaged');
}

/** Primary result codes of SQLite. The names that libsql gives leave some out, the numbers do not. */
const sqlite = { perm: 3, busy: 5, locked: 6, readonly: 8, ioerr: 10, corrupt: 11, full: 13, cantopen: 14, notadb: 26 };
const ioerrWrite = 778;

/** `isFull` is asked only where SQLite's code leaves it open: a spent quota comes as a failed write (IOERR_WRITE). */
export function codeOfSqlite(extendedCode: number, isFull: () => boolean): ErrorCode {
  switch (extendedCode & 0xff) {
    case sqlite.full:
      return 'disk_full';
    case sqlite.ioerr:
      return extendedCode === ioerrWrite && isFull() ? 'disk_full' : 'disk_error';
    case sqlite.cantopen:
      return isFull() ? 'disk_full' : 'disk_read_only';
    case sqlite.readonly:
    case sqlite.perm:
      return 'disk_read_only';
    case sqlite.busy:
    case sqlite.locked:
      return 'vault_in_use';
    case sqlite.corrupt:
    case sqlite.notadb:
      return 'vault_damaged';
    default:
      return 'internal';
  }
}

function primaryCode(thrown: unknown): number | null {
  const code = extendedCode(thrown);
  return code === null ? null : code & 0xff;
}

function extendedCode(thrown: unknown): number | null {
  return thrown instanceof Error && 'rawCode' in thrown && typeof thrown.rawCode === 'number' ? thrown.rawCode : null;
}

function translated<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const code = extendedCode(thrown);
    if (code === null) throw new AppError('internal');
    throw new AppError(
      codeOfSqlite(code, () => isFull(dirname(path))),
      { name: dirname(path) },
    );
  }
}

function isFull(folder: string): boolean {
  const trial = join(folder, '.space.tmp');
  try {
    fs.writeFileSync(trial, Buffer.alloc(8192), { mode: 0o600 });
    return false;
  } catch (thrown) {
    return ['ENOSPC', 'EDQUOT'].includes(systemCodeOf(thrown) ?? '');
  } finally {
    fs.rmSync(trial, { force: true });
  }
}
