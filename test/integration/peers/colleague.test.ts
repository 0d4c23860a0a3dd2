import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loopbackListeners } from '../../../electron/platform/loopback.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../../support/headless-app.ts';
import { oidcPeer, type OidcPeer } from '../../support/peers/oidc-peer.ts';
import { draftByIssuer } from '../../support/peers/other-draft.ts';
import { peerBrowser } from '../../support/peers/peer-browser.ts';
import { connectionNow } from '../../support/real-connections.ts';
import { rawGet, sendRaw, statusOf } from '../../support/raw-http.ts';

/** The set-up of any other provider as a file for colleagues: data only, shown before it is taken, without a secret. */
let theirs: HeadlessApp;
let peer: OidcPeer;
/** Both stand on one computer here, and so must not hold the port against each other for the late hits. */
const listeners = loopbackListeners(() => english.loopback);
const rooms: ReturnType<typeof temporaryFolder>[] = [];

beforeEach(async () => {
  rooms.push(temporaryFolder(), temporaryFolder());
  theirs = await headlessApp({ folder: rooms[1]!.folder, listeners });
  peer = await oidcPeer();
});
afterEach(async () => {
  await theirs.end();
  await peer.stop();
  for (const room of rooms.splice(0)) room.remove();
});

const keys = { client_id: 'shared-app', client_secret: 'a secret that stays here' };

/** Connects, shares the app, and quits. */
async function shared(): Promise<Record<string, unknown>> {
  const app = await headlessApp({ folder: rooms[0]!.folder, listeners });
  const view = await draftByIssuer(app, peer.issuer, {
    ...{ clientId: keys.client_id, clientSecret: keys.client_secret },
    scopes: ['openid', 'email', 'offline_access'],
  });
  await peer.register({ ...keys, redirect_uris: [view.redirectUri!] });
  const connecting = app.call('drafts.connect', { draftId: view.id });
  await peerBrowser().visit(await app.nextSentOut());
  const { appId } = connectionNow(app, (await connecting).connectionId);
  await app.call('setUp.share', { appIds: [appId] });
  await app.end();
  const [saved] = app.dialogs.saved;
  for (const { body, form } of peer.at('/token')) {
    expect(saved!.text).not.toContain((JSON.parse(body) as { access_token: string }).access_token);
    expect(saved!.text).not.toContain(form.get('code'));
  }
  expect(saved!.text).not.toContain(keys.client_secret);
  return JSON.parse(saved!.text) as Record<string, unknown>;
}

const choose = (body: unknown): void =>
  void (theirs.dialogs.chosen = { name: 'any.json', bytes: Buffer.from(JSON.stringify(body)) });

describe('a colleague’s set-up of any other provider', () => {
  test('is shown with its host, and then only the secret and the sign-in are missing', async () => {
    const file = await shared();
    expect(file).toMatchObject({
      version: 2,
      apps: [{ providerId: 'other', issuer: peer.issuer, answersNameIssuer: true }],
    });
    choose(file);
    theirs.dialogs.answer = () => true;
    const [appId] = (await theirs.call('setUp.takeOver', {})).appIds;
    expect(theirs.dialogs.questions).toMatchObject([
      {
        kind: 'take_over_set_up',
        hosts: [
          { host: peer.issuer, whats: ['authorization', 'token', 'device', 'revocation', 'introspection', 'test'] },
        ],
      },
    ]);
    await theirs.call('apps.replaceSecret', { appId: appId!, clientSecret: keys.client_secret });
    const { id: draftId } = await theirs.call('drafts.open', { kind: 'connect', realm: 'vault', appId: appId! });
    const connecting = theirs.call('drafts.connect', { draftId });
    const link = await theirs.nextSentOut();
    // Its issuer came along: an answer that does not name it is none here, either.
    const redirect = new URL(new URL(link).searchParams.get('redirect_uri')!);
    const { url } = await peerBrowser().visit(link, ({ origin }) => origin === redirect.origin);
    const spoilt = new URL(url);
    spoilt.searchParams.delete('iss');
    const get = ({ pathname, search, host, port }: URL) => sendRaw(Number(port), rawGet(pathname + search, host));
    expect(statusOf(await get(spoilt))).toBe(404);
    await get(new URL(url));
    const { connectionId } = await connecting;
    await theirs.call('connections.renew', { connectionId });
    expect(connectionNow(theirs, connectionId)).toMatchObject({ generation: 2, renewable: true });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an issuer over http', { issuer: 'http://accounts.example' }, 'apps[0].issuer'],
    ['an issuer with a query', { issuer: 'https://accounts.example/?a=1' }, 'apps[0].issuer'],
    [
      'an issuer at a provider that has none',
      { providerId: 'teamgantt', issuer: 'https://a.example', endpoints: [] },
      'apps[0].issuer',
    ],
    ['a promise to name no issuer', { answersNameIssuer: true }, 'apps[0].answersNameIssuer'],
    [
      'an address over http',
      { endpoints: [{ kind: 'device', url: 'http://accounts.example/device' }] },
      'apps[0].device',
    ],
    ['a member that nobody knows', { script: 'x' }, 'apps[0].script'],
    ['a secret', { clientSecret: 'x' }, 'apps[0].clientSecret'],
  ])('with %s is refused whole, and the place is named', async (_name, over, place) => {
    const one = {
      ...{ providerId: 'other', name: 'Any', clientId: 'c', regionId: 'default', redirectUri: null },
      ...{ endpoints: [{ kind: 'token', url: 'https://accounts.example/token' }], scopes: [], choices: {} },
    };
    choose({ format: 'grantkeep set-up', version: 2, apps: [{ ...one, ...over }] });
    theirs.dialogs.answer = () => true;
    expect(await theirs.ask('setUp.takeOver', {})).toMatchObject({
      ok: false,
      problem: { code: 'set_up_wrong', facts: { name: place } },
    });
    expect(theirs.program.snapshot().apps).toEqual([]);
    expect(theirs.dialogs.questions).toEqual([]);
  });
});
