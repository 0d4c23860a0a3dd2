import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exchangeCode } from '../../../electron/oauth/authorization-code-grant.ts';
import { authorizationAttempt } from '../../../electron/oauth/authorization-request.ts';
import { askWithClientCredentials } from '../../../electron/oauth/client-credentials-grant.ts';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../../electron/oauth/revocation.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import type { ClientKeys } from '../../../electron/oauth/way.ts';
import { errorHint, pageUrl, profile, profiles, providerViews } from '../../../electron/providers/registry.ts';
import { profileSchema } from '../../../electron/providers/schema.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { taskadeKeys, wayTo } from '../../support/ways.ts';

const way = wayTo('taskade');
const redirectUri = 'http://127.0.0.1:53682/callback';
const verifier = new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
const good = { access_token: 'a1', refresh_token: 'r1', expires_in: 3600, token_type: 'Bearer' };
const exchange = (transport: ReturnType<typeof fakeTransport>, client: ClientKeys = taskadeKeys, code = 'abc') =>
  exchangeCode(transport, way, client, { code: new Secret(code), redirectUri, verifier });
const formOf = (body: string | null): Record<string, string> => Object.fromEntries(new URLSearchParams(body ?? ''));
const publicApp: ClientKeys = { clientId: 'tk-55', clientSecret: null };

describe('K1 B2 PKCE is always on', () => {
  test('for an app with a secret and for one without, at the documented address', async () => {
    for (const { clientId } of [taskadeKeys, publicApp]) {
      const { url } = await authorizationAttempt(way, clientId, { redirectUri, scopes: [] });
      const link = new URL(url!.reveal());
      expect(`${link.origin}${link.pathname}`).toBe('https://www.taskade.com/oauth2/authorize');
      expect([...link.searchParams.keys()].sort()).toEqual(
        ['client_id', 'code_challenge', 'code_challenge_method', 'redirect_uri', 'response_type', 'state'].sort(),
      );
      expect(link.searchParams.get('code_challenge_method')).toBe('S256');
    }
  });

  test('and the verifier goes with the code, in no address and in no ending', async () => {
    const transport = fakeTransport(
      answerOf(400, { error: 'invalid_grant', error_description: `verifier ${verifier.reveal()} differs` }),
    );
    const error = await ending(exchange(transport));
    expect(formOf(transport.seen[0]!.body)['code_verifier']).toBe(verifier.reveal());
    expect(transport.seen[0]!.url).not.toContain(verifier.reveal());
    expect(error.facts.providerText).toBe('verifier ••• differs');
  });
});

test('K3 B5 redirect_uri is byte-identical in the link and in the exchange, port included', async () => {
  for (const registered of [redirectUri, 'http://127.0.0.1:1', 'http://[::1]:80/A%2fb?x=1', 'https://x.example/c/']) {
    const attempt = await authorizationAttempt(way, 'tk-55', { redirectUri: registered, scopes: [] });
    const transport = fakeTransport(answerOf(200, good));
    await exchangeCode(transport, way, taskadeKeys, { ...attempt, code: new Secret('abc') });
    const inLink = new URL(attempt.url!.reveal()).searchParams.get('redirect_uri');
    expect([inLink, formOf(transport.seen[0]!.body)['redirect_uri']]).toEqual([registered, registered]);
  }
});

describe('K4 the keys go in the body', () => {
  test('of the exchange, which is exactly the documented request', async () => {
    const transport = fakeTransport(answerOf(200, good));
    const { tokens } = await exchange(transport);
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://www.taskade.com/oauth2/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: expect.any(String) as string,
        timeLimitMs: 30_000,
      },
    ]);
    expect(formOf(transport.seen[0]!.body)).toEqual({
      grant_type: 'authorization_code',
      code: 'abc',
      redirect_uri: redirectUri,
      code_verifier: verifier.reveal(),
      client_id: 'tk-55',
      client_secret: 'tk secret/+&=',
    });
    expect(tokens).toMatchObject({ expiresAtMs: receivedAtMs + 3_600_000, expirySource: 'expires_in' });
    expect([tokens.bearer.reveal(), tokens.refreshToken?.reveal()]).toEqual(['a1', 'r1']);
  });

  test('and a public app sends its ID and no secret field at all', async () => {
    const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
    await exchange(transport, publicApp);
    await renewWithRefreshToken(transport, way, publicApp, { refreshToken: new Secret('r1') });
    for (const { body, headers } of transport.seen) {
      expect(formOf(body)['client_id']).toBe('tk-55');
      expect(body).not.toContain('client_secret');
      expect(headers).not.toHaveProperty('authorization');
    }
  });
});

describe('K5 a renewal', () => {
  const refreshToken = new Secret('r1');
  test('sends client_id and the secret, and asks for no scope', async () => {
    const transport = fakeTransport(answerOf(200, good));
    await renewWithRefreshToken(transport, way, taskadeKeys, { refreshToken });
    expect(formOf(transport.seen[0]!.body)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r1',
      client_id: 'tk-55',
      client_secret: 'tk secret/+&=',
    });
    expect(transport.seen[0]!.headers).not.toHaveProperty('authorization');
  });

  test('keeps the old refresh token where none comes, and takes the new one where it does', async () => {
    const renew = (answer: object) =>
      renewWithRefreshToken(fakeTransport(answerOf(200, answer)), way, taskadeKeys, { refreshToken });
    expect((await renew({ access_token: 'a2' })).tokens.refreshToken).toBe(refreshToken);
    expect((await renew({ ...good, refresh_token: 'r2' })).tokens.refreshToken?.reveal()).toBe('r2');
  });

  test('without token_type or expires_in an hour is assumed, since its documents name the two tokens only', async () => {
    const transport = fakeTransport(answerOf(200, { access_token: 'a1', refresh_token: 'r1' }));
    const { tokens } = await exchange(transport);
    expect(tokens).toMatchObject({ expiresAtMs: receivedAtMs + 3_600_000, expirySource: 'assumed' });
  });
});

describe('K6 the ping', () => {
  const ping = (transport: ReturnType<typeof fakeTransport>) =>
    testConnection(transport, way, { bearer: new Secret('a1'), scopesGranted: null });

  test('asks for JSON with the bearer alone, and K7 names the account by its handle', async () => {
    const transport = fakeTransport(answerOf(200, { handle: 'studio-ana' }));
    expect(await ping(transport)).toMatchObject({ accountId: 'studio-ana', accountName: 'studio-ana' });
    expect(transport.seen).toEqual([
      {
        method: 'GET',
        url: 'https://www.taskade.com/oauth2/ping',
        headers: { accept: 'application/json', 'user-agent': 'Grantkeep', authorization: 'Bearer a1' },
        body: null,
        timeLimitMs: 30_000,
      },
    ]);
  });

  test.each([
    ['a page', '<!doctype html><html></html>'],
    ['nothing', ''],
    ['JSON without the handle', { ok: true }],
    ['an empty handle', { handle: '' }],
    ['a list', [{ handle: 'x' }]],
  ])('a 200 with %s is a failure, and nothing else is tried', async (_name, body) => {
    const transport = fakeTransport(answerOf(200, body));
    expect((await ending(ping(transport))).code).toBe('test_wrong_answer');
    expect(transport.seen).toHaveLength(1);
  });

  test('on a 404 the workspaces are asked, on the same host, and then nothing more', async () => {
    const found = fakeTransport(answerOf(404, { ok: false }), answerOf(200, { ok: true, items: [] }));
    expect(await ping(found)).toMatchObject({ status: 200, accountId: null, accountName: null });
    expect(found.seen[1]).toMatchObject({ method: 'GET', url: 'https://www.taskade.com/api/v1/workspaces' });
    expect(found.seen[1]!.headers['authorization']).toBe('Bearer a1');
    const lost = fakeTransport(answerOf(404, '<html></html>'), answerOf(404, { ok: false }));
    expect((await ending(ping(lost))).code).toBe('test_wrong_answer');
    expect(lost.seen).toHaveLength(2);
  });

  test.each([
    [401, { ok: false, code: 'UNAUTHORIZED', message: 'Unauthorized' }, 'token_refused'],
    [402, { ok: false, code: 'PAYMENT_REQUIRED', message: 'Plan' }, 'request_refused'],
    [403, { ok: false, code: 'FORBIDDEN', message: 'Role' }, 'request_refused'],
    [429, { ok: false, code: 'TOO_MANY' }, 'provider_busy'],
    [500, { ok: false, code: 'INTERNAL' }, 'provider_failing'],
  ])('a %i in Taskade’s own envelope is told for what it is', async (status, body, code) => {
    const error = await ending(ping(fakeTransport(answerOf(status, body))));
    expect(error.code).toBe(code);
    expect(error.facts.providerCode).toBe(body.code);
  });
});

describe('K8 the ways in', () => {
  const view = providerViews('en').find(({ id }) => id === 'taskade')!;

  test('the browser is the usual one; keys alone and a password stand under Advanced, with the reason', () => {
    expect(view.ways.map(({ grant, advanced }) => [grant, advanced !== null])).toEqual([
      ['authorization_code', false],
      ['personal_access_token', false],
      ['refresh_token', false],
      ['client_credentials', true],
      ['password', true],
    ]);
    for (const { advanced } of view.ways.filter((offered) => offered.advanced !== null)) {
      expect(advanced).toContain('Taskade’s 2026 pages say that these are refused');
    }
  });

  test('those two send what the older guide named, and a refusal says that this way is not taken', async () => {
    const refusal = answerOf(400, { error: 'unsupported_grant_type' });
    const transport = fakeTransport(refusal, refusal);
    const person = { username: 'ana@firm.example', password: new Secret('p&ss') };
    const errors = [
      await ending(askWithClientCredentials(transport, way, taskadeKeys, { scopes: [] })),
      await ending(signInWithPassword(transport, way, taskadeKeys, person)),
    ];
    expect(errors.map(({ code }) => code)).toEqual(['grant_refused', 'grant_refused']);
    expect(errorHint('taskade', 'grant_refused', 'en')).toContain('only a sign-in with the browser');
    expect(transport.seen.map(({ body }) => formOf(body)['grant_type'])).toEqual(['client_credentials', 'password']);
  });

  test('B4 there is no implicit grant: in no profile, not in what a profile may say, not in the code', () => {
    const offered = profiles().flatMap(({ grants }) => grants.map(({ type }) => type as string));
    expect(offered).not.toContain('implicit');
    const file = JSON.parse(
      readFileSync(new URL('../../../electron/providers/taskade.json', import.meta.url), 'utf8'),
    ) as { grants: { type: string }[] };
    expect(profileSchema.safeParse(file).success).toBe(true);
    file.grants[0]!.type = 'implicit';
    expect(profileSchema.safeParse(file).success).toBe(false);
    const folder = new URL('../../../electron/oauth/', import.meta.url);
    const asked = readdirSync(folder).flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\bresponse_type['"]?\]?\s*[:=]\s*([^,;\n]+)/g)].map(
        ([, value]) => value,
      ),
    );
    expect(asked).toEqual(["'code'"]);
  });
});

test('K9 the button opens /settings/api, and nothing leads to the seed’s dead page', () => {
  expect(pageUrl('taskade', 'oauth_apps', 'default')).toBe('https://www.taskade.com/settings/api');
  expect(JSON.stringify(profile('taskade'))).not.toContain('settings/password');
});

test('there is nothing to revoke at, and what to do instead is said', async () => {
  const transport = fakeTransport();
  const tokens = { accessToken: new Secret('a1'), idToken: null, refreshToken: new Secret('r1') };
  expect((await ending(revokeAtProvider(transport, way, taskadeKeys, tokens))).code).toBe('revoke_unsupported');
  expect(transport.seen).toEqual([]);
});
