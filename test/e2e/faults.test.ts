import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { openDesktopSession } from '../../scripts/lib/desktop-session.mjs';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import type { ErrorCode, ErrorFacts } from '../../shared/errors.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { filesBelow } from '../support/files.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { connect, row, typeAddresses, typeSecret, type Typed } from '../support/walk.ts';

// What a person sees when something goes wrong: one plain sentence, a next step, and nothing lost.

const person = practiceAccounts('teamgantt').people[0]!;
const keys = practiceAccounts('teamgantt').apps[0]!;

let engine: EngineProcess;
let teamgantt: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  teamgantt = engine.provider('teamgantt');
});
afterAll(() => engine.stop());

beforeEach(async () => {
  profile = await freshProfile();
});
afterEach(async () => {
  await app.quit();
  await teamgantt.clearFaults();
  await profile.remove();
});

const right = (): Typed => ({
  provider: 'TeamGantt',
  clientId: keys.clientId,
  clientSecret: keys.clientSecret.reveal(),
  addresses: addresses(teamgantt.origin),
  username: person.username,
  password: person.password.reveal(),
  label: 'Site works plan',
});

function addresses(origin: string): Record<string, string> {
  return { token: `${origin}/oauth2/token`, revocation: `${origin}/revoke`, test: `${origin}/v1/current_user` };
}

async function start(): Promise<void> {
  app = await launch(profile.folder);
  page = app.page;
  await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
}

/** Sentence and next step of a code, both on the screen. */
async function tells(code: ErrorCode, facts: ErrorFacts): Promise<void> {
  const { what, next } = text.errors[code](facts);
  await page.getByText(what).first().waitFor();
  await page.getByText(next).first().waitFor();
}

const signIn = (): Promise<void> => page.getByRole('button', { name: text.connect.foot.signInTo('TeamGantt') }).click();
const isKept = (): Promise<void> =>
  page.getByRole('heading', { name: text.connect.done.heading('Site works plan') }).waitFor();

describe('when something goes wrong', () => {
  it('wrong password: says so, keeps the form, and the right one goes through', async () => {
    await start();
    await connect(page, { ...right(), password: 'not the password' });
    await tells('wrong_password', { name: 'TeamGantt', status: 400 });
    expect(await page.getByLabel('E-mail', { exact: true }).inputValue()).toBe(person.username);
    expect(await page.getByLabel('Name in your list', { exact: true }).inputValue()).toBe('Site works plan');
    await typeSecret(page, 'Password', person.password.reveal());
    await signIn();
    await isKept();
  });

  it('wrong secret: says so, keeps everything else, and leads to the field', async () => {
    await start();
    await connect(page, { ...right(), clientSecret: 'not the secret' });
    await page
      .getByText(/client ID (or|and) secret/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: text.connect.foot.back, exact: true }).click();
    expect(await page.getByLabel('Client ID', { exact: true }).inputValue()).toBe(keys.clientId);
    await typeSecret(page, 'Client secret', keys.clientSecret.reveal());
    await page.getByRole('button', { name: text.connect.foot.nextSignIn }).click();
    await signIn();
    await isKept();
  });

  it('server down: names the host, keeps the form, and goes through when it is up', async () => {
    await start();
    await connect(page, { ...right(), addresses: addresses('http://127.0.0.1:9') });
    await tells('server_refused', { host: '127.0.0.1:9' });
    await page.getByRole('button', { name: text.connect.foot.back, exact: true }).click();
    await typeAddresses(page, addresses(teamgantt.origin));
    await page.getByRole('button', { name: text.connect.foot.nextSignIn }).click();
    await signIn();
    await isKept();
  });

  it('HTML instead of JSON: says that this is no token answer, and draws nothing of it', async () => {
    await start();
    await teamgantt.failNext('token', 1, { kind: 'html' });
    await connect(page, right());
    await tells('not_an_oauth_answer', { host: new URL(teamgantt.origin).host, contentType: 'text/html' });
    await signIn();
    await isKept();
  });

  // A full disk is a real one: only root may mount it.
  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'F3: full disk: says that nothing was saved, and pressing again saves without asking the provider twice',
    async () => {
      const vault = join(profile.folder, 'vault');
      mkdirSync(vault, { mode: 0o700 });
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=0700', 'grantkeep-test', vault]);
      try {
        await start();
        // The first connection makes the vault; the second meets the full disk.
        await connect(page, { ...right(), label: 'First' });
        await page.getByRole('button', { name: text.connect.done.another }).click();
        const filler = join(vault, 'filler');
        fill(filler);
        // What a commit frees is used again by the next, so a few more may fit before the disk is really full.
        const full = page.getByText(text.errors.disk_full({}).what).first();
        const another = page.getByRole('button', { name: text.connect.done.another });
        let label = '';
        for (let n = 1; n <= 20; n += 1) {
          label = `Plan ${String(n)}`;
          await teamgantt.clearRecord();
          await connect(page, { ...right(), app: 'TeamGantt', label });
          await full.or(another).first().waitFor();
          if (await full.isVisible()) break;
          await another.click();
        }
        await tells('disk_full', {});
        rmSync(filler);
        await signIn();
        await page.getByRole('heading', { name: text.connect.done.heading(label) }).waitFor();
        expect((await teamgantt.record()).filter(({ grantType }) => grantType === 'password')).toHaveLength(1);
        await page.getByRole('button', { name: text.connect.done.show }).click();
        await row(page, 'First').waitFor();
        await row(page, label).waitFor();
        await app.quit();
        app = await launch(profile.folder);
        page = app.page;
        await row(page, label).waitFor();
      } finally {
        await app.quit();
        execFileSync('umount', [vault]);
      }
    },
  );

  it('F18: vault key missing: a screen with choices, the vault untouched, and nothing deleted when it is set aside', async () => {
    await start();
    await connect(page, right());
    await isKept();
    await app.quit();
    const before = vaultFiles();
    const other = await openDesktopSession({ useRealOne: false });
    try {
      app = await launch(profile.folder, { env: other.env as Record<string, string> });
      page = app.page;
      await page.getByRole('heading', { name: text.welcome.problem.title.key_missing }).waitFor();
      await page.getByText(/Your vault is here, but its key is not in/).waitFor();
      await page.getByRole('button', { name: text.welcome.problem.tryAgain }).click();
      await page.getByRole('heading', { name: text.welcome.problem.title.key_missing }).waitFor();
      expect(vaultFiles()).toEqual(before);
      await page.getByRole('button', { name: text.welcome.problem.setAside }).click();
      await page.getByRole('button', { name: text.welcome.problem.setAsideAct }).click();
      await page.getByRole('button', { name: text.welcome.firstRun.connect }).waitFor();
      const kept = filesBelow(profile.folder).filter(({ path }) => /set aside[^/]*\/vault\.json$/i.test(path));
      expect(kept.map(({ bytes }) => bytes.toString('hex'))).toEqual([before.get('vault.json')]);
    } finally {
      await app.quit();
      await other.close();
    }
    // Where the key is, the old vault still opens once it is put back.
  });

  it('no keychain: the first screen says what to install, and practice works all the same', async () => {
    const other = await openDesktopSession({ keyring: false });
    try {
      app = await launch(profile.folder, { env: other.env as Record<string, string> });
      page = app.page;
      await page
        .getByText(/There is no keychain on this system/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: new RegExp(`^${text.welcome.firstRun.practice}`) }).click();
      await page.getByText(text.welcome.practice.band).waitFor();
    } finally {
      await app.quit();
      await other.close();
    }
  });
});

/** The vault's files by name; bytes as hex, so that a difference can be read. */
function vaultFiles(): Map<string, string> {
  const folder = join(profile.folder, 'vault');
  return new Map(filesBelow(folder).map(({ path, bytes }) => [path.slice(folder.length + 1), bytes.toString('hex')]));
}

/** Writes until the disk takes no more. */
function fill(file: string): void {
  for (const size of [65_536, 4096, 512, 1]) {
    try {
      for (let block = 0; block < 10_000; block += 1) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // this size does not fit any more
    }
  }
}
