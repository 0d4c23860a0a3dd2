import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { findSecrets } from '../support/encodings.ts';
import { filesBelow } from '../support/files.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { tokensGivenBy } from '../support/tokens-given.ts';
import {
  connectReal,
  connectionNow,
  realDraft,
  runProvider,
  type RunningProvider,
} from '../support/real-connections.ts';

/** ER/Studio through the whole program, over real HTTP. */
const providerId = 'er-studio';
const { people, apps } = practiceAccounts(providerId);
const person = { username: people[0]!.username, password: people[0]!.password.reveal() };
const keys = { clientId: apps[0]!.clientId, clientSecret: apps[0]!.clientSecret.reveal() };

let app: HeadlessApp;
let provider: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
const servers: Server[] = [];

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  app = await headlessApp({ folder: place.folder, keychain });
  provider = await runProvider(app, providerId);
});
afterEach(async () => {
  await app.end();
  await provider.stop();
  for (const server of servers.splice(0)) server.close();
  place.remove();
});

/** The engine under an address that is not loopback by name, as a Team Server in a company's network is. */
async function inTheNetwork(engine: PracticeEngine): Promise<string> {
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const body = Buffer.concat(chunks).toString();
      const given = engine.handle({ method: request.method ?? '', path, query, headers, body });
      if (given.kind === 'answer') response.writeHead(given.status, given.headers).end(given.body);
      else request.socket.destroy();
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
  return `http://0.0.0.0:${String((server.address() as AddressInfo).port)}`;
}

async function openDraft(baseUrl: string): Promise<string> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'vault' });
  await app.call('drafts.keep', { draftId, providerId });
  await app.call('drafts.keep', { draftId, baseUrl, ...person });
  return draftId;
}

describe('ER/Studio', () => {
  it('E1 E8 E9 connects, tests, renews with a rotating token, copies in query style, and revokes', async () => {
    const id = await connectReal(app, provider, providerId);
    expect(connectionNow(app, id)).toMatchObject({
      account: person.username,
      expirySource: 'expires_in',
      scopesGranted: ['read', 'write'],
      renewable: true,
    });
    await app.call('connections.test', { connectionId: id });
    await app.call('connections.renew', { connectionId: id });
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id).generation).toBe(3);
    await app.call('connections.copy', { connectionId: id, form: 'header' });
    expect(app.clipboard.text).toMatch(/^access_token=[0-9a-f-]{36}$/);
    await app.call('connections.copy', { connectionId: id, form: 'curl' });
    const token = /access_token=([0-9a-f-]{36})'/.exec(app.clipboard.text)?.[1] ?? '';
    expect(app.clipboard.text).toBe(
      `curl '${provider.origin}/api/v1/people?access_token=${token}' --header 'Accept: application/json'`,
    );
    const reach = await app.call('connections.revokeReach', { connectionId: id });
    expect(reach).toMatchObject({ reach: 'this_access_token', alsoEnds: [], worksUntilMs: null });
    const receipt = await app.call('connections.revoke', { connectionId: id });
    expect(receipt).toMatchObject({ status: 200, worksUntilMs: null });
    const answer = await fetch(`${provider.origin}/api/v1/people?access_token=${token}`);
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining(`token: ${token}`)]);
    const seen = provider.engine.record().map(({ method, path, place: at, authorization, parameterNames }) => {
      return [method, path, at, authorization, parameterNames.join()];
    });
    const refresh = ['GET', '/api/oauth/token', 'query', null, 'client_id,client_secret,grant_type,refresh_token'];
    expect(seen.slice(0, 6)).toEqual([
      ['GET', '/api/oauth/token', 'query', null, 'client_id,client_secret,grant_type,password,username'],
      ['GET', '/api/v1/people', 'query', null, 'access_token'],
      ['GET', '/api/v1/people', 'query', null, 'access_token'],
      refresh,
      refresh,
      ['DELETE', '/api/revoketoken', 'none', null, ''],
    ]);
  });

  it('E8 a refresh token that was used up elsewhere asks for a person, and the sign-in in place mends it', async () => {
    const id = await connectReal(app, provider, providerId);
    provider.engine.revokeElsewhere(person.username);
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('sign_in_again');
    const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    await app.call('drafts.keep', { draftId, password: person.password });
    await app.call('drafts.connect', { draftId });
    expect(connectionNow(app, id).condition).toBe('kept');
  });

  it('E6 needs the server’s address, points at it when it is wrong, and Advanced shows what was made of it', async () => {
    const draftId = await openDraft('');
    await app.call('drafts.keep', { draftId, ...keys });
    await expect(app.call('drafts.connect', { draftId })).rejects.toMatchObject({
      cause: { facts: { field: 'baseUrl' } },
    });
    const kept = await app.call('drafts.keep', { draftId, baseUrl: `${provider.origin}/wrong/` });
    expect(kept.baseUrl).toBe(`${provider.origin}/wrong`);
    expect(kept.endpoints[1]).toEqual({
      kind: 'token',
      url: `${provider.origin}/wrong/api/oauth/token`,
      edited: false,
      found: null,
    });
    await expect(app.call('drafts.connect', { draftId })).rejects.toMatchObject({
      message: 'not_an_oauth_answer',
      cause: { facts: { field: 'baseUrl', status: 404 } },
    });
    await expect(app.call('drafts.register', { draftId })).rejects.toMatchObject({
      message: 'registration_wrong_answer',
    });
    const bad = await app.ask('drafts.keep', { draftId, baseUrl: 'teamserver' });
    expect(bad).toMatchObject({ ok: false, problem: { code: 'address_invalid', facts: { field: 'baseUrl' } } });
    const typed = `${provider.origin}/api/oauth/token`;
    await app.call('drafts.keep', { draftId, endpoints: [{ kind: 'token', url: typed }] });
    await app.call('drafts.connect', { draftId });
    const [made] = app.program.snapshot().apps;
    expect(made?.endpoints[1]).toEqual({ kind: 'token', url: typed, source: 'entered_by_you' });
    expect(made?.unencryptedConsent).toBeNull();
  });

  it('E7 B12 asks a server in clear only after a consent, kept with the app over a restart and for that app alone', async () => {
    const base = await inTheNetwork(provider.engine);
    const draftId = await openDraft(base);
    await app.call('drafts.keep', { draftId, ...keys });
    const refused = { message: 'address_insecure', cause: { facts: { field: 'unencryptedAgreed' } } };
    await expect(app.call('drafts.connect', { draftId })).rejects.toMatchObject(refused);
    await expect(app.call('drafts.register', { draftId })).rejects.toMatchObject(refused);
    // Agreed for one server; another, or the same host on another port, is asked about anew.
    await app.call('drafts.keep', { draftId, unencryptedAgreed: true });
    const moved = await app.call('drafts.keep', { draftId, baseUrl: 'http://0.0.0.0:1' });
    expect(moved.unencryptedAgreed).toBe(false);
    await expect(app.call('drafts.connect', { draftId })).rejects.toMatchObject(refused);
    await app.call('drafts.keep', { draftId, baseUrl: base, unencryptedAgreed: true });
    // An address under Advanced does not ride along to another host.
    const elsewhere = await app.ask('drafts.keep', {
      draftId,
      endpoints: [{ kind: 'token', url: 'http://10.1.2.3/api/oauth/token' }],
    });
    expect(elsewhere).toMatchObject({ ok: false, problem: { code: 'address_insecure' } });
    expect(provider.engine.record()).toEqual([]);
    const { connectionId } = await app.call('drafts.connect', { draftId });
    const [made] = app.program.snapshot().apps;
    expect(made?.unencryptedConsent).toEqual({ origin: base, agreedAtMs: app.clock.nowMs() });
    // A second app at the same server says it for itself.
    const second = {
      realm: 'vault' as const,
      providerId,
      name: 'Second',
      ...keys,
      regionId: 'default',
      scopes: [],
      endpoints: [],
    };
    await expect(app.call('apps.add', { ...second, baseUrl: base })).rejects.toMatchObject(refused);
    await expect(app.call('apps.add', second)).rejects.toMatchObject({ cause: { facts: { field: 'baseUrl' } } });
    await app.call('apps.add', { ...second, baseUrl: base, unencryptedAgreed: true });
    await app.end();
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    await app.call('connections.renew', { connectionId });
    expect(connectionNow(app, connectionId).generation).toBe(2);
  });

  it('E10 follows no redirect: the other host hears nothing', async () => {
    const other = await runProvider(app, providerId);
    const draftId = await realDraft(app, provider, providerId);
    provider.engine.failNext('token', 1, {
      kind: 'redirect',
      location: `${other.origin}/api/oauth/token`,
      status: 307,
    });
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('redirect_refused');
    expect(other.engine.record()).toEqual([]);
    await other.stop();
  });

  it('E11 registers this vault: keys made in main, never drawn, copied on request, void with another server', async () => {
    const draftId = await openDraft(provider.origin);
    provider.engine.failNext('registration', 1, {
      kind: 'status',
      status: 400,
      body: '{"message":"home field is required","status":400}',
    });
    await expect(app.call('drafts.register', { draftId })).rejects.toMatchObject({
      message: 'registration_refused',
      cause: { facts: { providerText: 'home field is required' } },
    });
    // Two presses, one app.
    const [view] = await Promise.all([
      app.call('drafts.register', { draftId }),
      app.call('drafts.register', { draftId }),
    ]);
    const calls = provider.engine.record().filter(({ endpoint }) => endpoint === 'registration');
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({
      method: 'POST',
      place: 'json',
      parameterNames: ['clientId', 'clientType', 'description', 'name', 'nativeType', 'redirectURL', 'secret'],
    });
    expect(view).toMatchObject({ registered: true, clientSecretEntered: true });
    expect(view.clientId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    await app.call('drafts.copyKey', { draftId, which: 'client_id' });
    expect(app.clipboard.text).toBe(view.clientId);
    await app.call('drafts.copyKey', { draftId, which: 'client_secret' });
    const secret = app.clipboard.text;
    expect(secret).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const found = findSecrets(
      'a reply or push',
      Buffer.from(app.crossed.join('\n')),
      new Map([['the secret', secret]]),
    );
    expect(found).toEqual([]);
    const elsewhere = await app.call('drafts.keep', { draftId, baseUrl: 'https://other.example' });
    expect(elsewhere).toMatchObject({ registered: false, clientId: '', clientSecretEntered: false });
    await app.call('drafts.keep', { draftId, baseUrl: provider.origin });
    await app.call('drafts.register', { draftId });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.renew', { connectionId });
    // A secret that a person typed is never handed back.
    const typed = await realDraft(app, provider, providerId);
    for (const which of ['client_id', 'client_secret'] as const) {
      await expect(app.call('drafts.copyKey', { draftId: typed, which })).rejects.toThrow('not_found');
    }
  });

  it('practice plays it on its own loopback address', async () => {
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    const view = await app.call('drafts.keep', { draftId, providerId });
    expect(view.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await app.call('drafts.register', { draftId });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.revoke', { connectionId });
    expect(connectionNow(app, connectionId).condition).toBe('revoked');
  });

  it('E3 E4 leaks nothing, though the server echoes what it was sent', async () => {
    const given = tokensGivenBy(provider.engine);
    const secrets = new Map([
      ['password', person.password],
      ['client secret', keys.clientSecret],
    ]);
    const wrong = await realDraft(app, provider, providerId, { password: 'MARKER-9d2c-wrong' });
    secrets.set('wrong password', 'MARKER-9d2c-wrong');
    await expect(app.call('drafts.connect', { draftId: wrong })).rejects.toThrow('wrong_password');
    const id = await connectReal(app, provider, providerId);
    await app.call('connections.renew', { connectionId: id });
    provider.engine.revokeElsewhere(person.username);
    await app.ask('connections.renew', { connectionId: id });
    await app.ask('connections.test', { connectionId: id });
    await app.call('connections.history', { connectionId: id });
    await app.ask('connections.revoke', { connectionId: id });
    for (const [what, token] of given()) secrets.set(what, token);
    expect(secrets.size).toBeGreaterThanOrEqual(7);
    expect([
      ...findSecrets('a reply or push', Buffer.from(app.crossed.join('\n')), secrets),
      ...findSecrets('the log', Buffer.from(JSON.stringify(app.log)), secrets),
      ...filesBelow(place.folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, secrets)),
    ]).toEqual([]);
    expect(JSON.stringify(app.log)).not.toContain('/api/');
  });
});
