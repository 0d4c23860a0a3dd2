import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOfSqlite, createRecordStore, openRecordStore } from '../../../electron/platform/record-store.ts';
import type { RecordStore, SealedRow } from '../../../electron/vault/ports.ts';
import { codeOf } from '../../support/vault-rig.ts';

let folder: string;
let path: string;
const stores: RecordStore[] = [];
const kept = (store: RecordStore): RecordStore => {
  stores.push(store);
  return store;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantkeep-records-'));
  path = join(folder, 'records.db');
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  rmSync(folder, { recursive: true, force: true });
});

const row = (id: string, commitNumber = 1, text = `body of ${id}`): SealedRow => ({
  id,
  schema: 1,
  commitNumber,
  iv: new Uint8Array(12).fill(7),
  sealed: new Uint8Array(Buffer.from(text)),
});

/** Another program's view of the database: the code it gets, or "read it". */
const other = `
  const Database = require(${JSON.stringify(join(process.cwd(), 'node_modules/libsql'))});
  const path = process.argv[1];
`;
const asOther = (script: string): string =>
  spawnSync(process.execPath, ['-e', other + script, path], { encoding: 'utf8' }).stdout.trim();

describe('rows', () => {
  it('come back as they were put, one by one and by kind', async () => {
    const store = kept(createRecordStore(path));
    store.apply({
      put: [row('app:1'), row('connection:1'), row('connection_secrets:1'), row('tally:all')],
      remove: [],
    });
    await store.close();
    const again = kept(openRecordStore(path));
    expect(again.read('connection:1')).toEqual({
      ...row('connection:1'),
      iv: Buffer.from(row('x').iv),
      sealed: Buffer.from('body of connection:1'),
    });
    expect(again.read('connection:2')).toBeNull();
    expect(again.readKinds(['app', 'connection'])).toEqual([row('app:1'), row('connection:1')]);
    expect(
      again
        .readMarks()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['app:1', 'connection:1', 'connection_secrets:1', 'tally:all']);
  });

  it('are replaced and removed together in one step', () => {
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1'), row('app:2')], remove: [] });
    store.apply({ put: [row('app:1', 2, 'new')], remove: ['app:2'] });
    expect(store.readMarks()).toEqual([{ id: 'app:1', commitNumber: 2 }]);
    expect(Buffer.from(store.read('app:1')!.sealed).toString()).toBe('new');
  });

  it('change not at all when one of them cannot be written', async () => {
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1')], remove: [] });
    const broken = { ...row('app:3'), sealed: null as unknown as Uint8Array };
    expect(await codeOf(() => store.apply({ put: [row('app:2'), broken], remove: ['app:1'] }))).toBe('internal');
    expect(store.readMarks().map(({ id }) => id)).toEqual(['app:1']);
    store.apply({ put: [row('app:4')], remove: [] });
    expect(store.readMarks()).toHaveLength(2);
  });
});

describe('durability', () => {
  it('B48: has the settings it promises while it is open', async () => {
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1')], remove: [] });
    // The journal stays, and there is no write-ahead log; the rest can only be asked of the connection itself.
    expect(readdirSync(folder).toSorted()).toEqual(['records.db', 'records.db-journal']);
    await store.close();
    expect(readdirSync(folder)).toEqual(['records.db']);
  });

  it('a removal empties the journal at once, also of what was written before', () => {
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1'), row('app:2')], remove: [] });
    expect(statSync(`${path}-journal`).size).toBeGreaterThan(0);
    store.apply({ put: [], remove: ['app:1'] });
    expect(statSync(`${path}-journal`).size).toBe(0);
    store.apply({ put: [row('app:2', 2)], remove: [] });
    expect(statSync(`${path}-journal`).size).toBeGreaterThan(0);
  });

  it('takes a database over that a program left with a write-ahead log', () => {
    asOther(`
      const db = new Database(path);
      db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA application_id = 0x474b5631; PRAGMA journal_mode = WAL');
      db.exec(${JSON.stringify(
        'CREATE TABLE records (id TEXT PRIMARY KEY NOT NULL, schema INTEGER NOT NULL, commit_number INTEGER NOT NULL, iv BLOB NOT NULL, sealed BLOB NOT NULL) STRICT',
      )});
      db.exec('CREATE INDEX marks ON records (id, commit_number)');
      db.exec("INSERT INTO records VALUES ('app:1', 1, 1, x'00', x'00')");
      process.kill(process.pid, 'SIGKILL');`);
    expect(existsSync(`${path}-wal`)).toBe(true);
    const store = kept(openRecordStore(path));
    store.apply({ put: [row('app:2')], remove: [] });
    expect(store.readMarks()).toHaveLength(2);
    expect(readdirSync(folder).toSorted()).toEqual(['records.db', 'records.db-journal']);
  });
});

describe('a second program', () => {
  it('can neither read nor write an open database, and is told so quickly', () => {
    kept(createRecordStore(path)).apply({ put: [row('app:1')], remove: [] });
    const script = `
      for (const sql of ['SELECT count(*) FROM records', 'DELETE FROM records']) {
        try { const db = new Database(path, { timeout: 50 }); db.prepare(sql).all([]); console.log('did it'); }
        catch (thrown) { console.log(thrown.code); }
      }`;
    expect(asOther(script)).toBe('SQLITE_BUSY\nSQLITE_BUSY');
  });

  it('finds the database free after close, at once', async () => {
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1')], remove: [] });
    const closing = store.close();
    expect(asOther("console.log(new Database(path).prepare('SELECT id FROM records').get([]).id)")).toBe('app:1');
    await closing;
  });

  describe('that has it open', () => {
    let holder: ChildProcess;
    beforeEach(async () => {
      const store = createRecordStore(path);
      store.apply({ put: [row('app:1')], remove: [] });
      await store.close();
      const script = `
        const db = new Database(path);
        db.pragma('locking_mode = EXCLUSIVE');
        db.exec('BEGIN EXCLUSIVE');
        db.exec('COMMIT');
        db.prepare("INSERT INTO records VALUES ('app:2', 1, 1, x'00', x'00')").run([]);
        process.stdout.write('held');
        setInterval(() => db.inTransaction, 1000);`;
      holder = spawn(process.execPath, ['-e', other + script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(holder.stdout!, 'data');
    });
    afterEach(() => holder.kill('SIGKILL'));

    it('F9: makes opening end with vault_in_use within two seconds', async () => {
      const startedAt = performance.now();
      expect(await codeOf(() => openRecordStore(path))).toBe('vault_in_use');
      expect(performance.now() - startedAt).toBeLessThan(2000);
    });

    it('leaves it free and whole when it is killed', async () => {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      expect(kept(openRecordStore(path)).readMarks()).toHaveLength(2);
    });
  });

  it('in the same process is refused like any other', async () => {
    const store = kept(createRecordStore(path));
    expect(await codeOf(() => openRecordStore(path))).toBe('vault_in_use');
    store.apply({ put: [row('app:1')], remove: [] });
    await store.close();
    expect(kept(openRecordStore(path)).readMarks()).toHaveLength(1);
  });
});

describe('after close', () => {
  it('nothing is read or written through it', async () => {
    const store = kept(createRecordStore(path));
    await store.close();
    for (const step of [
      () => store.read('app:1'),
      () => store.readKinds(['app']),
      () => store.readMarks(),
      () => store.apply({ put: [row('app:1')], remove: [] }),
    ]) {
      expect(await codeOf(step)).toBe('vault_not_open');
    }
    await store.close();
  });

  it.runIf(process.platform === 'linux')('no handle of its files is left', async () => {
    // Others of this process close theirs while we look: a handle that is gone by then is none of these files'.
    const targetOf = (handle: string): string => {
      try {
        return readlinkSync(`/proc/self/fd/${handle}`);
      } catch {
        return '';
      }
    };
    const handles = (): string[] =>
      readdirSync('/proc/self/fd')
        .map(targetOf)
        .filter((target) => target.includes(folder));
    const store = kept(createRecordStore(path));
    store.apply({ put: [row('app:1')], remove: [] });
    expect(handles().length).toBeGreaterThan(0);
    await store.close();
    expect(handles()).toEqual([]);
  });
});

describe('what is not our database', () => {
  it('is damaged, and not a byte of it changes', async () => {
    for (const make of [
      "db.exec('CREATE TABLE other (x)')",
      "db.exec('PRAGMA application_id = 0x474b5631')",
      "db.exec('CREATE TABLE records (id, schema, commit_number, iv, sealed); PRAGMA application_id = 0x474b5631')",
    ]) {
      rmSync(path, { force: true });
      asOther(`const db = new Database(path); ${make}; db.close()`);
      const before = readFileSync(path);
      expect(await codeOf(() => openRecordStore(path))).toBe('vault_damaged');
      expect(readFileSync(path)).toEqual(before);
    }
    writeFileSync(path, 'no database at all '.repeat(500));
    expect(await codeOf(() => openRecordStore(path))).toBe('vault_damaged');
  });
});

describe('SQLite codes', () => {
  const never = (): boolean => false;
  const always = (): boolean => true;
  it.each([
    ['SQLITE_FULL', 13, never, 'disk_full'],
    ['SQLITE_IOERR_WRITE on a full disk or a spent quota', 778, always, 'disk_full'],
    ['SQLITE_IOERR_WRITE', 778, never, 'disk_error'],
    ['SQLITE_IOERR_FSYNC, even on a full disk', 1034, always, 'disk_error'],
    ['SQLITE_IOERR_READ', 266, never, 'disk_error'],
    ['an SQLITE_IOERR that libsql has no name for', 10 | (32 << 8), never, 'disk_error'],
    ['SQLITE_READONLY', 8, never, 'disk_read_only'],
    ['SQLITE_READONLY_DBMOVED', 1032, never, 'disk_read_only'],
    ['SQLITE_CANTOPEN', 14, never, 'disk_read_only'],
    ['SQLITE_CANTOPEN on a full disk', 14, always, 'disk_full'],
    ['SQLITE_CORRUPT', 11, never, 'vault_damaged'],
    ['SQLITE_CORRUPT_INDEX', 779, never, 'vault_damaged'],
    ['SQLITE_NOTADB', 26, never, 'vault_damaged'],
    ['SQLITE_BUSY', 5, never, 'vault_in_use'],
    ['SQLITE_BUSY_RECOVERY', 261, never, 'vault_in_use'],
    ['SQLITE_LOCKED', 6, never, 'vault_in_use'],
    ['SQLITE_CONSTRAINT', 19, never, 'internal'],
  ])('%s', (_, code, isFull, expected) => {
    expect(codeOfSqlite(code, isFull)).toBe(expected);
  });
});
