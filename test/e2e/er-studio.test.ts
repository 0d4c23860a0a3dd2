import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { findSecrets } from '../support/encodings.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { filesBelow } from '../support/files.ts';
import { recordIpc, type IpcRecord } from '../support/ipc-record.ts';
import { clipboardText, freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { chooseSystem, row, typeSignIn } from '../support/walk.ts';

// ER/Studio in the real window, in the order of the job: register, sign in, renew, copy, revoke.

const name = 'ER/Studio Team Server';
const person = practiceAccounts('er-studio').people[1]!;
let engine: EngineProcess;
let server: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let ipc: IpcRecord;
let page: Page;
const copied = new Map<string, string>();

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  server = engine.provider('er-studio');
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

const button = (words: string) => page.getByRole('button', { name: words, exact: true });

describe('ER/Studio in the real window', () => {
  it('registers this vault at the server whose address was typed, and connects with those keys', async () => {
    await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
    await chooseSystem(page, 'ER/Studio');
    const address = page.getByLabel(text.connect.fields.baseUrl, { exact: true });
    await address.fill('http://models.firm.example:9090');
    await page.getByText(text.connect.keys.clearWhat('models.firm.example:9090')).waitFor();
    await button(text.connect.keys.register).click();
    expect(await page.getByRole('checkbox', { name: /agree to it/ }).isChecked()).toBe(false);
    await address.fill(`${server.origin}/`);
    await button(text.connect.keys.register).click();
    await button(text.connect.keys.copySecret).click();
    await page.getByText(text.shell.clipboard.copied.client_secret).first().waitFor();
    copied.set('client secret', await clipboardText(app));
    await button(text.connect.foot.nextSignIn).click();
    await typeSignIn(page, { username: person.username, password: person.password.reveal(), label: 'Model store' });
    await button(text.connect.foot.signInTo(name)).click();
    await button(text.connect.done.show).click();
    await row(page, 'Model store').click();
    expect(await row(page, 'Model store').textContent()).toContain(person.username);
  });

  it('renews with everything in the query, tests, and copies as the query parameter', async () => {
    await button(text.connections.acts.renew).click();
    await page.getByText(text.connections.facts.line(2)).waitFor();
    await button(text.connections.acts.test).click();
    await page.getByText(/^Works as /).waitFor();
    await button(text.connections.acts.copyAs).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${text.connections.forms.query.words}`) }).click();
    await expect.poll(() => clipboardText(app)).toMatch(/^access_token=[0-9a-f-]{36}$/);
    const bearer = (await clipboardText(app)).slice('access_token='.length);
    copied.set('bearer', bearer);
    expect((await fetch(`${server.endpoints.test!}?access_token=${bearer}`)).status).toBe(200);
    const record = (await server.record()).filter(({ endpoint }) => endpoint === 'token');
    expect(record.map(({ method, place, authorization }) => [method, place, authorization])).toEqual([
      ['GET', 'query', null],
      ['GET', 'query', null],
    ]);
  });

  it('revokes this access token after saying that it is this one only, and the server did it', async () => {
    await button(text.connections.acts.more).click();
    await page.getByRole('menuitem', { name: text.connections.acts.revoke(name) }).click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText(text.connections.revoke.accessToken).waitFor();
    await dialog.getByRole('button', { name: text.connections.revoke.act(name) }).click();
    await dialog.getByText(text.connections.revoke.receiptAccessToken(name)).waitFor();
    await dialog.getByRole('button', { name: text.connections.revoke.close }).click();
    await row(page, 'Model store').getByText(text.connections.words.revoked, { exact: true }).waitFor();
    const bearer = copied.get('bearer') ?? '';
    expect((await fetch(`${server.endpoints.test!}?access_token=${bearer}`)).status).toBe(401);
  });

  it('E3 leaves no secret in replies, pushes, page, logs or on the disk', async () => {
    const secrets = new Map([...copied, ['password', person.password.reveal()], ...(await server.tokensGiven())]);
    expect(secrets.size).toBeGreaterThanOrEqual(7);
    await ipc.collect();
    const inPage = await page.evaluate(() => document.documentElement.outerHTML);
    await app.quit();
    expect([
      ...findSecrets('a reply', Buffer.from(ipc.replies.join('\n')), secrets),
      ...findSecrets('a push', Buffer.from(ipc.pushes.join('\n')), secrets),
      ...findSecrets('the page', Buffer.from(inPage), secrets),
      ...findSecrets('standard output', Buffer.from(app.output()), secrets),
      ...filesBelow(profile.folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, secrets)),
    ]).toEqual([]);
  });
});
