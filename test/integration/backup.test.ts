import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { findSecrets } from '../support/encodings.ts';
import { filesBelow } from '../support/files.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

// A passphrase is stretched for seconds, several times a test.
vi.setConfig({ testTimeout: 120_000 });

const passphrase = 'MARKER-passphrase-4c11 of some words';
const dayMs = 86_400_000;

let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let elsewhere: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;

beforeEach(async () => {
  place = temporaryFolder();
  elsewhere = temporaryFolder();
  keychain = memoryKeychain();
  app = await headlessApp({ folder: place.folder, keychain });
  teamgantt = await runProvider(app, 'teamgantt');
});

afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
  elsewhere.remove();
});

const refreshes = (): number =>
  teamgantt.engine.record().filter(({ grantType }) => grantType === 'refresh_token').length;

async function backUp(): Promise<string> {
  app.backupFile.saved = join(elsewhere.folder, 'mine.age');
  expect(await app.call('backup.make', { passphrase })).toEqual({ savedTo: app.backupFile.saved });
  return app.backupFile.saved;
}

/** Another computer: no folder and no key of the first. */
async function newComputer(): Promise<ReturnType<typeof temporaryFolder>> {
  const there = temporaryFolder();
  await app.end();
  app = await headlessApp({ folder: there.folder, clock: app.clock });
  return there;
}

/** What the window knows, without the moments that a renewal by itself would have moved. */
const known = () => {
  const { apps, connections } = app.program.snapshot();
  return { apps, connections: connections.map((one) => ({ ...one, renewsAtMs: null })) };
};

describe('a backup', () => {
  it('F44: holds everything on another computer, replays nothing until it is accepted, and then goes on by itself', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site plan' });
    await app.call('connections.test', { connectionId });
    const before = known();
    const history = await app.call('connections.history', { connectionId });
    await app.call('connections.copy', { connectionId, form: 'token' });
    const token = app.clipboard.text;
    const file = await backUp();
    const there = temporaryFolder();
    const theirKeychain = memoryKeychain();
    const startThere = async (): Promise<void> => {
      await app.end();
      app = await headlessApp({ folder: there.folder, keychain: theirKeychain, clock: app.clock });
    };
    await startThere();

    app.backupFile.chosen = file;
    expect(await app.call('backup.choose', {})).toEqual({ fileName: 'mine.age' });
    await app.call('backup.restore', { passphrase });
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'open', olderCopy: true });
    expect(known()).toEqual(before);
    expect(await app.call('connections.history', { connectionId })).toEqual(history);
    await app.call('connections.copy', { connectionId, form: 'token' });
    expect(app.clipboard.text).toBe(token);

    // Nobody has accepted it: closing and opening changes nothing of that.
    await startThere();
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'open', olderCopy: true });
    app.clock.advance(2 * 3_600_000);
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('vault_older_copy');
    expect(refreshes()).toBe(0);
    await app.call('program.useOlderCopy', {});
    await vi.waitFor(() => expect(connectionNow(app, connectionId).generation).toBe(2));
    expect(refreshes()).toBe(1);
    await startThere();
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'open', olderCopy: false });
    there.remove();
  });

  it('leaks neither a secret nor the passphrase, to the window, the log or a disk', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    await app.call('connections.copy', { connectionId, form: 'token' });
    const { people, apps } = practiceAccounts('teamgantt');
    const secrets = new Map([
      ['passphrase', passphrase],
      ['bearer', app.clipboard.text],
      ['client secret', apps[0]!.clientSecret.reveal()],
      ['password', people[0]!.password.reveal()],
    ]);
    const file = await backUp();
    const crossed = [...app.crossed];
    const log = [...app.log];
    const there = await newComputer();
    app.backupFile.chosen = file;
    await app.call('backup.choose', {});
    await app.call('backup.restore', { passphrase });
    const leaks = [
      ...findSecrets('a reply or push', Buffer.from([...crossed, ...app.crossed].join('\n')), secrets),
      ...findSecrets('the log', Buffer.from(JSON.stringify([...log, ...app.log])), secrets),
      ...[place, there, elsewhere].flatMap(({ folder }) =>
        filesBelow(folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, secrets)),
      ),
    ];
    expect(leaks).toEqual([]);
    there.remove();
  });

  it('that cannot be restored is told in its own words, and nothing is changed on the disk', async () => {
    await connectReal(app, teamgantt, 'teamgantt');
    const file = await backUp();
    const there = await newComputer();
    const before = filesBelow(there.folder);
    const sealed = readFileSync(file);
    const restoring = async (name: string, bytes: Buffer, given = passphrase): Promise<string> => {
      app.backupFile.chosen = join(elsewhere.folder, name);
      writeFileSync(app.backupFile.chosen, bytes);
      await app.call('backup.choose', {});
      const answer = await app.ask('backup.restore', { passphrase: given });
      return answer.ok ? 'restored' : answer.problem.code;
    };
    const flipped = Buffer.from(sealed);
    flipped[flipped.length - 20] = (flipped[flipped.length - 20] ?? 0) ^ 1;
    expect(await restoring('wrong', sealed, 'another passphrase')).toBe('backup_passphrase');
    expect(await restoring('flipped', flipped)).toBe('backup_damaged');
    expect(await restoring('letter', Buffer.from('Dear reader,'))).toBe('backup_foreign');
    expect(await restoring('later', Buffer.from(sealed.toString('latin1').replace('/v1', '/v7'), 'latin1'))).toBe(
      'backup_newer',
    );
    app.backupFile.chosen = join(elsewhere.folder, 'not there');
    await app.call('backup.choose', {});
    await expect(app.call('backup.restore', { passphrase })).rejects.toThrow('backup_unreadable');
    expect(filesBelow(there.folder)).toEqual(before);
    expect(app.program.snapshot().vault.kind).toBe('absent');
    // A closed dialog leaves the choice before it as it was.
    expect(await restoring('right', sealed)).toBe('restored');
    there.remove();
  });

  it('is restored only where there is no vault, and made only where there is one, whole or not at all', async () => {
    await expect(app.call('backup.make', { passphrase })).rejects.toThrow('vault_not_open');
    await expect(app.call('backup.restore', { passphrase })).rejects.toThrow('field_missing');
    await connectReal(app, teamgantt, 'teamgantt');
    app.backupFile.chosen = await backUp();
    await app.call('backup.choose', {});
    const before = known();
    await expect(app.call('backup.restore', { passphrase })).rejects.toThrow('backup_vault_there');
    expect(known()).toEqual(before);
    await expect(app.call('backup.make', { passphrase: 'too short' })).rejects.toThrow('bad_input');

    // Written whole and closed to others, or not at all.
    if (process.platform !== 'win32') expect(statSync(app.backupFile.chosen).mode & 0o777).toBe(0o600);
    expect(readdirSync(elsewhere.folder)).toEqual(['mine.age']);
    app.backupFile.saved = null;
    expect(await app.call('backup.make', { passphrase })).toEqual({ savedTo: null });
    app.backupFile.saved = join(elsewhere.folder, 'no such folder', 'mine.age');
    await expect(app.call('backup.make', { passphrase })).rejects.toThrow('disk_error');
    expect(readdirSync(elsewhere.folder)).toEqual(['mine.age']);
  });
});

describe('the daily copies', () => {
  const copies = (): string[] => {
    const folder = join(place.folder, 'vault', 'backups');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  const restart = async (): Promise<void> => {
    await app.end();
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
  };

  it('F10: are three over a week of use, and the newest cures a damaged vault as an older copy', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Before' });
    for (let day = 0; day < 7; day += 1) {
      app.clock.advance(dayMs);
      await restart();
      await vi.waitFor(() => expect(connectionNow(app, connectionId).generation).toBe(day + 2));
    }
    await app.call('connections.rename', { connectionId, label: 'After' });
    await app.end();
    expect(copies()).toHaveLength(3);
    const path = join(place.folder, 'vault', 'records.db');
    writeFileSync(path, readFileSync(path).subarray(0, 9000));

    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'problem', problem: { code: 'vault_damaged' } });
    const offered = (await app.call('backup.copies', {})).copies;
    expect(offered.map(({ id }) => id)).toEqual(copies().reverse());
    const asked = refreshes();
    const { movedTo } = await app.call('backup.restoreCopy', { copyId: offered[0]!.id });
    expect(readFileSync(join(place.folder, movedTo, 'records.db'))).toHaveLength(9000);
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'open', olderCopy: true });
    expect(connectionNow(app, connectionId)).toMatchObject({ label: 'Before' });
    app.clock.advance(2 * 3_600_000);
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('vault_older_copy');
    expect(refreshes()).toBe(asked);
    await app.call('program.useOlderCopy', {});
    await vi.waitFor(() => expect(refreshes()).toBe(asked + 1));
  });

  it('lose a connection that is removed, and its app', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    const { appId } = connectionNow(app, connectionId);
    await connectReal(app, teamgantt, 'teamgantt', { appId, label: 'Another' });
    await restart();
    app.clock.advance(dayMs);
    await restart();
    await app.end();
    expect(copies()).toHaveLength(2);
    const holding = (): string[] =>
      filesBelow(place.folder).flatMap(({ path, bytes }) =>
        bytes.includes(`connection:${connectionId}`) ? [path] : [],
      );
    expect(holding()).toHaveLength(3);
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    await app.call('connections.remove', { connectionId });
    await app.end();
    expect(copies()).toHaveLength(2);
    expect(holding()).toEqual([]);
  });

  it('of a vault that is well are offered to nobody', async () => {
    await connectReal(app, teamgantt, 'teamgantt');
    await restart();
    expect(await app.call('backup.copies', {})).toEqual({ copies: [], needsPassphrase: false });
    await expect(app.call('backup.restoreCopy', { copyId: copies()[0]! })).rejects.toThrow('bad_input');
  });
});
