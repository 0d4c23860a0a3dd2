// Over 300 lines: everything that is asked of the strict peer, in one place.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { english } from '../../../shared/text/catalogue.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../../support/headless-app.ts';
import { oidcPeer, peerAccount, type OidcPeer, type PeerClient } from '../../support/peers/oidc-peer.ts';
import { draftByIssuer } from '../../support/peers/other-draft.ts';
import { peerBrowser } from '../../support/peers/peer-browser.ts';
import { rawGet, sendRaw, statusOf } from '../../support/raw-http.ts';
import { connectionNow } from '../../support/real-connections.ts';

/** Any other provider, judged by a peer that we did not write: `oidc-provider`, over real HTTP, through the whole program. */
let app: HeadlessApp;
let peer: OidcPeer;
let remove: () => void;

beforeEach(async () => {
  const room = temporaryFolder();
  remove = () => room.remove();
  app = await headlessApp({ folder: room.folder });
  peer = await oidcPeer();
});
afterEach(async () => {
  await app.end();
  await peer.stop();
  remove();
});

/** A colon, a slash, a plus, a percent and a space: the encoding of RFC 6749 section 2.3.1 to the letter, or no way in. */
const keys = { client_id: 'any+app/1', client_secret: 's3cret:/+&=%41 x' } satisfies PeerClient;
const scopes = ['openid', 'email', 'offline_access'];
const typedKeys = { clientId: keys.client_id, clientSecret: keys.client_secret };

/** A draft with its app registered at the peer, redirect address and all. */
async function draft(client: PeerClient = keys, typed: Parameters<typeof draftByIssuer>[2] = {}): Promise<string> {
  const { id: draftId, redirectUri } = await draftByIssuer(app, peer.issuer, {
    clientId: client.client_id,
    clientSecret: client.client_secret ?? '',
    scopes,
    ...typed,
  });
  await peer.register({ ...client, redirect_uris: [redirectUri!] });
  return draftId;
}

async function connectInBrowser(client: PeerClient = keys): Promise<string> {
  const draftId = await draft(client);
  const connecting = app.call('drafts.connect', { draftId });
  await peerBrowser().visit(await app.nextSentOut());
  return (await connecting).connectionId;
}

const refreshes = () => peer.at('/token').filter(({ form }) => form.get('grant_type') === 'refresh_token');
/** Whatever left the program by now has reached the peer as well. */
const arrived = async (): Promise<void> => {
  for (const round of [1, 2, 3]) await fetch(`${peer.issuer}/.well-known/openid-configuration?${String(round)}`);
};
const tokenIn = (body: string, name: string): string => String((JSON.parse(body) as Record<string, unknown>)[name]);
const latest = (name: 'access_token' | 'refresh_token'): string => {
  const answer = peer.at('/token').findLast(({ body }) => body.includes(name));
  return tokenIn(answer!.body, name);
};
const knows = async (kind: 'AccessToken' | 'RefreshToken', token: string): Promise<boolean> =>
  (await peer.provider[kind].find(token)) !== undefined;

describe('discovery at oidc-provider', () => {
  test('finds every address by the issuer, and the app is called by its host', async () => {
    const view = await draftByIssuer(app, peer.issuer);
    const at = (path: string): string => `${peer.issuer}${path}`;
    expect(Object.fromEntries(view.endpoints.map(({ kind, url }) => [kind, url]))).toEqual({
      authorization: at('/auth'),
      token: at('/token'),
      device: at('/device/auth'),
      revocation: at('/token/revocation'),
      introspection: at('/token/introspection'),
      test: at('/me'),
    });
    expect(view.endpoints.every(({ url, found, edited }) => url === found && !edited)).toBe(true);
    expect(view).toMatchObject({ appName: new URL(peer.issuer).host, discovery: { issuer: peer.issuer, found: true } });
    expect(peer.calls.map(({ path }) => path)).toEqual(['/.well-known/openid-configuration']);
  });

  test('takes the address of the metadata itself for the issuer', async () => {
    const view = await draftByIssuer(app, `${peer.issuer}/.well-known/openid-configuration`);
    expect(view.discovery).toEqual({ issuer: peer.issuer, found: true });
  });

  test('another issuer typed afterwards forgets what was found', async () => {
    const { id: draftId } = await draftByIssuer(app, peer.issuer);
    const view = await app.call('drafts.keep', { draftId, issuer: 'https://else.example' });
    expect(view.endpoints.map(({ url }) => url)).toEqual(['', '', '', '', '', '']);
  });
});

describe('the code grant with PKCE at oidc-provider', () => {
  test('signs in through the loopback listener; token, account and a refresh token come of it', async () => {
    const connectionId = await connectInBrowser();
    const connection = connectionNow(app, connectionId);
    expect(connection).toMatchObject({ grant: 'authorization_code', account: peerAccount.email, renewable: true });
    expect(connection.label).toBe(new URL(peer.issuer).host);
    expect(connection.scopesGranted).toEqual(expect.arrayContaining(scopes));
    const [exchange] = peer.at('/token');
    expect(exchange!.form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(exchange!.form.get('client_secret')).toBeNull();
    expect(exchange!.authorization).toMatch(/^Basic /);
    const link = new URL(app.sentOut[0]!);
    expect(link.searchParams.get('code_challenge_method')).toBe('S256');
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
  });

  test('asks for consent where it wants to renew: without, a strict provider gives no refresh token', async () => {
    await connectInBrowser();
    expect(new URL(app.sentOut[0]!).searchParams.get('prompt')).toBe('consent');
    expect(peer.at('/token')[0]!.body).toContain('refresh_token');
  });

  test('an app without a secret names itself in the body, and nothing else', async () => {
    const connectionId = await connectInBrowser({ client_id: 'public-1', token_endpoint_auth_method: 'none' });
    await app.call('connections.renew', { connectionId });
    for (const { form, authorization } of peer.at('/token')) {
      expect([form.get('client_id'), form.get('client_secret'), authorization]).toEqual(['public-1', null, null]);
    }
    await app.call('connections.revoke', { connectionId });
    expect(connectionNow(app, connectionId).condition).toBe('revoked');
  });

  test('an app that proves itself in the body sends its secret there and no header', async () => {
    const draftId = await draft({ ...keys, token_endpoint_auth_method: 'client_secret_post' });
    await app.call('drafts.keep', { draftId, choices: { client_authentication: 'body' } });
    const connecting = app.call('drafts.connect', { draftId });
    await peerBrowser().visit(await app.nextSentOut());
    const { connectionId } = await connecting;
    await app.call('connections.renew', { connectionId });
    await app.call('connections.revoke', { connectionId });
    for (const { form, authorization } of [...peer.at('/token'), ...peer.at('/token/revocation')])
      expect([form.get('client_secret'), authorization]).toEqual([keys.client_secret, null]);
  });

  test('a scope that it does not know is not among those it granted, and the connection says both', async () => {
    const draftId = await draft(keys, { scopes: ['openid', 'everything'] });
    const connecting = app.call('drafts.connect', { draftId });
    await peerBrowser().visit(await app.nextSentOut());
    expect(connectionNow(app, (await connecting).connectionId)).toMatchObject({
      scopesAsked: ['openid', 'everything'],
      scopesGranted: ['openid'],
      renewable: false,
    });
  });

  test('a person who says no ends it, and nothing is stored', async () => {
    peer.says = 'decline';
    const draftId = await draft();
    const connecting = app.ask('drafts.connect', { draftId });
    await peerBrowser().visit(await app.nextSentOut());
    expect(await connecting).toMatchObject({ ok: false, problem: { code: 'sign_in_declined' } });
    expect(app.program.snapshot().connections).toEqual([]);
  });

  test('a redirect address that is not registered to the letter leads nowhere, and the wait can be called off', async () => {
    const draftId = await draft();
    await peer.register({ ...keys, redirect_uris: ['http://127.0.0.1/other/elsewhere'] });
    const connecting = app.ask('drafts.connect', { draftId });
    const { html } = await peerBrowser().visit(await app.nextSentOut());
    expect(html).toContain('redirect_uri');
    await app.call('drafts.cancelSignIn', { draftId });
    expect(await connecting).toMatchObject({ ok: false, problem: { code: 'sign_in_cancelled' } });
  });
});

describe('B9: the issuer in the answer (RFC 9207)', () => {
  test.each([
    ['left out', (query: URLSearchParams) => query.delete('iss')],
    ['of another provider', (query: URLSearchParams) => query.set('iss', 'https://honest.example')],
    ['with a slash too many', (query: URLSearchParams) => query.set('iss', `${query.get('iss') ?? ''}/`)],
    ['there twice', (query: URLSearchParams) => query.append('iss', query.get('iss') ?? '')],
    [
      'left out of a refusal',
      (query: URLSearchParams) => {
        for (const name of ['iss', 'code']) query.delete(name);
        query.set('error', 'access_denied');
      },
    ],
  ])('%s: the answer is none, and the true one still ends the sign-in', async (_name, spoil) => {
    const draftId = await draft();
    const connecting = app.call('drafts.connect', { draftId });
    const link = await app.nextSentOut();
    const redirect = new URL(new URL(link).searchParams.get('redirect_uri')!);
    const { url } = await peerBrowser().visit(link, ({ origin }) => origin === redirect.origin);
    const spoilt = new URL(url);
    expect(spoilt.searchParams.get('iss')).toBe(peer.issuer);
    spoil(spoilt.searchParams);
    const get = ({ pathname, search, host, port }: URL) => sendRaw(Number(port), rawGet(pathname + search, host));
    expect(statusOf(await get(spoilt))).toBe(404);
    expect(app.program.snapshot().signIns).toMatchObject([{ stage: 'waiting', strays: 1 }]);
    expect(peer.at('/token')).toEqual([]);
    expect(statusOf(await get(new URL(url)))).toBe(200);
    await connecting;
    expect(peer.at('/token')).toHaveLength(1);
  });
});

describe('renewing at oidc-provider', () => {
  test('each renewal brings a new refresh token, and the next one sends that', async () => {
    const connectionId = await connectInBrowser();
    for (const generation of [2, 3, 4]) {
      await app.call('connections.renew', { connectionId });
      expect(connectionNow(app, connectionId)).toMatchObject({ generation, condition: 'kept', failure: null });
    }
    const sent = refreshes().map(({ form }) => form.get('refresh_token'));
    expect(new Set(sent).size).toBe(3);
    const { exchanges } = await app.call('connections.history', { connectionId });
    expect(exchanges.filter(({ what }) => what === 'renewed').map(({ refreshToken }) => refreshToken)).toEqual([
      'new',
      'new',
      'new',
    ]);
  });

  test('B18: ten who ask at once are one request: two would be theft to it', async () => {
    const connectionId = await connectInBrowser();
    await Promise.all(Array.from({ length: 10 }, () => app.call('connections.renew', { connectionId })));
    expect(refreshes()).toHaveLength(1);
    await app.call('connections.renew', { connectionId });
  });

  test('a refresh token that somebody else used as well ends the sign-in there; here a person is asked for, once', async () => {
    const connectionId = await connectInBrowser();
    const stolen = latest('refresh_token');
    await app.call('connections.renew', { connectionId });
    const credentials = [keys.client_id, keys.client_secret].map((part) =>
      new URLSearchParams({ '': part }).toString().slice(1),
    );
    const thief = await fetch(`${peer.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credentials.join(':')).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: stolen }),
    });
    expect([thief.status, await thief.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('sign_in_again');
    expect(connectionNow(app, connectionId)).toMatchObject({
      condition: 'sign_in_again',
      failure: { problem: { code: 'sign_in_again' }, nextTryAtMs: null },
    });
    const asked = refreshes().length;
    app.clock.advance(86_400_000);
    await arrived();
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('sign_in_again');
    expect(refreshes()).toHaveLength(asked);
  });

  test('a refresh token that a person pasted is renewed at once, and again', async () => {
    await connectInBrowser();
    const pastedToken = latest('refresh_token');
    const { id: draftId } = await draftByIssuer(app, peer.issuer, {
      ...typedKeys,
      grant: 'refresh_token',
      pastedToken,
    });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.renew', { connectionId });
    expect(connectionNow(app, connectionId)).toMatchObject({ grant: 'refresh_token', renewable: true, generation: 2 });
  });
});

describe('an answer to a renewal that never comes (C1)', () => {
  test('is made good where the provider had not acted: the same token is sent once more', async () => {
    const connectionId = await connectInBrowser();
    peer.loseNext('/token', 'before_it_acts');
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('answer_lost');
    const { failure } = connectionNow(app, connectionId);
    app.clock.advance(failure!.nextTryAtMs! - app.clock.nowMs());
    await expect.poll(() => connectionNow(app, connectionId).generation).toBe(2);
    expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', failure: null });
    expect(new Set(refreshes().map(({ form }) => form.get('refresh_token'))).size).toBe(1);
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
  });

  test('cannot be made good where it had rotated and forgives nothing; the window says so, and promises no token', async () => {
    const connectionId = await connectInBrowser();
    const accessToken = latest('access_token');
    peer.loseNext('/token', 'after_it_acted');
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('answer_lost');
    expect(await knows('AccessToken', accessToken)).toBe(true);
    const { failure } = connectionNow(app, connectionId);
    app.clock.advance(failure!.nextTryAtMs! - app.clock.nowMs());
    await expect.poll(() => connectionNow(app, connectionId).condition).toBe('sign_in_again');
    const after = connectionNow(app, connectionId).failure!;
    expect(after).toMatchObject({ problem: { code: 'answer_never_came' }, nextTryAtMs: null });
    // The second try was theft to it: with the sign-in it ended the access token, whose time was not over.
    expect(await knows('AccessToken', accessToken)).toBe(false);
    const { what, next } = english.errors.answer_never_came(after.problem.facts);
    expect(what).toContain('its answer never reached this computer');
    expect(next).toContain('unless the provider has ended it as well');
    await expect(app.call('connections.test', { connectionId })).rejects.toThrow('token_refused');
    const asked = refreshes().length;
    app.clock.advance(3_600_000);
    await arrived();
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow();
    expect(refreshes()).toHaveLength(asked);
  });
});

describe('revocation and introspection at oidc-provider', () => {
  test('revoking sends the refresh token with its hint, and the whole sign-in is over there', async () => {
    const connectionId = await connectInBrowser();
    const [accessToken, refreshToken] = [latest('access_token'), latest('refresh_token')];
    await app.call('connections.revoke', { connectionId });
    const [revocation] = peer.at('/token/revocation');
    expect(Object.fromEntries(revocation!.form)).toEqual({ token: refreshToken, token_type_hint: 'refresh_token' });
    expect(await Promise.all([knows('RefreshToken', refreshToken), knows('AccessToken', accessToken)])).toEqual([
      false,
      false,
    ]);
    expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'revoked', fingerprint: null });
  });

  test('a sign-in that is over there already is revoked without complaint (RFC 7009 section 2.2)', async () => {
    const connectionId = await connectInBrowser();
    await (await peer.provider.RefreshToken.find(latest('refresh_token')))!.destroy();
    await app.call('connections.revoke', { connectionId });
    expect(connectionNow(app, connectionId).condition).toBe('revoked');
  });

  test('B15: without an address for a test call the provider is asked about the token', async () => {
    const connectionId = await connectInBrowser();
    const { appId } = connectionNow(app, connectionId);
    await app.call('apps.changeAddresses', { appId, endpoints: [{ kind: 'test', url: '' }] });
    const before = peer.at('/me').length;
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({
      outcome: 'works',
      status: 200,
    });
    expect(peer.at('/token/introspection').map(({ form }) => form.get('token'))).toEqual([latest('access_token')]);
    // No longer good there: renewed once, and asked about again.
    await (await peer.provider.AccessToken.find(latest('access_token')))!.destroy();
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
    expect(connectionNow(app, connectionId).generation).toBe(2);
    expect(peer.at('/token/introspection').map(({ body }) => body.slice(0, 15))).toEqual([
      '{"active":true,',
      '{"active":false',
      '{"active":true,',
    ]);
    expect(peer.at('/me')).toHaveLength(before);
  });

  test('B15: a client that it does not know says nothing of the token', async () => {
    const connectionId = await connectInBrowser();
    const { appId } = connectionNow(app, connectionId);
    await app.call('apps.changeAddresses', { appId, endpoints: [{ kind: 'test', url: '' }] });
    await peer.register({ ...keys, client_secret: 'another one by now' });
    await expect(app.call('connections.test', { connectionId })).rejects.toThrow('wrong_client');
    expect(connectionNow(app, connectionId).condition).toBe('kept');
  });
});

describe('B19: a code for another page at oidc-provider (RFC 8628)', () => {
  const polls = () => peer.at('/token').length;
  const device = () => app.program.snapshot().signIns[0]?.device;

  async function begin(): Promise<{ draftId: string; connecting: ReturnType<HeadlessApp['ask']> }> {
    const draftId = await draft(keys, { grant: 'device_code' });
    const connecting = app.ask('drafts.connect', { draftId });
    await expect.poll(device).toBeDefined();
    return { draftId, connecting };
  }
  /** One more interval passes; resolves when the peer was asked, and its answer brought another pause or the end. */
  async function pollAfter(ms: number): Promise<void> {
    const before = polls();
    const timers = app.clock.timersWaiting();
    app.clock.advance(ms);
    await expect.poll(polls).toBe(before + 1);
    await expect.poll(() => app.clock.timersWaiting() >= timers || device() === undefined).toBe(true);
  }

  /** So much time passes and no pause ends with it: seen at the clock, since a request that left would still be on its way. */
  function nobodyIsAsked(ms: number): void {
    const timers = app.clock.timersWaiting();
    app.clock.advance(ms);
    expect(app.clock.timersWaiting()).toBe(timers);
  }

  test('shows the code, asks every five seconds, five more after slow_down, and connects once it is allowed', async () => {
    const { draftId, connecting } = await begin();
    expect(device()).toMatchObject({ page: `${peer.issuer}/device`, codeIsInLink: true });
    expect(device()?.userCode).toMatch(/^\w{4}-\w{4}$/);
    nobodyIsAsked(4_900);
    await pollAfter(100);
    expect(peer.at('/token')[0]!.body).toContain('authorization_pending');
    peer.answerNext('/token', 400, { error: 'slow_down' });
    await pollAfter(5_000);
    nobodyIsAsked(9_900);
    await pollAfter(100);
    // For good, not for once.
    nobodyIsAsked(9_900);
    await pollAfter(100);
    await app.call('drafts.openBrowserAgain', { draftId });
    const { html } = await peerBrowser().visit(await app.nextSentOut());
    expect(html).toContain('signed in');
    await pollAfter(10_000);
    expect(await connecting).toMatchObject({ ok: true, value: { account: peerAccount.email, accountChecked: true } });
    const [connection] = app.program.snapshot().connections;
    expect(connection).toMatchObject({ grant: 'device_code', renewable: true });
    await app.call('connections.renew', { connectionId: connection!.id });
    expect(app.attention.calls).toBe(1);
  });

  test('a person who says no ends it', async () => {
    peer.says = 'decline';
    const { draftId, connecting } = await begin();
    await app.call('drafts.openBrowserAgain', { draftId });
    await peerBrowser().visit(await app.nextSentOut());
    await pollAfter(5_000);
    expect(await connecting).toMatchObject({ ok: false, problem: { code: 'sign_in_declined' } });
    nobodyIsAsked(50_000);
    expect(polls()).toBe(1);
  });

  test('when its time is over nobody is asked any more', async () => {
    const { connecting } = await begin();
    const { endsAtMs, startedAtMs } = app.program.snapshot().signIns[0]!;
    peer.answerNext('/token', 503, {});
    await pollAfter(5_000);
    app.clock.advance(endsAtMs! - startedAtMs);
    expect(await connecting).toMatchObject({ ok: false, problem: { code: 'device_code_ended' } });
    expect(polls()).toBe(1);
  });

  test('called off, nobody is asked any more', async () => {
    const { draftId, connecting } = await begin();
    await app.call('drafts.cancelSignIn', { draftId });
    expect(await connecting).toMatchObject({ ok: false, problem: { code: 'sign_in_cancelled' } });
    nobodyIsAsked(600_000);
    expect(polls()).toBe(0);
    expect(app.program.snapshot().signIns).toEqual([]);
  });

  test('an answer that is lost doubles the pause, and the code is asked about again', async () => {
    const { draftId, connecting } = await begin();
    peer.loseNext('/token', 'before_it_acts');
    await pollAfter(5_000);
    await app.call('drafts.openBrowserAgain', { draftId });
    await peerBrowser().visit(await app.nextSentOut());
    nobodyIsAsked(9_900);
    await pollAfter(100);
    expect(await connecting).toMatchObject({ ok: true });
  });

  test('the code can be copied, and the device code crosses to the window in nothing', async () => {
    const { draftId, connecting } = await begin();
    await app.call('drafts.copyUserCode', { draftId });
    expect(app.clipboard.text).toBe(device()!.userCode);
    const deviceCode = tokenIn(peer.at('/device/auth')[0]!.body, 'device_code');
    await app.call('drafts.cancelSignIn', { draftId });
    await connecting;
    expect(app.crossed.join('\n')).not.toContain(deviceCode);
    expect(JSON.stringify(app.log)).not.toContain(deviceCode);
  });
});

describe('the keys alone at oidc-provider', () => {
  test('bring a token, and are asked again when it is to be renewed', async () => {
    const draftId = await draft(keys, { grant: 'client_credentials', scopes: [] });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.renew', { connectionId });
    expect(connectionNow(app, connectionId)).toMatchObject({ grant: 'client_credentials', generation: 2 });
    expect(peer.at('/token').map(({ form }) => form.get('grant_type'))).toEqual([
      'client_credentials',
      'client_credentials',
    ]);
  });

  test('a wrong secret is told as that', async () => {
    const draftId = await draft(keys, { grant: 'client_credentials', scopes: [], clientSecret: 'wrong' });
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('wrong_client');
  });
});

test('no token, code, verifier or secret of the peer’s reached the window or the log', async () => {
  const connectionId = await connectInBrowser();
  await app.call('connections.renew', { connectionId });
  await app.call('connections.revoke', { connectionId });
  const secrets = [
    keys.client_secret,
    ...peer
      .at('/token')
      .flatMap(({ form, body }) => [
        ...['code', 'code_verifier', 'refresh_token'].flatMap((name) => form.get(name) ?? []),
        ...['access_token', 'refresh_token', 'id_token'].map((name) => tokenIn(body, name)),
      ]),
  ];
  expect(secrets.length).toBeGreaterThan(8);
  const crossed = `${app.crossed.join('\n')}${JSON.stringify(app.log)}`;
  for (const secret of secrets) expect(crossed).not.toContain(secret);
});
