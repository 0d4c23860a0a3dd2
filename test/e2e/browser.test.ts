import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { allowInBrowser, installFromMarketplace } from '../support/browser-part.ts';
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts';
import { noteOpened } from '../support/noted-browser.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, chooseSystem, row, typeKeys } from '../support/walk.ts';

// Signing in through the browser in the real window. The browser's part is a real HTTP client that follows the link
// which main hands to the system.

let engine: EngineProcess;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

let nextLink: () => Promise<string>;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
  nextLink = await noteOpened(app);
});
afterAll(async () => {
  await app.quit();
  await engine.stop();
  await profile.remove();
});

const button = (words: string) => page.getByRole('button', { name: words, exact: true });
async function shownRedirect(providerId: string): Promise<string> {
  const shown = page.getByText(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/${providerId}`)).first();
  return (await shown.textContent())?.trim() ?? '';
}

describe('signing in through the browser, in the real window', () => {
  it('K7 Taskade: the browser comes back by itself, and the connection is named after who allowed it', async () => {
    const server = engine.provider('taskade');
    const keys = practiceAccounts('taskade').apps[0]!;
    await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
    await chooseSystem(page, 'Taskade');
    await typeKeys(page, {
      provider: 'Taskade',
      clientId: keys.clientId,
      clientSecret: keys.clientSecret.reveal(),
      addresses: addressesOf(server),
    });
    const redirectUri = await shownRedirect('taskade');
    await server.registerRedirect(keys.clientId, redirectUri);
    await button(text.connect.redirect.tryIt).click();
    const rehearsal = await nextLink();
    expect(rehearsal.startsWith(`${redirectUri}?rehearsal=`)).toBe(true);
    expect((await allowInBrowser(rehearsal)).text).toContain(text.loopback.rehearsed.heading);
    await page.getByText(text.connect.redirect.cameBack).first().waitFor();

    await button(text.connect.foot.nextSignIn).click();
    await button(text.connect.foot.signInBrowser).click();
    const link = await nextLink();
    const asked = new URL(link).searchParams;
    expect([asked.get('redirect_uri'), asked.get('code_challenge_method')]).toEqual([redirectUri, 'S256']);
    // A forged answer ends nothing.
    expect((await fetch(`${redirectUri}?error=access_denied`)).status).toBe(404);
    const visit = await allowInBrowser(link, { person: 'ben@practice.example' });
    expect(visit.text).toContain(text.loopback.signedIn.heading);
    await button(text.connect.done.show).click();
    await row(page, 'Taskade').getByText('practice-ben').waitFor();
    await button(text.connections.acts.renew).click();
    await page.getByText(text.connections.facts.line(2)).waitFor();
  });

  it('T-Gate: a company’s code waits for the person’s word, then it is exchanged once', async () => {
    const server = engine.provider('t-gate');
    const keys = practiceAccounts('t-gate').apps[0]!;
    await page.keyboard.press('Control+n');
    await chooseSystem(page, 'T-Gate');
    await typeKeys(page, {
      provider: 'T-Gate',
      clientId: keys.clientId,
      clientSecret: keys.clientSecret.reveal(),
      addresses: addressesOf(server),
    });
    const redirectUri = await shownRedirect('t-gate');
    expect(redirectUri).toMatch(/\/t-gate\/[0-9a-f]{32}$/);
    await server.registerRedirect(keys.clientId, redirectUri);
    await button(text.connect.foot.nextSignIn).click();
    await page.getByLabel('Company', { exact: true }).fill('Harbour Bistro');
    await button(text.connect.foot.waitCompany).click();
    await page.getByText(text.connect.browser.waitingTitleCompany('Harbour Bistro')).waitFor();
    const visit = await installFromMarketplace(server.marketplaceUrl!, 'Harbour Bistro');
    expect(visit.statuses).toEqual([200, 302, 200]);
    expect((await server.record()).filter(({ endpoint }) => endpoint === 'token')).toEqual([]);
    await page.getByRole('checkbox').check({ force: true });
    await button(text.connect.foot.exchange).click();
    await button(text.connect.done.show).click();
    await row(page, 'T-Gate').getByText('Harbour Bistro').waitFor();
    const tokenCalls = (await server.record()).filter(({ endpoint }) => endpoint === 'token');
    expect(tokenCalls.map(({ grantType, authorization }) => [grantType, authorization])).toEqual([
      ['authorization_code', 'Basic'],
    ]);
  });

  it('ER/Studio: registers with the redirect address, and the browser brings the code', async () => {
    const server = engine.provider('er-studio');
    await page.keyboard.press('Control+n');
    await chooseSystem(page, 'ER/Studio');
    await page.getByRole('radio', { name: /^Sign in with the browser/ }).check({ force: true });
    await page.getByLabel(text.connect.fields.baseUrl, { exact: true }).fill(server.origin);
    await button(text.connect.keys.register).click();
    await page.getByText(/^Registered at /).waitFor();
    await button(text.connect.foot.nextSignIn).click();
    await button(text.connect.foot.signInBrowser).click();
    await allowInBrowser(await nextLink(), { person: 'practice.zoë' });
    await button(text.connect.done.show).click();
    await row(page, 'ER/Studio').first().waitFor();
    const tokenCalls = (await server.record()).filter(({ endpoint }) => endpoint === 'token');
    expect(tokenCalls.map(({ method, place, grantType }) => [method, place, grantType])).toEqual([
      ['GET', 'query', 'authorization_code'],
    ]);
  });
});
