import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyOfToday } from '../../../electron/vault/daily-copies.ts';
import { backupFiles } from '../../../electron/platform/backup-files.ts';
import type { SealedVault } from '../../../electron/vault/sealed-vault.ts';
import {
  appRecord,
  codeOf,
  connectionRecord,
  exchangeAt,
  sample,
  someDayMs,
  tokensOf,
  VaultRig,
} from '../../support/vault-rig.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const reason = canMount ? '' : ' [skipped: mounting a small disk needs root on Linux]';

describe.skipIf(!canMount)(`a vault on a disk of 1 MiB${reason}`, () => {
  let disk: string;
  let rig: VaultRig;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'grantkeep-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'grantkeep-test', disk]);
    rig = new VaultRig(disk);
  });
  afterEach(async () => {
    try {
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      await rig.remove();
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmdirSync(disk);
    }
  });

  const ballast = (): string => join(disk, 'ballast');
  const fillDisk = (): void => {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast(), Buffer.alloc(bavail * bsize));
  };
  const bigToken = (n: number): string => `${n}-${'x'.repeat(30_000 + n * 2_000)}`;
  /** More with each, so that the disk fills: the room of what a commit replaces is used again. */
  const bigChange = (n: number) => ({
    put: 'connection_secrets' as const,
    connectionId: 'a',
    secrets: tokensOf(bigToken(n)),
  });

  /** Commits until the disk refuses; how many it confirmed. */
  async function commitUntilRefused(vault: SealedVault): Promise<number> {
    for (let n = 0; n < 1000; n += 1) {
      try {
        vault.commit([bigChange(n)]);
      } catch (thrown) {
        expect(await codeOf(() => Promise.reject(thrown as Error))).toBe('disk_full');
        return n;
      }
    }
    throw new Error('the disk never filled');
  }

  it('makes no copy of the day, keeps those it has, and is not hurt by the try', async () => {
    const vault = await rig.create();
    vault.commit([...sample(), bigChange(0)]);
    await copyOfToday(vault, rig.copies, someDayMs);
    const before = rig.contents(rig.at('backups'));
    fillDisk();
    expect(await codeOf(() => copyOfToday(vault, rig.copies, someDayMs + 86_400_000))).toBe('disk_full');
    expect(rig.contents(rig.at('backups'))).toEqual(before);
    rmSync(ballast());
    vault.commit([{ put: 'app', record: appRecord('one', { name: 'after' }) }]);
    await copyOfToday(vault, rig.copies, someDayMs + 86_400_000);
    expect(rig.copies.list()).toHaveLength(2);
    expect((await rig.reopen(vault)).app('one')?.name).toBe('after');
  });

  it('takes no backup where nothing can be written, says which it is, and leaves no half of one', () => {
    const files = backupFiles({ chooseNew: () => Promise.resolve(null), chooseExisting: () => Promise.resolve(null) });
    const file = join(disk, 'mine.age');
    files.write(file, Buffer.from('an older one'));
    fillDisk();
    expect(() => files.write(file, Buffer.alloc(300_000))).toThrow('disk_full');
    rmSync(ballast());
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(() => files.write(file, Buffer.alloc(10))).toThrow('backup_folder_closed');
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    expect(Buffer.from(files.read(file)).toString()).toBe('an older one');
    expect(readdirSync(disk).filter((name) => name.includes('age'))).toEqual(['mine.age']);
  });

  it('F3: says disk_full, loses nothing that it confirmed, and goes on once there is space', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    fillDisk();
    rmSync(ballast());
    writeFileSync(ballast(), Buffer.alloc(300_000));
    const confirmed = await commitUntilRefused(vault);
    expect(confirmed).toBeGreaterThan(0);
    const last = `access-${bigToken(confirmed - 1)}`;
    expect(vault.connectionSecrets('a')?.accessToken?.reveal()).toBe(last);
    expect(await codeOf(() => vault.commit([bigChange(confirmed)]))).toBe('disk_full');
    expect(vault.commitNumber).toBe(2 + confirmed);

    rmSync(ballast());
    vault.commit([{ put: 'app', record: appRecord('one', { name: 'after' }) }]);
    const again = await rig.reopen(vault);
    expect(again.commitNumber).toBe(3 + confirmed);
    expect(again.connectionSecrets('a')?.accessToken?.reveal()).toBe(last);
    expect(again.app('one')?.name).toBe('after');
  });

  it('loses nothing either when the program ends while the disk is full', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    writeFileSync(ballast(), Buffer.alloc(300_000));
    const confirmed = await commitUntilRefused(vault);
    fillDisk2();
    await vault.close();
    rmSync(ballast());
    rmSync(`${ballast()}2`);
    const again = await rig.open();
    expect(again.commitNumber).toBe(2 + confirmed);
    expect(again.connections()).toHaveLength(2);
    expect(again.history('b')).toEqual([exchangeAt(someDayMs, { what: 'signed_in' })]);
  });
  const fillDisk2 = (): void => {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(`${ballast()}2`, Buffer.alloc(bavail * bsize));
  };

  it('makes no vault on a full disk, leaves no key and no file, and makes one once there is space', async () => {
    fillDisk();
    expect(await codeOf(() => rig.create())).toBe('disk_full');
    expect(rig.keychain.items.size).toBe(0);
    expect([...rig.contents().keys()]).toEqual([rig.at('creating')]);
    rmSync(ballast());
    (await rig.create()).commit(sample());
  });

  it('F5 B50: on a read-only disk is not opened and not changed, and says disk_read_only', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    await vault.close();
    const before = rig.contents();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await codeOf(() => rig.open())).toBe('disk_read_only');
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    expect(rig.contents()).toEqual(before);
    expect((await rig.open()).connection('a')).toEqual(connectionRecord('a', 'one'));
  });

  it('F5: cannot be made on a read-only disk either, and says so', async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await codeOf(() => rig.create())).toBe('disk_read_only');
    expect(rig.keychain.calls).toEqual([]);
  });
});
