import { readFileSync, writeFileSync } from 'node:fs';
import type LibsqlDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VaultKeys } from '../../../electron/vault/crypto.ts';
import { sealRow } from '../../../electron/vault/rows.ts';
import type { SealedVault } from '../../../electron/vault/sealed-vault.ts';
import {
  appRecord,
  codeOf,
  connectionRecord,
  endpointsAt,
  exchangeAt,
  sample,
  someDayMs,
  tokensOf,
  VaultRig,
} from '../../support/vault-rig.ts';

type Db = LibsqlDatabase.Database;
interface Row {
  id: string;
  schema: number;
  commit_number: number;
  iv: ArrayBuffer;
  sealed: ArrayBuffer;
}

let rig: VaultRig;
beforeEach(async () => {
  rig = new VaultRig();
  const vault = await rig.create();
  vault.commit(sample());
  await vault.close();
});
afterEach(() => rig.remove());

const rowsOf = (db: Db): Row[] => db.prepare('SELECT * FROM records ORDER BY id').all([]) as Row[];
const rowOf = (db: Db, id: string): Row => rowsOf(db).find((row) => row.id === id)!;
const putRow = (db: Db, { id, schema, commit_number, iv, sealed }: Row): void => {
  db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)').run([
    id,
    schema,
    commit_number,
    new Uint8Array(iv),
    new Uint8Array(sealed),
  ]);
};

/** Opens and reads everything there is; the code of what stands in the way, or null. */
async function readAll(): Promise<string | null> {
  let vault: SealedVault | null = null;
  try {
    vault = await rig.open();
    for (const { id } of vault.apps()) vault.appSecrets(id);
    for (const { id } of vault.connections()) {
      vault.connectionSecrets(id);
      vault.history(id);
    }
    return null;
  } catch (thrown) {
    return await codeOf(() => {
      throw thrown;
    });
  } finally {
    await vault?.close();
  }
}

const everyRow = ['app:one', 'app_secrets:one', 'connection:a', 'connection_secrets:a', 'history:a', 'tally:all'];

describe('a vault that nobody touched', () => {
  it('opens and reads to the end', async () => {
    expect(await readAll()).toBeNull();
  });
});

describe.each(everyRow)('B51: the row %s', (id) => {
  it('deleted: the vault is damaged', async () => {
    rig.harm((db) => db.prepare('DELETE FROM records WHERE id = ?').run([id]));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('with an id that is no UTF-8: the vault is damaged, and the program goes on', async () => {
    rig.harm((db) => db.prepare("UPDATE records SET id = CAST(x'ff3a' AS TEXT) WHERE id = ?").run([id]));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('renamed: the vault is damaged', async () => {
    rig.harm((db) => db.prepare('UPDATE records SET id = ? WHERE id = ?').run([`${id}x`, id]));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('with one bit of its body turned: it does not open', async () => {
    rig.harm((db) => {
      const row = rowOf(db, id);
      new Uint8Array(row.sealed)[3]! ^= 1;
      putRow(db, row);
    });
    expect(await readAll()).toBe('vault_damaged');
  });

  it('with its tag cut to 4 bytes: it does not open', async () => {
    rig.harm((db) => {
      const row = rowOf(db, id);
      putRow(db, { ...row, sealed: row.sealed.slice(0, row.sealed.byteLength - 12) });
    });
    expect(await readAll()).toBe('vault_damaged');
  });

  it('with the initialisation vector of another row: it does not open', async () => {
    rig.harm((db) => putRow(db, { ...rowOf(db, id), iv: rowOf(db, 'connection:b').iv }));
    expect(await readAll()).toBe('vault_damaged');
  });

  it('with a schema number that it was not sealed under: it does not open', async () => {
    rig.harm((db) => db.prepare('UPDATE records SET schema = 0 WHERE id = ?').run([id]));
    expect(await readAll()).toBe('vault_damaged');
  });

  it('with a later schema number: the vault is from a newer program', async () => {
    rig.harm((db) => db.prepare('UPDATE records SET schema = 5 WHERE id = ?').run([id]));
    expect(await readAll()).toBe('vault_newer');
  });

  it('put back from an earlier day, with its old number: the vault is damaged', async () => {
    let old: Row | null = null;
    rig.harm((db) => (old = rowOf(db, id)));
    await changeEverything();
    rig.harm((db) => putRow(db, old!));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('put back from an earlier day under the new number: it does not open', async () => {
    let old: Row | null = null;
    rig.harm((db) => (old = rowOf(db, id)));
    await changeEverything();
    rig.harm((db) => putRow(db, { ...old!, commit_number: rowOf(db, id).commit_number }));
    expect(await readAll()).toBe('vault_damaged');
  });
});

async function changeEverything(): Promise<void> {
  const vault = await rig.open();
  vault.commit([
    { put: 'app', record: appRecord('one', { name: 'later' }) },
    { put: 'app_secrets', appId: 'one', secrets: { clientSecret: null } },
    { put: 'connection', record: connectionRecord('a', 'one', { generation: 2 }) },
    { put: 'connection_secrets', connectionId: 'a', secrets: tokensOf('later') },
    { put: 'history', connectionId: 'a', exchanges: [exchangeAt(someDayMs + 1)] },
  ]);
  await vault.close();
}

describe('B45 B51: rows against each other', () => {
  it.each([
    ['connection:a', 'connection:b'],
    ['connection_secrets:a', 'connection_secrets:b'],
    ['history:a', 'history:b'],
    ['app_secrets:one', 'connection_secrets:a'],
  ])('the bodies of %s and %s swapped: neither opens', async (one, other) => {
    rig.harm((db) => {
      const [a, b] = [rowOf(db, one), rowOf(db, other)];
      putRow(db, { ...a, iv: b.iv, sealed: b.sealed });
      putRow(db, { ...b, iv: a.iv, sealed: a.sealed });
    });
    expect(await readAll()).toBe('vault_damaged');
  });

  it('all rows of a connection deleted together: the vault is damaged, not smaller', async () => {
    rig.harm((db) => db.exec("DELETE FROM records WHERE id LIKE '%:b'"));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('a row added: the vault is damaged', async () => {
    rig.harm((db) => putRow(db, { ...rowOf(db, 'connection:b'), id: 'connection:c' }));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('all rows deleted: the vault is damaged, not empty', async () => {
    rig.harm((db) => db.exec('DELETE FROM records'));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('all rows but a fresh tally from another vault: the vault is damaged', async () => {
    const other = new VaultRig();
    await (await other.create()).close();
    let foreign: Row | null = null;
    other.harm((db) => (foreign = rowOf(db, 'tally:all')));
    await other.remove();
    rig.harm((db) => {
      db.exec('DELETE FROM records');
      putRow(db, foreign!);
    });
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('a trigger added to the database: it is none of ours any more', async () => {
    rig.harm((db) => db.exec('CREATE TRIGGER t BEFORE DELETE ON records BEGIN SELECT RAISE(IGNORE); END'));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('a row taken away under the open vault: it is damaged when it is asked for', async () => {
    // Nobody can get at the rows while the vault holds the lock; a store that lost one stands in for a failing disk.
    const files = {
      ...rig.files,
      openRecords: () => ({
        ...wrapped(rig.files.openRecords()),
        read: (row: string) => (row === 'history:a' ? null : opened!.read(row)),
      }),
    };
    let opened: ReturnType<typeof rig.files.openRecords> | null = null;
    const wrapped = (store: NonNullable<typeof opened>) => {
      opened = store;
      return {
        readKinds: store.readKinds.bind(store),
        readMarks: store.readMarks.bind(store),
        copyTo: store.copyTo.bind(store),
        apply: store.apply.bind(store),
        close: store.close.bind(store),
      };
    };
    const vault = await rig.open(files);
    expect(await codeOf(() => vault.history('a'))).toBe('vault_damaged');
    expect(vault.history('b')).toHaveLength(1);
  });
});

describe('B31: an app record with another host, sealed rightly', () => {
  it('does not get the tokens or the client secret that were for the old one', async () => {
    // Worse than a disk holder can do: the key itself is used to put an edited app record and a fitting tally.
    const vaultId = (JSON.parse(readFileSync(rig.at('vault.json'), 'utf8')) as { vaultId: string }).vaultId;
    const keys = new VaultKeys(Buffer.from(rig.keychain.items.get(`vault-key:${vaultId}`)!, 'base64'), vaultId);
    rig.harm((db) => {
      const number = rowOf(db, 'app:one').commit_number;
      const edited = appRecord('one', { endpoints: endpointsAt('evil.example') });
      const row = sealRow({ vaultId, keys }, 'app:one', number, null, edited);
      db.prepare('UPDATE records SET iv = ?, sealed = ? WHERE id = ?').run([row.iv, row.sealed, row.id]);
    });
    const vault = await rig.open();
    expect(vault.app('one')?.endpoints[0]?.url).toBe('https://evil.example/oauth/token');
    expect(await codeOf(() => vault.connectionSecrets('a'))).toBe('vault_damaged');
    expect(await codeOf(() => vault.appSecrets('one'))).toBe('vault_damaged');
    expect(vault.history('a')).toHaveLength(1);
  });
});

describe('the database file', () => {
  it.each([
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['emptied', () => Buffer.alloc(0)],
    ['zeroed', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['replaced by text', () => Buffer.from('not a database'.repeat(400))],
    ['cut to its first page', (bytes: Buffer) => bytes.subarray(0, 4096)],
  ])('%s: the vault is damaged', async (_, harm) => {
    writeFileSync(rig.at('records.db'), harm(readFileSync(rig.at('records.db'))));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it.each([
    ['a version to write that SQLite does not know', 18],
    ['a format of the schema that SQLite does not know', 47],
  ])('with %s: the vault is damaged', async (_, at) => {
    const bytes = readFileSync(rig.at('records.db'));
    bytes[at] = 77;
    writeFileSync(rig.at('records.db'), bytes);
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  it('with any one byte changed: what opens is what was stored', async () => {
    const whole = readFileSync(rig.at('records.db'));
    const outcomes = new Set<string | null>();
    for (let at = 7; at < whole.length; at += 797) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 0x41;
      writeFileSync(rig.at('records.db'), bytes);
      let outcome: string | null;
      try {
        const vault = await rig.open();
        expect(vault.apps()).toEqual([appRecord('one')]);
        expect(vault.connections()).toHaveLength(2);
        await vault.close();
        outcome = await readAll();
      } catch (thrown) {
        outcome = await codeOf(() => {
          throw thrown;
        });
      }
      outcomes.add(outcome);
      writeFileSync(rig.at('records.db'), whole);
    }
    expect(outcomes).toContain('vault_damaged');
    for (const outcome of outcomes) expect([null, 'vault_damaged', 'vault_newer']).toContain(outcome);
  }, 60_000);
});
