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

/** Of the two journals that stay in place: making and deleting one costs each commit two more trips to the disk. */
const usualJournal = 'persist';
/** Cut to nothing by the commit itself, so that no old page is left in it. */
const emptiedJournal = 'truncate';

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
  return judged(path, () => connect(path, mustBeOurs));
}

/** Opens a copy that nobody writes to: no byte of it changes, no lock is taken, nothing appears beside it. */
export function readRecordStore(path: string): RecordStore {
  return judged(path, () => {
    const db = openToRead(path);
    try {
      translated(path, () => {
        db.pragma('trusted_schema = OFF');
        db.pragma('cell_size_check = ON');
        mustBeOurs(db);
      });
      return new SqliteRecords(path, db);
    } catch (thrown) {
      void disconnect(db);
      throw thrown;
    }
  });
}

/**
 * The highest number that a row's schema bears. No byte is written for it, save that SQLite itself undoes what a crash
 * left half done: only then is it known what the rows say.
 */
export function highestRowSchema(path: string): number {
  return judged(path, () => {
    const db = openToRead(path);
    try {
      return translated(path, () => {
        mustBeOurs(db);
        const asked = db.prepare('SELECT MAX(CAST(schema AS INTEGER)) AS highest FROM records').all([]);
        const [found] = asked as { highest: number | null }[];
        return found?.highest ?? 0;
      });
    } finally {
      void disconnect(db);
    }
  });
}

/** By a pragma, since libsql 0.5.29 takes a `readonly` that it is given for no more than a word. */
function openToRead(path: string): Database.Database {
  const db = translated(path, () => new Database(path, { timeout: busyTimeoutMs }));
  try {
    translated(path, () => db.pragma('query_only = ON'));
    return db;
  } catch (thrown) {
    void disconnect(db);
    throw thrown;
  }
}

/** Of a file that may be written to, two answers are damage: one byte turned in its head makes SQLite give them. */
function judged<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { code, facts } = thrown;
    // SQLite takes such a file for one that may only be read, or of a format to come.
    const isDamage = code === 'internal' || (code === 'disk_read_only' && canBeWritten(path));
    throw isDamage ? new AppError('vault_damaged', facts) : thrown;
  }
}

function mustBeOurs(db: Database.Database): void {
  const [head] = db.pragma('application_id') as { application_id: number }[];
  const made = db
    .prepare('SELECT CAST(sql AS BLOB) AS sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all([]) as { sql: unknown }[];
  // A trigger or view that somebody added would run inside our transactions.
  const asMade = made.length === schema.length && made.every(({ sql }, i) => text(sql) === schema[i]);
  if (head?.application_id !== applicationId || !asMade) throw new AppError('vault_damaged');
}

/** By its rights and its disk. Asked by name: opening the file here and closing it would give up SQLite's lock on it. */
function canBeWritten(path: string): boolean {
  try {
    fs.accessSync(path, fs.constants.W_OK);
    fs.accessSync(dirname(path), fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function connect(path: string, prepare: (db: Database.Database) => void): RecordStore {
  const db = translated(path, () => new Database(path, { timeout: busyTimeoutMs }));
  try {
    translated(path, () => {
      // Held from here until `close`, so every other program gets SQLITE_BUSY.
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('trusted_schema = OFF');
      db.pragma('cell_size_check = ON');
      prepare(db);
      // No write-ahead log: libsql's checkpoint takes a page that it could not read for one that it did, writes rubbish
      // into the database and then empties the log (D2 found it). A rollback journal is undone or whole.
      const [mode] = db.pragma(`journal_mode = ${usualJournal}`) as { journal_mode: string }[];
      if (mode?.journal_mode !== usualJournal) throw new AppError('disk_read_only', { name: dirname(path) });
      db.pragma('synchronous = FULL');
      db.pragma('secure_delete = ON');
      // Takes the lock, also against readers, and writes what stands there already: so that the disk takes what is
      // written is proved before anybody is told that the vault is open.
      db.exec('BEGIN EXCLUSIVE');
      db.exec(`PRAGMA application_id = ${applicationId}`);
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
    return translated(this.#path, () => marksIn(marks.all([])));
  }

  apply(changes: { put: readonly SealedRow[]; remove: readonly string[] }): void {
    const { db, put, remove } = this.#open();
    translated(this.#path, () => {
      // `secure_delete` overwrites in the database what is removed. The journal has the page as it was before, so a
      // commit that removes ends by emptying it; one that could not be emptied is rolled back and has not happened.
      db.pragma(`journal_mode = ${changes.remove.length > 0 ? emptiedJournal : usualJournal}`);
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
  }

  copyTo(path: string): void {
    const { db } = this.#open();
    // SQLite's own copy: it reads one state of the database, where a copy of the files could mix two.
    translated(path, () => db.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`));
  }

  async close(): Promise<void> {
    const db = this.#db;
    if (db === null) return;
    this.#db = null;
    this.#statements = null;
    await disconnect(db);
  }

  #open(): { db: Database.Database } & ReturnType<typeof prepareAll> {
    if (this.#db === null || this.#statements === null) throw new AppError('vault_not_open');
    return { db: this.#db, ...this.#statements };
  }
}

/**
 * No column leaves as text: libsql ends the whole process at a text that is no UTF-8, and one turned bit in a file
 * makes such a text (D4 found it).
 */
function prepareAll(db: Database.Database) {
  const columns =
    'CAST(id AS BLOB) AS id, CAST(schema AS INTEGER) AS schema, CAST(commit_number AS INTEGER) AS commit_number, CAST(iv AS BLOB) AS iv, CAST(sealed AS BLOB) AS sealed';
  return {
    ofKind: db.prepare(`SELECT ${columns} FROM records WHERE id >= ? AND id < ?`),
    one: db.prepare(`SELECT ${columns} FROM records WHERE id = ?`),
    marks: db.prepare(
      'SELECT CAST(group_concat(id || char(10) || commit_number, char(10)) AS BLOB) AS marks FROM records INDEXED BY marks',
    ),
    put: db.prepare(
      'INSERT INTO records VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET schema = excluded.schema, commit_number = excluded.commit_number, iv = excluded.iv, sealed = excluded.sealed',
    ),
    remove: db.prepare('DELETE FROM records WHERE id = ?'),
  };
}

/**
 * libsql closes a connection only when its last statement has been collected, and until then the lock would stay: the
 * vault could not be opened again in this process. So the lock is given back by SQLite's own means (drop the journal, go
 * back to normal locking, read once), which also leaves one plain file; and V8 is asked to collect, for the handles.
 */
async function disconnect(db: Database.Database): Promise<void> {
  for (const step of ['journal_mode = DELETE', 'locking_mode = NORMAL', 'user_version']) {
    try {
      // An opening that failed may have begun one.
      if (db.inTransaction) db.exec('ROLLBACK');
      db.pragma(step);
    } catch {
      // A disk that fails here keeps its journal, and the next opening reads it.
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
  if (!isCount(commitNumber)) throw new AppError('vault_damaged');
  return { id: text(id), commitNumber };
}

/** One for all rows: to make one costs more than to decode an id. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** As one text, since a row costs libsql more than all the rest of a mark: 140 ms became 30 for 40,000. */
function marksIn(answer: unknown[]): { id: string; commitNumber: number }[] {
  const [{ marks } = { marks: null }] = answer as { marks: unknown }[];
  if (marks === null) return [];
  const lines = text(marks).split('\n');
  const found: { id: string; commitNumber: number }[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const [id = '', number = ''] = [lines[i], lines[i + 1]];
    const commitNumber = Number(number);
    if (!/^\d+$/.test(number) || !isCount(commitNumber)) throw new AppError('vault_damaged');
    found.push({ id, commitNumber });
  }
  return found;
}

function text(value: unknown): string {
  try {
    return strictUtf8.decode(bytes(value));
  } catch {
    throw new AppError('vault_damaged');
  }
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

/** libsql gives the number as a member, save where opening the file itself failed: there it ends the message. */
function extendedCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error)) return null;
  if ('rawCode' in thrown && typeof thrown.rawCode === 'number') return thrown.rawCode;
  const atTheEnd = /^ConnectionFailed\(.*: (\d{1,5})"\)$/s.exec(thrown.message)?.[1];
  return atTheEnd === undefined ? null : Number(atTheEnd);
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
