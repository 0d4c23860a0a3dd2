import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { clipboardText, freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, connect, row } from '../support/walk.ts';

// A backup and a daily copy in the real window, with the thread that seals as it was built; each test goes on from the
// one before.

const person = practiceAccounts('teamgantt').people[0]!;
const keys = practiceAccounts('teamgantt').apps[0]!;
const passphrase = 'four words of no kin';
const vaultPassphrase = 'drawbridge lantern';
const label = 'Site works plan';
// A system without a keychain: no bus to ask.
const withoutKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', XDG_RUNTIME_DIR: '/nonexistent' };

let engine: EngineProcess;
let teamgantt: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let elsewhere: string;
let app: RealApp;
let page: Page;
let file: string;
let token: string;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  teamgantt = engine.provider('teamgantt');
  profile = await freshProfile();
  elsewhere = mkdtempSync(join(tmpdir(), 'grantkeep-e2e-backup-'));
  file = join(elsewhere, 'mine.age');
});
afterEach(() => app.quit());
afterAll(async () => {
  await engine.stop();
  await profile.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

async function start(folder: string, env: Record<string, string> = {}): Promise<void> {
  app = await launch(folder, { env });
  page = app.page;
  // What the person answers in the system's own dialogs, which no page can.
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });

async function copyToken(): Promise<string> {
  await row(page, label).click();
  await page.keyboard.press('Control+c');
  await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
  return clipboardText(app);
}

/** On the first screen: the file, its passphrase, and what `more` types. */
async function restore(more: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${text.welcome.firstRun.restore}`) }).click();
  await button(text.backup.restore.choose).click();
  await page.getByText('mine.age').waitFor();
  await field(text.backup.restore.passphrase).fill('not the passphrase');
  await more();
  await button(text.backup.restore.act).click();
  await page.getByText(text.errors.backup_passphrase({}).what).waitFor();
  await field(text.backup.restore.passphrase).fill(passphrase);
  await button(text.backup.restore.act).click();
  await row(page, label).waitFor();
}

describe('backup and restore in the real window', () => {
  it('makes one sealed file from the settings, in a thread of its own', async () => {
    await start(profile.folder);
    await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
    await connect(page, {
      provider: 'TeamGantt',
      clientId: keys.clientId,
      clientSecret: keys.clientSecret.reveal(),
      addresses: addressesOf(teamgantt),
      username: person.username,
      password: person.password.reveal(),
      label,
    });
    await button(text.connect.done.show).click();
    token = await copyToken();
    await page.keyboard.press('Control+,');
    await button(text.settings.sections.backup).click();
    await button(text.backup.section.make).click();
    await field(text.backup.passphrase.label).fill(passphrase);
    await field(text.backup.passphrase.repeat).fill(passphrase);
    await button(text.backup.make.act).click();
    await page.getByText(text.backup.make.saved(file)).first().waitFor();
    const sealed = readFileSync(file);
    expect(sealed.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(sealed.includes(label)).toBe(false);
  });

  it('restores it on another computer, pauses on the older copy, and copies the same token once that is accepted', async () => {
    const there = await freshProfile();
    try {
      await start(there.folder);
      await restore();
      await page.getByText(text.welcome.problem.older).waitFor();
      await button(text.welcome.problem.useOlder).click();
      await page.getByText(text.welcome.problem.older).waitFor({ state: 'detached' });
      expect(await copyToken()).toBe(token);
    } finally {
      await app.quit();
      await there.remove();
    }
  });

  it('restores it without a keychain under a passphrase, which opens it at the next start', async () => {
    const there = await freshProfile();
    try {
      await start(there.folder, withoutKeychain);
      await restore(async () => {
        await field(text.backup.restore.vaultPassphrase).fill(vaultPassphrase);
        await field(text.backup.restore.again).fill(vaultPassphrase);
      });
      await app.quit();
      await start(there.folder, withoutKeychain);
      await field(text.lock.passphrase).fill(vaultPassphrase);
      await button(text.lock.unlock).click();
      await row(page, label).waitFor();
      await page.getByText(text.welcome.problem.older).waitFor();
    } finally {
      await app.quit();
      await there.remove();
    }
  });

  it('F10: offers the copy of the day for a vault that was damaged, and opens it as an older one', async () => {
    const backups = join(profile.folder, 'vault', 'backups');
    expect(existsSync(backups) ? readdirSync(backups) : []).toHaveLength(1);
    const database = join(profile.folder, 'vault', 'records.db');
    writeFileSync(database, readFileSync(database).fill(0, 4096));
    await start(profile.folder);
    await page.getByRole('heading', { name: text.welcome.problem.title.vault_damaged }).waitFor();
    await page.getByRole('button', { name: text.backup.copies.restore('') }).click();
    await button(text.backup.copies.act).click();
    await row(page, label).waitFor();
    await page.getByText(text.welcome.problem.older).waitFor();
    await vi.waitFor(() =>
      expect(readdirSync(profile.folder).some((name) => name.startsWith('vault set aside'))).toBe(true),
    );
  });
});
