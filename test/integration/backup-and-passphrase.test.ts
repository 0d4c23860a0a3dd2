import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { filesBelow } from '../support/files.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryKeychain, type MemoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

vi.mock('node:crypto', async (load) => (await import('../support/cheap-scrypt.ts')).withCheapScrypt(await load()));
// A backup's own passphrase is stretched for seconds.
vi.setConfig({ testTimeout: 120_000 });

const dayMs = 86_400_000;
const first = 'drawbridge lantern';
const second = 'portcullis at dusk';

let app: HeadlessApp;
let clock: ManualClock;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: MemoryKeychain;

const start = async (): Promise<void> => {
  app = await headlessApp({ folder: place.folder, keychain, clock });
};
const restart = async (): Promise<void> => {
  await app.end();
  await start();
};

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  clock = new ManualClock();
  await start();
  teamgantt = await runProvider(app, 'teamgantt');
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const vault = () => app.program.snapshot().vault;
const backups = (): string => join(place.folder, 'vault', 'backups');
const headers = (): string[] =>
  readdirSync(backups()).map((name) => readFileSync(join(backups(), name, 'vault.json'), 'utf8'));
const headerNow = (): string => readFileSync(join(place.folder, 'vault', 'vault.json'), 'utf8');

/** A connection, a passphrase, and the copies of two days. */
async function twoCopies(): Promise<string> {
  const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
  await app.call('passphrase.set', { passphrase: first });
  clock.advance(dayMs);
  await app.call('connections.rename', { connectionId: id, label: 'Of the second day' });
  await vi.waitFor(() => expect(readdirSync(backups())).toHaveLength(2));
  return id;
}

async function damage(): Promise<void> {
  await app.end();
  const path = join(place.folder, 'vault', 'records.db');
  writeFileSync(path, readFileSync(path).fill(0, 4096));
  await start();
}

describe('the daily copies of a vault under a passphrase', () => {
  it('open by what opens the vault as soon as a change is answered, and by no passphrase or key from before', async () => {
    await connectReal(app, teamgantt, 'teamgantt');
    await vi.waitFor(() => expect(existsSync(backups()) && readdirSync(backups())).toHaveLength(1));
    await app.call('passphrase.set', { passphrase: first });
    expect(headers()).toEqual([headerNow()]);
    expect(headerNow()).toContain('"passphrase"');
    await app.call('passphrase.set', { passphrase: second, current: first });
    expect(headers()).toEqual([headerNow()]);
    await app.call('passphrase.remove', { current: second });
    expect(headers()).toEqual([headerNow()]);
    expect(headerNow()).toContain('"keychain"');
  });

  it('F10: are offered once the passphrase was given, each wrong one a try like any other, and open with it', async () => {
    const id = await twoCopies();
    await damage();
    expect(vault().kind).toBe('locked');
    await expect(app.call('backup.copies', {})).rejects.toThrow('vault_locked');
    await expect(app.call('lock.unlock', { passphrase: first })).rejects.toThrow('vault_damaged');
    expect(vault()).toMatchObject({ kind: 'problem', canSetAside: true });

    expect(await app.call('backup.copies', {})).toEqual({ copies: [], needsPassphrase: true });
    await expect(app.call('backup.copies', { passphrase: second })).rejects.toThrow('wrong_passphrase');
    await expect(app.call('backup.copies', { passphrase: first })).rejects.toThrow('passphrase_too_soon');
    clock.advance(600);
    const { copies } = await app.call('backup.copies', { passphrase: first });
    expect(copies).toHaveLength(2);
    const copyId = copies[0]!.id;
    const before = filesBelow(place.folder).map(({ path }) => path);
    await expect(app.call('backup.restoreCopy', { copyId })).rejects.toThrow('vault_locked');
    await expect(app.call('backup.restoreCopy', { copyId, passphrase: second })).rejects.toThrow('wrong_passphrase');
    expect(filesBelow(place.folder).map(({ path }) => path)).toEqual(before);
    clock.advance(600);
    await app.call('backup.restoreCopy', { copyId, passphrase: first });
    expect(vault()).toMatchObject({ kind: 'open', olderCopy: true, passphrase: true });
    expect(connectionNow(app, id).label).toBe('Of the second day');
    await restart();
    await app.call('lock.unlock', { passphrase: first });
    expect(vault()).toMatchObject({ kind: 'open', olderCopy: true });
  });

  it('wait while the vault is closed by a lock, and lose after it what was removed before', async () => {
    const id = await twoCopies();
    await app.call('settings.keep', { keepRenewingWhileLocked: false });
    await app.call('connections.remove', { connectionId: id });
    await app.call('lock.lock', {});
    // The vault is closed when its journal is gone.
    await vi.waitFor(() => expect(existsSync(join(place.folder, 'vault', 'records.db-journal'))).toBe(false));
    clock.advance(3 * dayMs);
    expect(readdirSync(backups())).toHaveLength(2);
    await app.call('lock.unlock', { passphrase: first });
    await vi.waitFor(() => expect(readdirSync(backups())).toHaveLength(3));
    await app.end();
    const holding = filesBelow(place.folder).filter(({ bytes }) => bytes.includes(`connection:${id}`));
    expect(holding.map(({ path }) => path)).toEqual([]);
    expect(app.log.filter(({ event }) => event.startsWith('daily cop'))).toEqual([]);
  });
});

describe('a backup where there is no keychain', () => {
  it('makes a vault under a passphrase of its own, or fills the empty one that was made with it', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    const elsewhere = temporaryFolder();
    const file = join(elsewhere.folder, 'mine.age');
    app.backupFile.saved = file;
    await app.call('backup.make', { passphrase: 'four words of no kin' });
    await app.end();
    const without = async (folder: string): Promise<void> => {
      keychain = memoryKeychain();
      keychain.failing = 'keychain_absent';
      app = await headlessApp({ folder, keychain, clock });
      app.backupFile.chosen = file;
    };
    const given = { passphrase: 'four words of no kin' };

    const one = temporaryFolder();
    await without(one.folder);
    await app.call('backup.choose', {});
    await expect(app.call('backup.restore', given)).rejects.toThrow('keychain_absent');
    await expect(app.call('backup.restore', { ...given, vaultPassphrase: 'short' })).rejects.toThrow(
      'passphrase_too_short',
    );
    expect(filesBelow(one.folder)).toEqual([]);
    await app.call('backup.restore', { ...given, vaultPassphrase: first });
    expect(vault()).toMatchObject({ kind: 'open', olderCopy: true, passphrase: true });
    expect(connectionNow(app, id).label).toBe('Site works plan');
    await app.end();
    await without(one.folder);
    expect(vault().kind).toBe('locked');
    await app.call('lock.unlock', { passphrase: first });
    expect(connectionNow(app, id).label).toBe('Site works plan');
    await app.end();

    const other = temporaryFolder();
    await without(other.folder);
    await app.call('passphrase.set', { passphrase: second });
    await app.call('backup.choose', {});
    await app.call('backup.restore', given);
    expect(vault()).toMatchObject({ kind: 'open', olderCopy: true, passphrase: true });
    expect(connectionNow(app, id).label).toBe('Site works plan');
    await app.call('backup.choose', {});
    await expect(app.call('backup.restore', given)).rejects.toThrow('backup_vault_there');
    await app.end();
    await without(other.folder);
    await app.call('lock.unlock', { passphrase: second });
    expect(vault()).toMatchObject({ kind: 'open', olderCopy: true });
    await app.end();
    for (const made of [elsewhere, one, other]) made.remove();
    await start();
  });
});
