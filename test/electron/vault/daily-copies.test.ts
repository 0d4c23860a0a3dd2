import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import {
  copiesFollow,
  copyOfToday,
  putCopyInPlace,
  tidyCopies,
  wholeCopies,
} from '../../../electron/vault/daily-copies.ts';
import { Secret } from '../../../electron/secret.ts';
import type { VaultCopies } from '../../../electron/vault/ports.ts';
import { sealRow } from '../../../electron/vault/rows.ts';
import type { SealedVault } from '../../../electron/vault/sealed-vault.ts';
import { unlockFrom } from '../../../electron/vault/vault.ts';
import { appRecord, codeOf, connectionRecord, sample, someDayMs, tokensOf, VaultRig } from '../../support/vault-rig.ts';

vi.mock('node:crypto', async (load) => (await import('../../support/cheap-scrypt.ts')).withCheapScrypt(await load()));

const dayMs = 86_400_000;

let rig: VaultRig;
let vault: SealedVault;

beforeEach(async () => {
  rig = new VaultRig();
  vault = await rig.create();
  vault.commit(sample());
});

afterEach(() => rig.remove());

const folder = (): string => rig.at('backups');
const names = (): string[] => (existsSync(folder()) ? readdirSync(folder()).sort() : []);
const copyDay = (n: number, copies: VaultCopies = rig.copies): Promise<void> =>
  copyOfToday(vault, copies, someDayMs + n * dayMs);
const tidy = (): Promise<void> => tidyCopies(vault, rig.copies);
const unlock = (passphrase?: Secret) =>
  unlockFrom({ files: rig.files, keychain: rig.keychain, ...(passphrase === undefined ? {} : { passphrase }) });

/** The sealed bytes of a row, as they lie in every database that holds it. */
function sealedBytes(row: string): Buffer {
  let bytes = Buffer.alloc(0);
  rig.harm((db) => {
    const [found] = db.prepare('SELECT sealed FROM records WHERE id = ?').all([row]) as { sealed: ArrayBuffer }[];
    bytes = Buffer.from(found!.sealed);
  });
  return bytes;
}

const holding = (bytes: Buffer): string[] =>
  [...rig.contents()].filter(([, content]) => content.includes(bytes)).map(([path]) => path);

describe('B50: the copy of a day', () => {
  it('is made once a day, and the last three are kept', async () => {
    for (const day of [0, 0, 1, 2, 2, 3]) await copyDay(day);
    expect(rig.copies.list().map(({ madeAtMs }) => madeAtMs)).toEqual([3, 2, 1].map((day) => someDayMs + day * dayMs));
    expect(names()).toHaveLength(3);
  });

  it('holds what is committed, log and all, and opens by the same key', async () => {
    await copyDay(0);
    vault.commit([{ put: 'app', record: appRecord('one', { name: 'after the copy' }) }]);
    const [place] = rig.copies.list();
    const store = rig.copies.openToRead(place!.id);
    const copy = await vault.beside(store);
    expect(copy.app('one')?.name).toBe('App one');
    expect(copy.connectionSecrets('a')?.refreshToken?.reveal()).toBe('refresh-a');
    expect(copy.appSecrets('one').clientSecret?.reveal()).toBe('client-secret-one');
    expect(copy.history('b')).toHaveLength(1);
    await store.close();
    expect(rig.copies.readHeader(place!.id)).toBe(rig.files.readHeader());
  });

  it.skipIf(process.platform === 'win32')('lies closed to others, and its reading leaves no byte changed', async () => {
    await copyDay(0);
    const [name = ''] = names();
    const paths = ['.', name, `${name}/vault.json`, `${name}/records.db`].map((path) => join(folder(), path));
    expect(paths.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(['700', '700', '600', '600']);
    expect(readdirSync(join(folder(), name)).sort()).toEqual(['records.db', 'vault.json']);
    const before = rig.contents(folder());
    expect(await wholeCopies(rig.copies, unlock())).toHaveLength(1);
    expect(rig.contents(folder())).toEqual(before);
  });

  it('is not made of a vault in which nothing stands', async () => {
    const empty = new VaultRig();
    await copyOfToday(await empty.create(), empty.copies, someDayMs);
    expect(existsSync(empty.at('backups'))).toBe(false);
    await empty.remove();
  });

  it.each<[string, (path: string) => void]>([
    [
      'a page zeroed',
      (path) => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0, bytes.length - 2000));
      },
    ],
    [
      'a secret changed that no opening reads',
      (path) =>
        rig.harm((db) => {
          db.prepare('UPDATE records SET sealed = zeroblob(40) WHERE id = ?').run(['connection_secrets:b']);
        }, path),
    ],
    ['yesterday’s content', (path) => copyFileSync(join(folder(), names()[0]!, 'records.db'), path)],
  ])('with %s counts as none, and costs none that is whole', async (_, harm) => {
    for (const day of [0, 1, 2]) await copyDay(day);
    vault.commit([{ put: 'app', record: appRecord('one', { name: 'of today' }) }]);
    const before = names();
    const failing: VaultCopies = {
      ...rig.copies,
      write: (records, headerText, atMs) => {
        const id = rig.copies.write(records, headerText, atMs);
        harm(join(folder(), `${id}.making`, 'records.db'));
        return id;
      },
    };
    expect(await codeOf(() => copyDay(3, failing))).toBe('vault_damaged');
    expect(names()).toEqual(before);
    await copyDay(3);
    expect(names()).not.toContain(before[0]);
  });

  it('that was cut off counts as none and is swept with the next', async () => {
    mkdirSync(join(folder(), '2026-01-30T10-00-00-000Z.making'), { recursive: true });
    expect(rig.copies.list()).toEqual([]);
    await copyDay(0);
    expect(names()).toHaveLength(1);
  });

  it('is not the one to go when the clock was put back', async () => {
    for (const day of [10, 11, 12]) await copyDay(day);
    await copyDay(0);
    const kept = rig.copies.list().map(({ madeAtMs }) => (madeAtMs - someDayMs) / dayMs);
    expect(kept).toEqual([12, 11, 0]);
  });

  it('follows no link', async () => {
    symlinkSync(rig.userDataFolder, folder());
    expect(await codeOf(() => copyDay(0))).toBe('vault_foreign');
  });
});

describe('what is removed from the vault', () => {
  it('leaves no sealed byte behind in any copy, and what stays in them opens', async () => {
    await vault.close();
    const bytes = ['connection:a', 'connection_secrets:a', 'history:a'].map(sealedBytes);
    vault = await rig.open();
    for (const day of [0, 1, 2]) await copyDay(day);
    expect(bytes.map((one) => holding(one).length)).toEqual([4, 4, 4]);
    vault.commit([{ remove: 'connection', connectionId: 'a' }]);
    await tidy();
    expect(bytes.flatMap(holding)).toEqual([]);
    expect(rig.copies.list()).toHaveLength(3);
    expect(await wholeCopies(rig.copies, unlock())).toHaveLength(3);
  });

  it('goes with its app, and a revoked connection stays without its tokens', async () => {
    await copyDay(0);
    vault.commit([{ remove: 'connection_secrets', connectionId: 'a' }]);
    await tidy();
    const [place] = rig.copies.list();
    let store = rig.copies.openToRead(place!.id);
    const copy = await vault.beside(store);
    expect(copy.connection('a')).not.toBeNull();
    expect(copy.connectionSecrets('a')).toBeNull();
    await store.close();
    vault.commit([
      { remove: 'connection', connectionId: 'a' },
      { remove: 'connection', connectionId: 'b' },
      { remove: 'app', appId: 'one' },
    ]);
    await tidy();
    store = rig.copies.openToRead(place!.id);
    expect((await vault.beside(store)).apps()).toEqual([]);
    await store.close();
  });

  it('takes a copy along from which it cannot be removed', async () => {
    vault.commit([{ put: 'app', record: appRecord('two') }]);
    await copyDay(0);
    // In the copy the connections hang on the app that goes; in the vault they have moved to another.
    vault.commit([
      ...['a', 'b'].flatMap((id) => [
        { put: 'connection' as const, record: connectionRecord(id, 'two') },
        { put: 'connection_secrets' as const, connectionId: id, secrets: tokensOf(id) },
      ]),
      { remove: 'app', appId: 'one' },
    ]);
    await tidy();
    expect(names()).toEqual([]);
  });

  it('is found by comparing, so that a crash before it is made up for', async () => {
    await copyDay(0);
    vault.commit([{ remove: 'connection', connectionId: 'a' }]);
    vault = await rig.reopen(vault);
    await tidy();
    const [place] = rig.copies.list();
    const store = rig.copies.openToRead(place!.id);
    expect(store.readMarks().map(({ id }) => id)).not.toContain('connection:a');
    await store.close();
  });

  it('touches no copy from which nothing has gone', async () => {
    await copyDay(0);
    vault.commit([{ put: 'app', record: appRecord('two') }]);
    const before = rig.contents(folder());
    await tidy();
    expect(rig.contents(folder())).toEqual(before);
  });

  it('touches no copy of another vault that once lay here', async () => {
    const other = new VaultRig();
    const theirs = await other.create();
    theirs.commit(sample());
    await copyOfToday(theirs, other.copies, someDayMs - 9 * dayMs);
    const id = other.copies.list()[0]!.id;
    mkdirSync(join(folder(), id), { recursive: true });
    for (const [path, bytes] of other.contents(other.at('backups')))
      writeFileSync(join(folder(), id, path.split('/').at(-1)!), bytes);
    await other.remove();
    const before = rig.contents(folder());
    await tidy();
    for (const day of [0, 1, 2, 3]) await copyDay(day);
    for (const [path, bytes] of before) expect(readFileSync(path)).toEqual(bytes);
    expect(names()).toHaveLength(4);
  });

  it('says nothing of the copies when the vault was closed meanwhile', async () => {
    await copyDay(0);
    vault.commit([{ remove: 'connection', connectionId: 'a' }]);
    await vault.close();
    expect(await codeOf(tidy)).toBe('vault_not_open');
    expect(names()).toHaveLength(1);
  });
});

describe('the header of the copies', () => {
  const first = new Secret('the first of the two');
  const second = new Secret('the second of the two');
  const opening = (passphrase?: Secret): Promise<number> =>
    wholeCopies(rig.copies, unlock(passphrase)).then((whole) => whole.length);

  it('follows a passphrase that is set, changed or removed, and opens by nothing that was before', async () => {
    await copyDay(0);
    await copyDay(1);
    await vault.slots.set(first, null);
    copiesFollow(vault, rig.copies);
    expect(await codeOf(() => opening())).toBe('vault_locked');
    expect(await opening(first)).toBe(2);
    await vault.slots.set(second, first);
    copiesFollow(vault, rig.copies);
    expect(await codeOf(() => opening(first))).toBe('wrong_passphrase');
    expect(await opening(second)).toBe(2);
    await vault.slots.remove(second);
    copiesFollow(vault, rig.copies);
    for (const { id } of rig.copies.list()) expect(rig.copies.readHeader(id)).toBe(rig.files.readHeader());
    expect(await opening()).toBe(2);
  });

  it('is the one that the vault goes by, also while another lies in its folder', async () => {
    const its = rig.files.readHeader()!;
    await copyDay(0);
    rig.files.replaceHeader(its.replace('Test Keychain', 'Somebody else’s'));
    copiesFollow(vault, rig.copies);
    await copyDay(1);
    for (const { id } of rig.copies.list()) expect(rig.copies.readHeader(id)).toBe(its);
  });

  it('takes the copy along that cannot be written to, or a passphrase given up would still open it', async () => {
    await copyDay(0);
    await copyDay(1);
    const [, oldest] = rig.copies.list();
    await vault.slots.set(first, null);
    copiesFollow(vault, {
      ...rig.copies,
      writeHeader: (id, text) => {
        if (id === oldest!.id) throw new AppError('disk_full');
        rig.copies.writeHeader(id, text);
      },
    });
    expect(rig.copies.list()).toHaveLength(1);
    expect(await opening(first)).toBe(1);
  });

  it('of a copy that a crash kept from following says nothing of the others', async () => {
    await copyDay(0);
    await vault.slots.set(first, null);
    copiesFollow(vault, rig.copies);
    await copyDay(1);
    await vault.slots.set(second, first);
    rig.copies.writeHeader(rig.copies.list()[0]!.id, rig.files.readHeader()!);
    expect(await opening(second)).toBe(1);
    expect(await opening(first)).toBe(1);
  });
});

describe('a damaged vault', () => {
  beforeEach(async () => {
    await copyDay(0);
    vault.commit([{ remove: 'connection', connectionId: 'b' }]);
    await copyDay(1);
    await vault.close();
    const bytes = readFileSync(rig.at('records.db'));
    bytes.fill(0, 4096);
    writeFileSync(rig.at('records.db'), bytes);
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
  });

  const asideFolders = (): string[] => readdirSync(rig.userDataFolder).filter((name) => name.startsWith('vault set'));

  it('is offered the copies that open whole, the newest first', async () => {
    expect((await wholeCopies(rig.copies, unlock())).map(({ madeAtMs }) => madeAtMs - someDayMs)).toEqual([dayMs, 0]);
    const newest = names().at(-1)!;
    const path = join(folder(), newest, 'records.db');
    writeFileSync(path, readFileSync(path).subarray(0, 5000));
    expect((await wholeCopies(rig.copies, unlock())).map(({ madeAtMs }) => madeAtMs)).toEqual([someDayMs]);
    rmSync(join(folder(), names()[0]!, 'vault.json'));
    expect(await wholeCopies(rig.copies, unlock())).toEqual([]);
  });

  it('offers none without the key, and tells a keychain that is locked', async () => {
    const items = new Map(rig.keychain.items);
    rig.keychain.items.clear();
    expect(await wholeCopies(rig.copies, unlock())).toEqual([]);
    for (const [account, value] of items) rig.keychain.items.set(account, value);
    rig.keychain.locked = true;
    expect(await codeOf(() => wholeCopies(rig.copies, unlock()))).toBe('keychain_locked');
    rig.keychain.locked = false;
  });

  it('is set aside byte for byte, and the copy opens in its place as an older one until it is accepted', async () => {
    const damaged = readFileSync(rig.at('records.db'));
    const id = rig.copies.list()[0]!.id;
    const movedTo = await putCopyInPlace(rig.copies, id, unlock());
    expect(readFileSync(join(rig.userDataFolder, movedTo, 'records.db'))).toEqual(damaged);
    expect(readdirSync(join(rig.userDataFolder, movedTo, 'backups'))).toHaveLength(2);
    vault = await rig.open();
    expect(vault.olderCopy).toBe(true);
    expect(vault.connections().map((one) => one.id)).toEqual(['a']);
    vault = await rig.reopen(vault);
    expect(vault.olderCopy).toBe(true);
    await vault.acceptOlderCopy();
    expect((await rig.reopen(vault)).olderCopy).toBe(false);
  });

  it('is an older copy also where it is no older than the note says', async () => {
    // Made after the last note was taken: the number alone would not tell.
    for (const account of rig.keychain.entries())
      if (account.startsWith('vault-commit:')) rig.keychain.items.set(account, '1');
    await putCopyInPlace(rig.copies, rig.copies.list()[0]!.id, unlock());
    expect((await rig.open()).olderCopy).toBe(true);
  });

  it('stays where it is when the copy is damaged as well, is not there, or is no name of ours', async () => {
    const id = rig.copies.list()[0]!.id;
    const path = join(folder(), id, 'records.db');
    writeFileSync(path, readFileSync(path).fill(0, 6000));
    const before = rig.contents();
    expect(await codeOf(() => putCopyInPlace(rig.copies, id, unlock()))).toBe('copy_damaged');
    expect(await codeOf(() => putCopyInPlace(rig.copies, '2026-01-01T00-00-00-000Z', unlock()))).toBe('not_found');
    expect(await codeOf(() => putCopyInPlace(rig.copies, '../..', unlock()))).toBe('not_found');
    expect(rig.contents()).toEqual(before);
    expect(asideFolders()).toEqual([]);
  });

  it.each(['before the vault is set aside', 'between the two renames'] as const)(
    'F13: a crash %s leaves the old one or the new one, never none',
    async (moment) => {
      const crash = new AppError('internal');
      const crashing: VaultCopies = {
        ...rig.copies,
        // A crash cleans nothing up.
        dropStaged: () => undefined,
        putStagedInPlace: () => {
          if (moment === 'between the two renames') rig.files.setAside();
          throw crash;
        },
      };
      await expect(putCopyInPlace(crashing, rig.copies.list()[0]!.id, unlock())).rejects.toBe(crash);
      if (moment === 'between the two renames') {
        expect(existsSync(rig.folder)).toBe(false);
        expect((await rig.open()).olderCopy).toBe(true);
        expect(asideFolders()).toHaveLength(1);
      } else {
        expect(await codeOf(() => rig.open())).toBe('vault_damaged');
        expect(asideFolders()).toEqual([]);
      }
      expect(readdirSync(rig.userDataFolder)).not.toContain('vault next');
    },
  );

  it.each(['half of it', 'nothing but its folder'])(
    'F13: a crash with %s laid beside leaves the old one',
    async (what) => {
      mkdirSync(join(rig.userDataFolder, 'vault next'));
      if (what === 'half of it') writeFileSync(join(rig.userDataFolder, 'vault next', 'records.db'), 'SQL');
      expect(await codeOf(() => rig.open())).toBe('vault_damaged');
      expect(readdirSync(rig.userDataFolder)).toEqual(['vault']);
    },
  );
});

describe('a row of a kind that only a later program knows', () => {
  it('takes the copy along when it is gone from the vault', async () => {
    await copyDay(0);
    const id = rig.copies.list()[0]!.id;
    const store = rig.copies.openToWrite(id);
    const marks = store.readMarks().length;
    // Sealed with another key: what matters is that this program cannot remove it by its own rules.
    const keys = { seal: () => ({ iv: new Uint8Array(12), sealed: new Uint8Array(20) }) };
    store.apply({
      put: [sealRow({ vaultId: vault.vaultId, keys: keys as never }, 'reminder:x', 1, null, {})],
      remove: [],
    });
    expect(store.readMarks()).toHaveLength(marks + 1);
    await store.close();
    await tidy();
    expect(names()).toEqual([]);
  });
});
