import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { english as text } from '../../shared/text/catalogue.ts';
import { oidcPeer, peerAccount, type OidcPeer } from '../support/peers/oidc-peer.ts';
import { peerBrowser } from '../support/peers/peer-browser.ts';
import { noteOpened } from '../support/noted-browser.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { chooseSystem, row, typeSecret } from '../support/walk.ts';

// Any other provider in the real window, at a peer that we did not write.

let peer: OidcPeer;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

let nextLink: () => Promise<string>;

beforeAll(async () => {
  peer = await oidcPeer();
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
  nextLink = await noteOpened(app);
});
afterAll(async () => {
  await app.quit();
  await peer.stop();
  await profile.remove();
});

const keys = { client_id: 'any app/1', client_secret: 'peer s3cret:/+' };
const button = (words: string) => page.getByRole('button', { name: words, exact: true });

/** Electron has no second page to judge in, so axe is told to stay in this one. */
async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The keys page of a new app, its addresses found; the peer is told the redirect address it shows. */
async function found(way: RegExp): Promise<void> {
  await chooseSystem(page, 'Other provider');
  await page.getByLabel(text.connect.fields.issuer, { exact: true }).fill(peer.issuer);
  await button(text.connect.issuer.find).click();
  await page.getByText(text.connect.issuer.found(new URL(peer.issuer).host, 6)).waitFor();
  expect(await findings()).toEqual([]);
  const shown = page.getByText(/^http:\/\/127\.0\.0\.1:\d+\/other\/[0-9a-f]{32}$/).first();
  const redirectUri = (await shown.textContent()) ?? '';
  await peer.register({ ...keys, redirect_uris: [redirectUri.trim()] });
  await page.getByRole('radio', { name: way }).check({ force: true });
  await page.getByLabel(text.connect.issuer.scopes, { exact: true }).fill('openid email offline_access');
  await page.getByLabel(text.connect.keys.clientId, { exact: true }).fill(keys.client_id);
  await typeSecret(page, text.connect.keys.clientSecret, keys.client_secret);
}

describe('any other provider, in the real window', () => {
  it('is found by its issuer, signs in with the browser, and renews', async () => {
    await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
    await found(/^Sign in with the browser/);
    await button(text.connect.foot.nextSignIn).click();
    await button(text.connect.foot.signInBrowser).click();
    await peerBrowser().visit(await nextLink());
    await button(text.connect.done.show).click();
    await row(page, new URL(peer.issuer).host).getByText(peerAccount.email).waitFor();
    await button(text.connections.acts.renew).click();
    await page.getByText(text.connections.facts.line(2)).waitFor();
    expect(peer.at('/token').map(({ form }) => form.get('grant_type'))).toEqual([
      'authorization_code',
      'refresh_token',
    ]);
  });

  it('signs in with a code that is typed on another page', async () => {
    await page.keyboard.press('Control+n');
    await chooseSystem(page, 'Other provider');
    await page.getByRole('radio', { name: /^A new app/ }).check({ force: true });
    await button(text.connect.foot.back).click();
    await found(/^A code for another page/);
    await button(text.connect.foot.nextSignIn).click();
    await button(text.connect.device.act).click();
    await page.getByText(text.connect.device.title).waitFor();
    expect(await findings()).toEqual([]);
    const shown = await page.locator('.device-letters').textContent();
    await button(text.connect.device.open).click();
    const link = await nextLink();
    expect(new URL(link).searchParams.get('user_code')).toBe(shown);
    await peerBrowser().visit(link);
    await button(text.connect.done.show).click();
    await page.getByText(text.connections.facts.line(1)).first().waitFor();
  });
});
