import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright';
import { systemKeychain } from '../../electron/platform/keychain.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { createVault } from '../../electron/vault/vault.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { fill } from '../bench/many.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, connect, row } from '../support/walk.ts';
import { resize, Steps } from './steps.ts';

// The states that the main job does not meet: settings, the lock, what goes wrong, and a list of ten thousand.

type Profile = Awaited<ReturnType<typeof freshProfile>>;

const passphrase = 'drawbridge lantern otter';
const person = practiceAccounts('teamgantt').people[0]!;
const keys = practiceAccounts('teamgantt').apps[0]!;

let engine: EngineProcess;
let teamgantt: RemoteEngine;
let app: RealApp;
let page: Page;
const profiles: Profile[] = [];
const steps = new Steps('states', () => app);
const step: Steps['step'] = (...all) => steps.step(...all);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function start(profile: Profile): Promise<void> {
  app = await launch(profile.folder);
  page = app.page;
  await appear();
}

/** Typing goes there, though a menu or a row led to it. */
async function hasFocus(field: Locator): Promise<void> {
  await expect.poll(() => field.evaluate((one) => document.activeElement === one)).toBe(true);
}

async function appear(): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await resize(app, 1280, 800);
}

async function another(): Promise<Profile> {
  const profile = await freshProfile();
  profiles.push(profile);
  return profile;
}

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  teamgantt = engine.provider('teamgantt');
});
afterAll(async () => {
  await app.quit();
  await engine.stop();
  for (const profile of profiles) await profile.remove();
});

it('walks through the settings and the lock', { timeout: 180_000 }, async () => {
  const profile = await another();
  await start(profile);
  await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
  await connect(page, {
    provider: 'TeamGantt',
    clientId: keys.clientId,
    clientSecret: keys.clientSecret.reveal(),
    addresses: addressesOf(teamgantt),
    username: person.username,
    password: person.password.reveal(),
    label: 'Site works plan',
  });
  await button(text.connect.done.show).click();
  await row(page, 'Site works plan').waitFor();
  const section = (name: keyof typeof text.settings.sections) => button(text.settings.sections[name]).click();

  steps.chapter('Settings and the lock');
  await step(
    'The settings of security',
    async () => {
      await page.keyboard.press('Control+,');
      await page.getByRole('heading', { name: text.settings.sections.security }).waitFor();
    },
    { large: true },
  );
  await step('What is told by notifications', () => section('notifications'));
  await step('Backup and daily copies', () => section('backup'));
  await step('A backup has a passphrase of its own', async () => {
    await button(/^Make a backup/).click();
    await page.getByRole('dialog').waitFor();
  });
  await step('What this program is', async () => {
    await page.keyboard.press('Escape');
    await section('about');
  });
  await step('A passphrase takes the place of the keychain', async () => {
    await section('security');
    await button(text.settings.security.set).click();
    await page.getByLabel(text.lock.set.passphrase, { exact: true }).fill(passphrase);
    await page.getByLabel(text.lock.set.again, { exact: true }).fill(passphrase);
  });
  await step('It opens the vault from now on', async () => {
    await button(text.lock.set.act).click();
    await button(text.settings.security.change).waitFor();
  });
  await step(
    'Locked',
    async () => {
      await app.quit();
      await start(profile);
      await page.getByLabel(text.lock.passphrase, { exact: true }).waitFor();
    },
    { large: true },
  );
  await step('A wrong passphrase changes nothing', async () => {
    await page.getByLabel(text.lock.passphrase, { exact: true }).fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByText(text.lock.wrong).waitFor();
  });

  steps.chapter('When something is wrong, and small acts');
  await step('Nothing matches what was typed', async () => {
    await button(/^Again in|^Unlock/).waitFor();
    await page.getByLabel(text.lock.passphrase, { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: text.lock.unlock, exact: true, disabled: false }).click();
    await row(page, 'Site works plan').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('harbour');
    await page.getByText(text.connections.filteredOut.query('harbour')).waitFor();
  });
  await step('A token in every form', async () => {
    await button(text.connections.acts.showAll).click();
    await row(page, 'Site works plan').click();
    await page.keyboard.press('Control+Shift+C');
    await page.getByRole('menuitem', { name: text.connections.forms.httpie.words }).waitFor();
  });
  await step('A connection is renamed where it stands', async () => {
    await page.keyboard.press('Escape');
    await button(text.connections.acts.more).click();
    await page.getByRole('menuitem', { name: text.connections.acts.rename }).click();
    await hasFocus(page.getByLabel(text.connections.rename.label, { exact: true }));
    // And by its key, from the list.
    await page.keyboard.press('Escape');
    await row(page, 'Site works plan').click();
    await page.keyboard.press('F2');
    await hasFocus(page.getByLabel(text.connections.rename.label, { exact: true }));
  });
  await step('The provider fails, and it is tried again', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Site works plan' }).waitFor();
    await teamgantt.failNext('token', 9, { kind: 'status', status: 503, body: '{"message":"Service Unavailable"}' });
    await button(text.connections.acts.renew).click();
    await page.getByText(text.connections.words.retry).first().waitFor();
  });
  await step('Its answer never came: only a person can sign in again', async () => {
    await teamgantt.clearFaults();
    await teamgantt.revokeElsewhere(person.username);
    await button(text.connections.acts.tryNow).first().click();
    await page.getByText(text.connections.words.signin).first().waitFor();
  });
  await step('Removing says first what it does', async () => {
    await row(page, 'Site works plan').click();
    await page.keyboard.press('Delete');
    await page.getByText(text.connections.remove.title('Site works plan')).waitFor();
  });
  await app.quit();
});

it('walks through a list of ten thousand', { timeout: 180_000 }, async () => {
  const profile = await another();
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder: profile.folder, nowMs });
  const vault = await createVault({ files, keychain: systemKeychain({ service: 'Grantkeep' }), nowMs });
  fill(vault, { count: 10_000, nowMs: nowMs(), tokenUrl: 'http://127.0.0.1:9/token', due: false });
  await vault.close();

  steps.chapter('Ten thousand connections');
  await step(
    'Ten thousand connections',
    async () => {
      app = await launch(profile.folder);
      page = app.page;
      await page.locator('.rows [role="row"].cx').first().waitFor();
      await appear();
    },
    { large: true },
  );
  await step('Found among ten thousand', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Workspace 777');
    await page.getByRole('heading', { name: text.connections.found(19) }).waitFor();
  });
  await app.quit();
});

it('walks to a vault that does not open', { timeout: 60_000 }, async () => {
  const profile = await another();
  const folder = join(profile.folder, 'vault');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'vault.json'), '{"magic": "something else"}', { mode: 0o600 });

  steps.chapter('A vault that does not open');
  await step('What stands there is not this vault', async () => {
    await start(profile);
    await page
      .getByRole('button', { name: /data folder/i })
      .first()
      .waitFor();
  });
});
