// Over 300 lines: every way into a vault is one subject, and the ways are told against each other.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { VaultHeader } from '../../../electron/vault/format.ts';
import type { RecordStore, VaultFiles } from '../../../electron/vault/ports.ts';
import { createVault, openVault, vaultExists } from '../../../electron/vault/vault.ts';
import { memoryKeychain } from '../../support/memory-keychain.ts';
import { appRecord, codeOf, connectionRecord, sample, someDayMs, VaultRig } from '../../support/vault-rig.ts';

let rig: VaultRig;
beforeEach(() => {
  rig = new VaultRig();
});
afterEach(() => rig.remove());

const header = (): VaultHeader => JSON.parse(readFileSync(rig.at('vault.json'), 'utf8')) as VaultHeader;
const keyAccount = (): string => `vault-key:${header().vaultId}`;
const noteAccount = (): string => `vault-commit:${header().vaultId}`;
const setAsideFolders = (): string[] =>
  readdirSync(rig.userDataFolder).filter((name) => name.startsWith('vault set aside'));

async function filledVault(): Promise<void> {
  const vault = await rig.create();
  vault.commit(sample());
  await vault.close();
}

describe('B50: the header is judged before anything else is opened', () => {
  const judged = async (text: string): Promise<string> => {
    await filledVault();
    writeFileSync(rig.at('vault.json'), text);
    const before = rig.contents();
    rig.keychain.calls.length = 0;
    const opened: string[] = [];
    const files: VaultFiles = {
      ...rig.files,
      openRecords: () => {
        opened.push('database');
        return rig.files.openRecords();
      },
    };
    const code = await codeOf(() => rig.open(files));
    expect(opened).toEqual([]);
    expect(rig.keychain.calls).toEqual([]);
    expect(rig.contents()).toEqual(before);
    return code;
  };
  const edited = async (edit: (header: Record<string, unknown>) => void): Promise<string> => {
    await filledVault();
    const content = header() as unknown as Record<string, unknown>;
    edit(content);
    return judgedAgain(JSON.stringify(content));
  };
  const judgedAgain = async (text: string): Promise<string> => {
    await rig.remove();
    rig = new VaultRig();
    return judged(text);
  };

  it('F12: a newer format is newer, whatever else it holds', async () => {
    expect(await judged(JSON.stringify({ magic: 'grantkeep-vault', formatVersion: 2, anything: [] }))).toBe(
      'vault_newer',
    );
  });
  it.each([
    ['another magic', JSON.stringify({ magic: 'other', formatVersion: 1 })],
    ['no magic', '{}'],
    ['a list', '[]'],
    ['a huge file', ' '.repeat(200_000)],
  ])('%s is foreign', async (_, text) => {
    expect(await judged(text)).toBe('vault_foreign');
  });
  it.each([
    ['nothing at all', ''],
    ['zeros', '\0'.repeat(400)],
    ['half a header', '{ "magic": "grantkeep-vault", "formatVer'],
    ['only the first two lines', JSON.stringify({ magic: 'grantkeep-vault', formatVersion: 1 })],
    ['a version before the first', JSON.stringify({ magic: 'grantkeep-vault', formatVersion: 0 })],
  ])('%s is damaged', async (_, text) => {
    expect(await judged(text)).toBe('vault_damaged');
  });
  it('a member that version 1 does not have is damage', async () => {
    expect(await edited((content) => (content['extra'] = 1))).toBe('vault_damaged');
  });
  it('a slot of a kind to come is for a newer program', async () => {
    expect(await edited((content) => (content['keySlots'] = [{ kind: 'touch_id', x: 1 }]))).toBe('vault_newer');
  });

  it('B42 B47: holds the keychain it was made with and nothing that names a person or a host', async () => {
    await filledVault();
    expect(header()).toEqual({
      magic: 'grantkeep-vault',
      formatVersion: 1,
      vaultId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      createdAt: new Date(someDayMs).toISOString(),
      keySlots: [{ kind: 'keychain', name: 'Test Keychain' }],
      keyCheck: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string,
    });
  });

  it('with the vault id of another vault: the key is not found, and nothing opens', async () => {
    await filledVault();
    writeFileSync(rig.at('vault.json'), JSON.stringify({ ...header(), vaultId: 'ab'.repeat(16) }));
    expect(await codeOf(() => rig.open())).toBe('key_missing');
  });
});

describe('a part of the vault is missing', () => {
  it('the database: damaged, never an empty vault', async () => {
    await filledVault();
    rmSync(rig.at('records.db'));
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
    expect(existsSync(rig.at('records.db'))).toBe(false);
  });
  it('the header: damaged, and nothing is made anew beside the database', async () => {
    await filledVault();
    rmSync(rig.at('vault.json'));
    const before = rig.contents();
    expect(vaultExists(rig.files)).toBe(true);
    expect(await codeOf(() => rig.open())).toBe('vault_damaged');
    expect(await codeOf(() => rig.create())).toBe('vault_damaged');
    expect(rig.contents()).toEqual(before);
  });
  it('everything: there is no vault, and none is made by looking', async () => {
    expect(vaultExists(rig.files)).toBe(false);
    expect(await openVault({ files: rig.files, keychain: rig.keychain })).toBeNull();
    expect(rig.contents().size).toBe(0);
    expect(rig.keychain.calls).toEqual([]);
  });
  it('set aside, it is whole under its new name, and a new one can be made', async () => {
    await filledVault();
    rmSync(rig.at('vault.json'));
    const database = readFileSync(rig.at('records.db'));
    expect(rig.files.setAside()).toBe('vault set aside 2026-01-31T14-05-09');
    await (await rig.create()).close();
    expect(rig.files.setAside()).toBe('vault set aside 2026-01-31T14-05-09 (2)');
    expect(readFileSync(`${rig.userDataFolder}/vault set aside 2026-01-31T14-05-09/records.db`)).toEqual(database);
  });
});

describe('the key', () => {
  it('B40: is 32 bytes, in the keychain before any file of the vault, and read back', async () => {
    const seen: string[] = [];
    const files: VaultFiles = {
      ...rig.files,
      noteCreation: () => {
        seen.push(...rig.keychain.calls, 'first file');
        rig.files.noteCreation();
      },
    };
    await rig.create(files);
    expect(seen).toEqual([`write ${keyAccount()}`, `read ${keyAccount()}`, 'first file']);
    expect(rig.keychain.items.get(keyAccount())).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it('B40: that the keychain does not give back makes no vault', async () => {
    rig.keychain.forgetful = true;
    expect(await codeOf(() => rig.create())).toBe('keychain_denied');
    expect(rig.contents().size).toBe(0);
  });

  it.each(['keychain_absent', 'keychain_locked', 'keychain_denied', 'keychain_silent'] as const)(
    'when the keychain is %s, no vault is made and a later try makes one',
    async (code) => {
      rig.keychain.failing = code;
      expect(await codeOf(() => rig.create())).toBe(code);
      expect(rig.contents().size).toBe(0);
      rig.keychain.failing = null;
      expect((await rig.create()).commitNumber).toBe(1);
    },
  );

  it('B41: is never made anew over a vault that is there', async () => {
    await filledVault();
    const before = rig.contents();
    const items = new Map(rig.keychain.items);
    rig.keychain.calls.length = 0;
    expect(await codeOf(() => rig.create())).toBe('changed_meanwhile');
    rig.keychain.items.clear();
    expect(await codeOf(() => rig.create())).toBe('changed_meanwhile');
    expect(rig.keychain.calls).toEqual([]);
    expect(rig.contents()).toEqual(before);
    for (const [account, value] of items) rig.keychain.items.set(account, value);
    expect((await rig.open()).connections()).toHaveLength(2);
  });

  it.each(['a newer vault', 'something foreign', ''])('is not made either where vault.json is "%s"', async (what) => {
    await filledVault();
    const text = what === 'a newer vault' ? JSON.stringify({ magic: 'grantkeep-vault', formatVersion: 9 }) : what;
    writeFileSync(rig.at('vault.json'), text);
    expect(await codeOf(() => rig.create())).toBe('changed_meanwhile');
    expect(readFileSync(rig.at('vault.json'), 'utf8')).toBe(text);
  });

  it('is not made over a vault that came while the keychain was asked', async () => {
    const other = new VaultRig();
    await (await other.create()).close();
    const theirs = other.contents(other.folder);
    const write = rig.keychain.write.bind(rig.keychain);
    rig.keychain.write = async (account, value) => {
      await write(account, value);
      cpSync(other.folder, rig.folder, { recursive: true });
    };
    expect(await codeOf(() => rig.create())).toBe('changed_meanwhile');
    expect([...rig.contents().values()]).toEqual([...theirs.values()]);
    expect(rig.keychain.entries()).toEqual([]);
    await other.remove();
  });

  it('B41: missing from an open keychain is "missing", and the vault stays byte for byte', async () => {
    await filledVault();
    rig.keychain.items.delete(keyAccount());
    const before = rig.contents();
    expect(await codeOf(() => rig.open())).toBe('key_missing');
    expect(rig.contents()).toEqual(before);
    expect(rig.keychain.entries()).not.toContain(keyAccount());
  });

  it('B41: in a locked keyring, which answers null as well, is "locked"', async () => {
    await filledVault();
    rig.keychain.locked = true;
    expect(await codeOf(() => rig.open())).toBe('keychain_locked');
    rig.keychain.locked = false;
    expect((await rig.open()).connections()).toHaveLength(2);
  });

  it.each([
    ['of another vault', Buffer.alloc(32, 1).toString('base64')],
    ['too short', Buffer.alloc(16, 1).toString('base64')],
    ['no base64', '*'],
  ])('%s is wrong, and the database is not opened', async (_, key) => {
    await filledVault();
    const before = rig.contents();
    rig.keychain.items.set(keyAccount(), key);
    expect(await codeOf(() => rig.open())).toBe('key_wrong');
    expect(rig.contents()).toEqual(before);
  });

  it('B42: of a store with another name is asked for like any other', async () => {
    await filledVault();
    const other = memoryKeychain('Another Keychain');
    try {
      await openVault({ files: rig.files, keychain: other });
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toEqual(new AppError('key_missing', { name: 'Another Keychain' }));
      expect((thrown as AppError).facts.name).toBe('Another Keychain');
    }
  });
});

/** Files and keychain of a program that dies at its nth step: that step is done or not, and nothing comes after it. */
function dyingAt(n: number, stepIsDone: boolean) {
  let steps = 0;
  let reached = false;
  const stores: RecordStore[] = [];
  const dying = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, name, self) => {
        const member: unknown = Reflect.get(of, name, of);
        if (typeof member !== 'function') return Reflect.get(of, name, self) as unknown;
        return (...args: unknown[]): unknown => {
          steps += 1;
          if (steps > n || (steps === n && !stepIsDone)) {
            reached = true;
            throw new Error('the power is gone');
          }
          const result: unknown = Reflect.apply(member, of, args);
          if (name === 'createRecords' || name === 'openRecords') {
            stores.push(result as RecordStore);
            return dying(result as RecordStore);
          }
          return result;
        };
      },
    });
  return {
    files: dying(rig.files),
    keychain: dying(rig.keychain),
    reached: () => reached,
    /** What the system does for a process that is gone. */
    releaseFiles: () => Promise.all(stores.map((store) => store.close())),
  };
}

describe('a crash while the vault is made', () => {
  it.each([true, false])(
    'leaves no vault or a whole one, at each step (the step itself done: %s)',
    async (stepIsDone) => {
      const outcomes: string[] = [];
      for (let n = 1; ; n += 1) {
        const dying = dyingAt(n, stepIsDone);
        const made = await createVault({ ...dying, nowMs: () => someDayMs }).catch(() => null);
        await dying.releaseFiles();
        const keysBefore = new Map(rig.keychain.items);
        if (made !== null && !dying.reached()) break;

        const found = await openVault({ files: rig.files, keychain: rig.keychain });
        outcomes.push(found === null ? 'absent' : 'whole');
        expect(vaultExists(rig.files)).toBe(found !== null);
        const vault = found ?? (await rig.create());
        vault.commit(sample());
        expect((await rig.reopen(vault)).connections()).toHaveLength(2);
        for (const [account, value] of keysBefore) {
          if (account.startsWith('vault-key:')) expect(rig.keychain.items.get(account)).toBe(value);
        }
        await rig.remove();
        rig = new VaultRig();
      }
      expect(outcomes.length).toBeGreaterThan(10);
      expect(outcomes).toContain('whole');
      expect(outcomes.join(' ')).toMatch(/^(absent )+(whole ?)+$/);
    },
    60_000,
  );

  it('leaves a database that the next creation sets aside and does not delete', async () => {
    const files: VaultFiles = {
      ...rig.files,
      writeHeader: () => {
        throw new Error('the power is gone');
      },
    };
    await expect(createVault({ files, keychain: rig.keychain, nowMs: () => someDayMs })).rejects.toThrow('power');
    const left = readFileSync(rig.at('records.db'));
    const vault = await rig.create();
    vault.commit(sample());
    expect(setAsideFolders()).toHaveLength(1);
    expect(readFileSync(`${rig.userDataFolder}/${setAsideFolders()[0]!}/records.db`)).toHaveLength(left.length);
    expect(vault.connections()).toHaveLength(2);
  });

  it('does not take a creation that goes on elsewhere for a leftover', async () => {
    let midway = Promise.resolve<string>('never asked');
    const files: VaultFiles = {
      ...rig.files,
      writeHeader: (text) => {
        midway = codeOf(() => rig.create());
        rig.files.writeHeader(text);
      },
    };
    const vault = await rig.create(files);
    expect(['vault_in_use', 'changed_meanwhile']).toContain(await midway);
    vault.commit(sample());
    expect((await rig.reopen(vault)).connections()).toHaveLength(2);
  });

  it('when the disk is full instead, nothing is left behind, neither file nor key', async () => {
    const files: VaultFiles = {
      ...rig.files,
      createRecords: () => ({
        ...closing(rig.files.createRecords()),
        apply: () => {
          throw new AppError('disk_full');
        },
      }),
    };
    const closing = (store: RecordStore) => ({
      readKinds: () => [],
      read: () => null,
      readMarks: () => [],
      copyTo: () => undefined,
      close: () => store.close(),
    });
    expect(await codeOf(() => rig.create(files))).toBe('disk_full');
    expect(rig.contents().size).toBe(0);
    expect(rig.keychain.items.size).toBe(0);
    await rig.create();
    expect(setAsideFolders()).toEqual([]);
  });
});

describe('B51: a vault that is older than the one last used here', () => {
  /** The vault of commit 2 lies in the folder; commit 4 was the last one used here. */
  async function putBackOlder(): Promise<void> {
    await filledVault();
    const keep = new VaultRig();
    cpSync(rig.folder, keep.folder, { recursive: true });
    const vault = await rig.open();
    vault.commit([{ put: 'connection', record: connectionRecord('a', 'one', { generation: 2 }) }]);
    vault.commit([{ put: 'connection', record: connectionRecord('a', 'one', { generation: 3 }) }]);
    await vault.close();
    rmSync(rig.folder, { recursive: true });
    cpSync(keep.folder, rig.folder, { recursive: true });
    await keep.remove();
  }

  it('is an older copy, and stays one until somebody accepts it', async () => {
    await putBackOlder();
    const vault = await rig.open();
    expect(vault.olderCopy).toBe(true);
    expect(rig.keychain.items.get(noteAccount())).toBe('4');
    const again = await rig.reopen(vault);
    expect(again.olderCopy).toBe(true);
    await again.acceptOlderCopy();
    expect(again.olderCopy).toBe(false);
    expect(rig.keychain.items.get(noteAccount())).toBe('2');
    expect((await rig.reopen(again)).olderCopy).toBe(false);
  });

  it('does not become the newest by being worked on', async () => {
    await putBackOlder();
    const vault = await rig.open();
    for (let n = 0; n < 4; n += 1) vault.commit([{ put: 'app', record: appRecord('one', { name: `name ${n}` }) }]);
    expect(vault.commitNumber).toBe(6);
    const again = await rig.reopen(vault);
    expect(again.olderCopy).toBe(true);
    await again.acceptOlderCopy();
    const accepted = await rig.reopen(again);
    expect(accepted.olderCopy).toBe(false);
    expect(rig.keychain.items.get(noteAccount())).toBe(String(accepted.commitNumber));
  });

  it('cannot be accepted on a full disk, and stays what it was', async () => {
    await putBackOlder();
    const first = await rig.open();
    first.commit([{ put: 'app', record: appRecord('one', { name: 'x' }) }]);
    await first.close();
    const { files, fail } = failingStore();
    const vault = await rig.open(files);
    fail.code = 'disk_full';
    expect(await codeOf(() => vault.acceptOlderCopy())).toBe('disk_full');
    expect(vault.olderCopy).toBe(true);
    fail.code = null;
    await vault.acceptOlderCopy();
    expect((await rig.reopen(vault)).olderCopy).toBe(false);
  });

  it('is not what a vault is that was used on, closed and opened again', async () => {
    await filledVault();
    const vault = await rig.open();
    vault.commit([{ put: 'app', record: appRecord('one', { name: 'x' }) }]);
    const again = await rig.reopen(vault);
    expect(again.olderCopy).toBe(false);
    expect(rig.keychain.items.get(noteAccount())).toBe('3');
  });

  it('is not found out where the number cannot be noted, and that stops nobody', async () => {
    const write = rig.keychain.write.bind(rig.keychain);
    rig.keychain.write = (account, value) =>
      account.startsWith('vault-commit:') ? Promise.reject(new AppError('keychain_denied')) : write(account, value);
    const vault = await rig.create();
    vault.commit(sample());
    const again = await rig.reopen(vault);
    expect(again.olderCopy).toBe(false);
    expect(again.connections()).toHaveLength(2);
  });

  it('never costs the key: its item is written once, and the number has its own', async () => {
    await putBackOlder();
    await (await rig.open()).acceptOlderCopy();
    expect(rig.keychain.calls.filter((call) => call === `write ${keyAccount()}`)).toHaveLength(1);
    expect(rig.keychain.entries().toSorted()).toEqual([noteAccount(), keyAccount()].toSorted());
  });
});

/** The real store, but `apply` fails with `fail.code` while that is set. */
function failingStore(): {
  files: VaultFiles;
  fail: { code: 'disk_full' | 'disk_error' | 'disk_read_only' | null; applied: number };
} {
  const fail = { code: null as 'disk_full' | 'disk_error' | 'disk_read_only' | null, applied: 0 };
  const files: VaultFiles = {
    ...rig.files,
    openRecords: () => {
      const store = rig.files.openRecords();
      return {
        readKinds: (kinds) => store.readKinds(kinds),
        read: (id) => store.read(id),
        readMarks: () => store.readMarks(),
        copyTo: (path) => store.copyTo(path),
        apply: (changes) => {
          fail.applied += 1;
          if (fail.code !== null) throw new AppError(fail.code);
          store.apply(changes);
        },
        close: () => store.close(),
      };
    },
  };
  return { files, fail };
}

describe('B48: a commit that the disk refuses', () => {
  const renamed = [{ put: 'app' as const, record: appRecord('one', { name: 'renamed' }) }];

  it.each(['disk_full', 'disk_read_only'] as const)(
    'with %s changes nothing, and the same commit works later',
    async (code) => {
      await filledVault();
      const { files, fail } = failingStore();
      const vault = await rig.open(files);
      fail.code = code;
      expect(await codeOf(() => vault.commit(renamed))).toBe(code);
      expect(await codeOf(() => vault.commit([{ remove: 'connection', connectionId: 'a' }]))).toBe(code);
      expect(vault.app('one')?.name).toBe('App one');
      expect(vault.connectionSecrets('a')?.accessToken?.reveal()).toBe('access-a');
      expect(vault.commitNumber).toBe(2);
      fail.code = null;
      vault.commit(renamed);
      expect((await rig.reopen(vault)).app('one')?.name).toBe('renamed');
    },
  );

  it('with disk_error is the last one until the vault is opened again', async () => {
    await filledVault();
    const { files, fail } = failingStore();
    const vault = await rig.open(files);
    fail.code = 'disk_error';
    expect(await codeOf(() => vault.commit(renamed))).toBe('disk_error');
    fail.code = null;
    expect(await codeOf(() => vault.commit(renamed))).toBe('disk_error');
    expect(fail.applied).toBe(1);
    expect(vault.connectionSecrets('a')?.accessToken?.reveal()).toBe('access-a');
    const again = await rig.reopen(vault);
    again.commit(renamed);
    expect(again.app('one')?.name).toBe('renamed');
  });
});
