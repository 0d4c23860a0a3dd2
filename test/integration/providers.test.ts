import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askWithClientCredentials } from '../../electron/oauth/client-credentials-grant.ts';
import { signInWithPassword } from '../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../electron/oauth/revocation.ts';
import { testConnection } from '../../electron/oauth/test-call.ts';
import type { Granted } from '../../electron/oauth/tokens.ts';
import type { ClientKeys, ProviderWay } from '../../electron/oauth/way.ts';
import { createTransport } from '../../electron/platform/transport.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import type { Fault } from '../../electron/providers/practice/switchboard.ts';
import { profile } from '../../electron/providers/registry.ts';
import { wayOf } from '../../electron/providers/way.ts';
import { Secret } from '../../electron/secret.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { endpointKinds } from '../../shared/model/provider.ts';
import { ending } from '../support/ending.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';

/** The protocol over real HTTP, against the engine in a process of its own. */
let engine: EngineProcess;
const transport = createTransport({ nowMs: () => Date.now() });

beforeAll(async () => {
  engine = await startEngineProcess();
}, 30_000);
afterAll(async () => {
  await transport.close();
  await engine.stop();
});

interface Room {
  remote: RemoteEngine;
  way: ProviderWay;
  client: ClientKeys;
}

async function roomOf(providerId: string): Promise<Room> {
  const remote = engine.provider(providerId);
  await remote.clearFaults();
  await remote.clearRecord();
  const way = wayOf(profile(providerId), {
    endpoints: endpointKinds.map((kind) => ({ kind, url: remote.endpoints[kind] })),
  });
  const { clientId, clientSecret } = practiceAccounts(providerId).apps[0]!;
  return { remote, way, client: { clientId, clientSecret } };
}

describe('TeamGantt', () => {
  let room: Room;
  const { people } = practiceAccounts('teamgantt');
  const signIn = (who = 0, password?: Secret): Promise<Granted> =>
    signInWithPassword(transport, room.way, room.client, {
      username: people[who]!.username,
      password: password ?? people[who]!.password,
    });
  beforeEach(async () => {
    room = await roomOf('teamgantt');
  });

  test('sign in, test, renew, revoke all: four calls, each as the documents say', async () => {
    const { remote, way, client } = room;
    const { tokens } = await signIn();
    expect(tokens).toMatchObject({ expirySource: 'jwt_exp', refreshTokenReturned: true, scopesGranted: null });
    expect(tokens.refreshToken!.reveal().split('.')).toHaveLength(5);
    const lifeMs = tokens.expiresAtMs! - tokens.issuedAtMs;
    expect(lifeMs).toBeGreaterThan(115_000);
    expect(lifeMs).toBeLessThanOrEqual(121_000);
    const tested = await testConnection(transport, way, { bearer: tokens.bearer, scopesGranted: null });
    expect(tested.accountId).toBe('4711');

    const renewed = await renewWithRefreshToken(transport, way, client, { refreshToken: tokens.refreshToken! });
    expect(renewed.tokens.refreshToken).toBe(tokens.refreshToken);
    expect(renewed.tokens.bearer.equals(tokens.bearer)).toBe(false);
    await revokeAtProvider(transport, way, client, renewed.tokens);

    const record = await remote.record();
    expect(
      record.map(({ method, path, authorization, parameterNames, answered }) => [
        method,
        path,
        authorization,
        parameterNames.join(),
        answered,
      ]),
    ).toEqual([
      ['POST', '/oauth2/token', 'Basic', 'grant_type,password,username', 200],
      ['GET', '/v1/current_user', 'Bearer', '', 200],
      ['POST', '/oauth2/token', null, 'grant_type,refresh_token', 200],
      ['POST', '/revoke', 'Basic', 'token', 200],
    ]);
    expect(record[1]!.fingerprints['authorization']).toBe(tokens.bearer.fingerprint());
    expect(record[3]!.fingerprints['token']).toBe(renewed.tokens.accessToken!.fingerprint());
    expect(JSON.stringify(record)).not.toContain(people[0]!.password.reveal());
  });

  test('T7 revoking ends every refresh token of the person and nobody else’s; a bearer works until its end', async () => {
    const { way, client } = room;
    const [mine, mineElsewhere, other] = [await signIn(0), await signIn(0), await signIn(1)];
    await revokeAtProvider(transport, way, client, mine.tokens);
    for (const ended of [mine, mineElsewhere]) {
      const sending = renewWithRefreshToken(transport, way, client, { refreshToken: ended.tokens.refreshToken! });
      expect((await ending(sending)).code).toBe('sign_in_again');
    }
    await expect(
      renewWithRefreshToken(transport, way, client, { refreshToken: other.tokens.refreshToken! }),
    ).resolves.toBeDefined();
    await expect(
      testConnection(transport, way, { bearer: mine.tokens.bearer, scopesGranted: null }),
    ).resolves.toBeDefined();
    expect((await ending(revokeAtProvider(transport, way, client, mine.tokens))).code).toBe('revoke_refused');
  });

  test('T1 the access_token opens no door but the one to revoke', async () => {
    const { tokens } = await signIn();
    const sending = testConnection(transport, room.way, { bearer: tokens.accessToken!, scopesGranted: null });
    expect((await ending(sending)).code).toBe('token_refused');
  });

  test('a wrong password, a wrong secret, a revoked sign-in: each told apart', async () => {
    const { way, client, remote } = room;
    expect((await ending(signIn(0, new Secret('not it')))).code).toBe('wrong_password');
    const wrong = { ...client, clientSecret: new Secret('not it either') };
    const input = { username: people[0]!.username, password: people[0]!.password };
    expect((await ending(signInWithPassword(transport, way, wrong, input))).code).toBe('wrong_client');
    const { tokens } = await signIn(1);
    await remote.revokeElsewhere(people[1]!.username);
    const renewal = renewWithRefreshToken(transport, way, client, { refreshToken: tokens.refreshToken! });
    expect((await ending(renewal)).code).toBe('sign_in_again');
  });

  const faults: [string, Fault, ErrorCode][] = [
    ['a page with a 200', { kind: 'html' }, 'not_an_oauth_answer'],
    ['a page with a 403', { kind: 'html', status: 403 }, 'not_an_oauth_answer'],
    ['a page with a 511', { kind: 'html', status: 511 }, 'not_an_oauth_answer'],
    ['a 500', { kind: 'status', status: 500 }, 'provider_failing'],
    ['a 429', { kind: 'status', status: 429, headers: { 'retry-after': '9' } }, 'provider_busy'],
    ['a 400 in JSON', { kind: 'status', status: 400, body: '{"message":"no"}' }, 'sign_in_again'],
    ['a break before', { kind: 'drop_before' }, 'answer_lost'],
    ['a break after', { kind: 'drop_after' }, 'answer_lost'],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'redirect_refused'],
  ];
  test.each(faults)(
    'R3 R6 a renewal that meets %s ends as it should, is sent once, and works the next time',
    async (_name, fault, code) => {
      const { way, client, remote } = room;
      const { tokens } = await signIn();
      const renew = (): Promise<Granted> =>
        renewWithRefreshToken(transport, way, client, { refreshToken: tokens.refreshToken! });
      await remote.clearRecord();
      await remote.failNext('token', 1, fault);
      const error = await ending(renew());
      expect(error.code).toBe(code);
      if (code === 'provider_busy') expect(error.facts.retryAtMs).toBeGreaterThan(Date.now());
      expect(await remote.record()).toMatchObject([{ endpoint: 'token', fault: fault.kind }]);
      await expect(renew()).resolves.toMatchObject({ status: 200 });
    },
  );

  test('a server that does not answer is left after the time limit', async () => {
    await room.remote.failNext('token', 1, { kind: 'never' });
    const sending = renewWithRefreshToken(transport, room.way, room.client, { refreshToken: new Secret('x') }, 200);
    expect((await ending(sending)).code).toBe('no_answer_in_time');
  });

  test('the lifetime can be set', async () => {
    await room.remote.setLifetimeSeconds(3600);
    const { tokens } = await signIn();
    await room.remote.setLifetimeSeconds(120);
    expect(tokens.expiresAtMs! - tokens.issuedAtMs).toBeGreaterThan(3_590_000);
  });
});

describe('Connecteam', () => {
  let room: Room;
  const all = practiceAccounts('connecteam').apps[0]!.scopes;
  beforeEach(async () => {
    room = await roomOf('connecteam');
  });

  test('ask, test, ask again; nothing to renew with and nothing to revoke', async () => {
    const { way, client, remote } = room;
    const first = await askWithClientCredentials(transport, way, client, { scopes: ['account_information.read'] });
    expect(first.tokens).toMatchObject({
      refreshToken: null,
      scopesGranted: ['account_information.read'],
      expirySource: 'expires_in',
    });
    const tested = await testConnection(transport, way, {
      bearer: first.tokens.bearer,
      scopesGranted: first.tokens.scopesGranted,
    });
    expect(tested).toMatchObject({ accountId: '1234', accountName: 'Practice Harbour Crew' });
    const again = await askWithClientCredentials(transport, way, client, { scopes: [] });
    expect(again.tokens.scopesGranted).toEqual(all);
    expect((await ending(revokeAtProvider(transport, way, client, again.tokens))).code).toBe('revoke_unsupported');
    expect(
      (await remote.record()).map((seen) => [seen.grantType, seen.authorization, seen.parameterNames.join()]),
    ).toEqual([
      ['client_credentials', 'Basic', 'grant_type,scope'],
      [null, 'Bearer', ''],
      ['client_credentials', 'Basic', 'grant_type'],
    ]);
  });

  test('C5 an app that may only read users: the token is good, the test lacks its scope, the other test works', async () => {
    const { way } = room;
    const { clientId, clientSecret } = practiceAccounts('connecteam').apps[1]!;
    const { tokens } = await askWithClientCredentials(transport, way, { clientId, clientSecret }, { scopes: [] });
    const input = { bearer: tokens.bearer, scopesGranted: tokens.scopesGranted };
    expect(await ending(testConnection(transport, way, input))).toMatchObject({
      code: 'test_scope_missing',
      facts: { name: 'account_information.read' },
    });
    await expect(testConnection(transport, way, { ...input, callId: 'users' })).resolves.toMatchObject({ status: 200 });
  });

  test('a wrong secret, a scope the app does not have, a replaced secret', async () => {
    const { way, client, remote } = room;
    const ask = (with_: ClientKeys, scopes: string[] = []): Promise<Granted> =>
      askWithClientCredentials(transport, way, with_, { scopes });
    expect((await ending(ask({ ...client, clientSecret: new Secret('no') }))).code).toBe('wrong_client');
    expect((await ending(ask(client, ['pay_rates.write']))).code).toBe('scope_refused');
    await remote.replaceClientSecret(client.clientId, 'a new one');
    expect((await ending(ask(client))).code).toBe('wrong_client');
    await expect(ask({ ...client, clientSecret: new Secret('a new one') })).resolves.toBeDefined();
    await remote.replaceClientSecret(client.clientId, client.clientSecret!.reveal());
  });

  test('C6 an address that is not theirs answers 200 with a page: neither a token nor a test', async () => {
    const { way, client, remote } = room;
    const lost: ProviderWay = {
      ...way,
      addresses: { ...way.addresses, token: `${remote.origin}/oauth/token`, test: `${remote.origin}/v2/me` },
    };
    expect((await ending(askWithClientCredentials(transport, lost, client, { scopes: [] }))).code).toBe(
      'not_an_oauth_answer',
    );
    const sending = testConnection(transport, lost, { bearer: new Secret('x'), scopesGranted: null });
    expect((await ending(sending)).code).toBe('test_wrong_answer');
  });

  test('an ended token is refused, with the rate headers on the answer', async () => {
    await room.remote.setLifetimeSeconds(0);
    const { tokens } = await askWithClientCredentials(transport, room.way, room.client, { scopes: [] });
    await room.remote.setLifetimeSeconds(120);
    const sending = testConnection(transport, room.way, { bearer: tokens.bearer, scopesGranted: all });
    expect(await ending(sending)).toMatchObject({ code: 'token_refused', facts: { providerCode: 'UNAUTHORIZED' } });
  });
});
