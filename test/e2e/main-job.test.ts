import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { Secret } from '../../electron/secret.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { findSecrets } from '../support/encodings.ts';
import { filesBelow } from '../support/files.ts';
import { clipboardText, freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { recordIpc, type IpcRecord } from '../support/ipc-record.ts';
import { addressesOf, connect, row } from '../support/walk.ts';

// The main job in the real window, in its order: each test goes on where the one before stopped.

const person = practiceAccounts('teamgantt').people[0]!;
const teamganttApp = practiceAccounts('teamgantt').apps[0]!;
const connecteamApp = practiceAccounts('connecteam').apps[0]!;

let engine: EngineProcess;
let teamgantt: RemoteEngine;
let connecteam: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let ipc: IpcRecord;
let page: Page;
const copied = new Map<string, string>();

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 24 });
  teamgantt = engine.provider('teamgantt');
  connecteam = engine.provider('connecteam');
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
  ipc = await recordIpc(app);
});

afterAll(async () => {
  await app.quit();
  await engine.stop();
  await profile.remove();
});

describe('the main job in the real window', () => {
  it('connects TeamGantt for real, the addresses edited under Advanced', async () => {
    await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
    await connect(page, {
      provider: 'TeamGantt',
      clientId: teamganttApp.clientId,
      clientSecret: teamganttApp.clientSecret.reveal(),
      addresses: addressesOf(teamgantt),
      username: person.username,
      password: person.password.reveal(),
      label: 'Site works plan',
    });
    await page.getByRole('heading', { name: text.connect.done.heading('Site works plan') }).waitFor();
    await page.getByRole('button', { name: text.connect.done.show }).click();
    await row(page, 'Site works plan').waitFor();
    expect(await row(page, 'Site works plan').textContent()).toContain(person.username);
  });

  it('B59: forgets what was typed in the window once the wizard is left', async () => {
    const typed = new Map([
      ['client secret', teamganttApp.clientSecret.reveal()],
      ['password', person.password.reveal()],
    ]);
    const dom = await page.evaluate(
      () =>
        document.documentElement.outerHTML +
        [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
    );
    expect(findSecrets('the DOM', Buffer.from(dom), typed)).toEqual([]);
  });

  it('connects a second TeamGantt sign-in with the app it has, and Connecteam', async () => {
    await page.getByRole('button', { name: text.shell.side.connect }).click();
    await connect(page, {
      provider: 'TeamGantt',
      app: 'TeamGantt',
      username: person.username,
      password: person.password.reveal(),
      label: 'Archive',
    });
    await page.getByRole('button', { name: text.connect.done.another }).click();
    await connect(page, {
      provider: 'Connecteam',
      clientId: connecteamApp.clientId,
      clientSecret: connecteamApp.clientSecret.reveal(),
      addresses: addressesOf(connecteam),
    });
    await page.getByRole('button', { name: text.connect.done.show }).click();
    await row(page, 'Connecteam').waitFor();
    expect(await page.getByRole('row').count()).toBeGreaterThanOrEqual(4);
  });

  it('counts down in the row', async () => {
    const time = row(page, 'Site works plan').getByRole('gridcell').nth(2);
    const first = await time.textContent();
    await expect.poll(() => time.textContent(), { timeout: 5_000 }).not.toBe(first);
  });

  it('renews on its own', async () => {
    const before = (await teamgantt.record()).filter(({ grantType }) => grantType === 'refresh_token').length;
    await row(page, 'Site works plan').click();
    await page.getByText(text.connections.facts.line(2)).waitFor({ timeout: 40_000 });
    const refreshes = (await teamgantt.record()).filter(({ grantType }) => grantType === 'refresh_token');
    expect(refreshes.length).toBeGreaterThan(before);
    // Sent as TeamGantt documents it: no client authentication.
    expect(refreshes.every(({ authorization }) => authorization === null)).toBe(true);
  });

  it('puts exactly the bearer on the clipboard by keyboard, and says so', async () => {
    await row(page, 'Site works plan').click();
    await page.keyboard.press('Control+C');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
    const token = await clipboardText(app);
    copied.set('TeamGantt bearer', token);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { token_use: string };
    expect(claims.token_use).toBe('id_token');
    const shown = await page
      .getByText(/^[0-9a-f]{4} [0-9a-f]{4}$/)
      .first()
      .textContent();
    expect(shown?.replace(' ', '')).toBe(new Secret(token).fingerprint());
    const answer = await fetch(teamgantt.endpoints.test!, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  it('B56: clears the clipboard when told to', async () => {
    await page.getByRole('button', { name: text.shell.clipboard.clearNow }).click();
    await expect.poll(() => clipboardText(app)).toBe('');
  });

  it('copies as a header from the menu, and tests the connection', async () => {
    await page.getByRole('button', { name: text.connections.acts.copyAs }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${text.connections.forms.header.words}`) }).click();
    await expect.poll(() => clipboardText(app)).toMatch(/^Authorization: Bearer ey/);
    await page.getByRole('button', { name: text.connections.acts.test, exact: true }).click();
    await page.getByText(/^Works as /).waitFor();
  });

  it('renews when told to', async () => {
    const line = page.getByText(/\d+(st|nd|rd|th) of its line/);
    const before = Number.parseInt((await line.textContent()) ?? '0', 10);
    await page.getByRole('button', { name: text.connections.acts.renew }).click();
    await expect.poll(async () => Number.parseInt((await line.textContent()) ?? '0', 10)).toBeGreaterThan(before);
  });

  it('keeps everything over a restart', async () => {
    await ipc.collect();
    await app.quit();
    app = await launch(profile.folder);
    page = app.page;
    ipc = await recordIpc(app, ipc);
    for (const label of ['Site works plan', 'Archive', 'Connecteam']) await row(page, label).waitFor();
    await row(page, 'Connecteam').click();
    await page.getByRole('button', { name: text.connections.acts.renew }).click();
    await expect.poll(() => page.getByText(/Asked for a new token/).count()).toBeGreaterThan(0);
  });

  it('has focus on the last copied row at the start, so that one key copies', async () => {
    await app.quit();
    app = await launch(profile.folder);
    page = app.page;
    ipc = await recordIpc(app, ipc);
    await row(page, 'Site works plan').waitFor();
    await page.keyboard.press('Control+C');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
    expect(await clipboardText(app)).toMatch(/^ey/);
  });

  it('revokes at TeamGantt after saying what that ends; the server did it, and the rows say so', async () => {
    await row(page, 'Site works plan').click();
    await page.getByRole('button', { name: text.connections.acts.more }).click();
    await page.getByRole('menuitem', { name: text.connections.acts.revoke('TeamGantt') }).click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText(text.connections.revoke.every('TeamGantt', person.username)).waitFor();
    await dialog.getByText('Archive').waitFor();
    await dialog.getByRole('button', { name: text.connections.revoke.act('TeamGantt') }).click();
    await dialog.getByText(text.connections.revoke.receiptAnswered('TeamGantt', 200)).waitFor();
    await dialog.getByRole('button', { name: text.connections.revoke.close }).click();
    expect(
      (await teamgantt.record()).filter(({ endpoint, answered }) => endpoint === 'revocation' && answered === 200),
    ).toHaveLength(1);
    await row(page, 'Site works plan').getByText(text.connections.words.revoked, { exact: true }).waitFor();
    await row(page, 'Archive').getByText(text.connections.words.signin, { exact: true }).waitFor();
  });

  it('signs in again in place', async () => {
    await row(page, 'Archive').getByRole('button').click();
    await page.getByLabel('Password', { exact: true }).fill(person.password.reveal());
    await page.getByRole('button', { name: text.connect.foot.signInTo('TeamGantt') }).click();
    await page.getByRole('button', { name: text.connect.done.show }).click();
    await row(page, 'Archive')
      .getByText(/Working|Expires soon/)
      .waitFor();
  });

  it('removes here only, after saying what that does', async () => {
    await row(page, 'Site works plan').click();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText(text.connections.remove.title('Site works plan')).waitFor();
    await dialog.getByRole('button', { name: text.connections.remove.act }).click();
    await expect.poll(() => row(page, 'Site works plan').count()).toBe(0);
  });

  it('B13 B30 B47 B59: leaves no secret on disk, in logs, in arguments, in replies and pushes, in the page or its heap', async () => {
    const secrets = new Map<string, string>([
      ...copied,
      ['client secret', teamganttApp.clientSecret.reveal()],
      ['Connecteam client secret', connecteamApp.clientSecret.reveal()],
      ['password', person.password.reveal()],
    ]);
    for (const provider of [teamgantt, connecteam]) {
      for (const [what, token] of await provider.tokensGiven()) secrets.set(what, token);
    }
    expect(secrets.size).toBeGreaterThan(12);
    await ipc.collect();
    expect(ipc.replies.length).toBeGreaterThan(20);
    expect(ipc.pushes.length).toBeGreaterThan(5);
    const inPage = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.title,
        location.href,
        [...document.querySelectorAll('input')].map(({ value }) => value),
      ]),
    );
    const commandLines = await processTexts(app);
    const heap = await heapOf(app, profile.folder);
    await app.quit();
    const found = [
      ...filesBelow(profile.folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, secrets)),
      ...findSecrets('a reply', Buffer.from(ipc.replies.join('\n')), secrets),
      ...findSecrets('a push', Buffer.from(ipc.pushes.join('\n')), secrets),
      ...findSecrets('the page', Buffer.from(inPage), secrets),
      ...findSecrets('arguments and environment', Buffer.from(commandLines), secrets),
      ...findSecrets('standard output', Buffer.from(app.output()), secrets),
      ...findSecrets(
        'the heap of the window',
        heap,
        new Map([...secrets].map(([what, secret]) => [what, beginning(secret)])),
      ),
    ];
    expect(found).toEqual([]);
    // The snapshot is one of this very page: what a person may see stands in it.
    expect(heap.includes('Connecteam')).toBe(true);
    // No name, account or host lies readable on disk either.
    const names = new Map([
      ['label', 'Site works plan'],
      ['account', person.username],
      ['host', teamgantt.origin.replace('http://', '')],
    ]);
    expect(
      filesBelow(join(profile.folder, 'vault')).flatMap(({ path, bytes }) => findSecrets(path, bytes, names)),
    ).toEqual([]);
  });

  it('B63: has left nothing of the page in what Chromium keeps on the disk', () => {
    const kept = filesBelow(profile.folder).map(({ path, bytes }) => ({
      path: path.slice(profile.folder.length + 1),
      bytes,
    }));
    expect(kept.length).toBeGreaterThan(3);
    const stores = /IndexedDB|Service Worker|Session Storage|Cache_Data|Login Data|Web Data|Cookies|\.dmp$/;
    expect(kept.filter(({ path }) => stores.test(path))).toEqual([]);
    expect(kept.filter(({ path, bytes }) => /Local Storage.*\.(log|ldb)$/.test(path) && bytes.length > 0)).toEqual([]);
  });
});

/**
 * All that the page holds in its memory of JavaScript, after a full collection: strings that nothing refers to any more
 * are not in it. Longer ones are cut off in a snapshot.
 */
async function heapOf({ electron }: RealApp, folder: string): Promise<Buffer> {
  const file = join(folder, 'window.heapsnapshot');
  await electron.evaluate(
    ({ BrowserWindow }, path) => BrowserWindow.getAllWindows()[0]!.webContents.takeHeapSnapshot(path),
    file,
  );
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}

const beginning = (secret: string): string => secret.slice(0, 200);

/** Arguments and environment of every process of ours. */
async function processTexts({ electron }: RealApp): Promise<string> {
  const pids = await electron.evaluate(({ app: running }) => running.getAppMetrics().map(({ pid }) => pid));
  return pids
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${String(pid)}/${file}`, 'latin1')))
    .join('\n');
}
