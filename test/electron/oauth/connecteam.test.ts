import { describe, expect, test } from 'vitest';
import { askWithClientCredentials } from '../../../electron/oauth/client-credentials-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider, tokenNeededToRevoke } from '../../../electron/oauth/revocation.ts';
import { scopesMissing } from '../../../electron/oauth/scopes.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import type { HttpAnswer } from '../../../electron/oauth/transport.ts';
import { Secret } from '../../../electron/secret.ts';
import type { AppError } from '../../../shared/errors.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { connecteamKeys, jwt, wayTo } from '../../support/ways.ts';

const way = wayTo('connecteam', 'global');
const asked = ['account_information.read', 'users.read'];
const good = { access_token: 'eyJct', token_type: 'bearer', expires_in: 86_400, scope: asked.join(' ') };
const bearer = new Secret('eyJct');
const ask = (answer: HttpAnswer, scopes: readonly string[] = asked): ReturnType<typeof askWithClientCredentials> =>
  askWithClientCredentials(fakeTransport(answer), way, connecteamKeys, { scopes });

describe('C1 the keys go in a Basic header and nowhere else', () => {
  test('the documented request, with the vector of a secret that holds a colon and an é', async () => {
    const transport = fakeTransport(answerOf(200, good));
    await askWithClientCredentials(transport, way, connecteamKeys, { scopes: asked });
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://api.connecteam.com/oauth/v1/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: 'Basic Y3QtY2xpZW50LTAxOnMzY3I6dC8rw6k=',
        },
        body: 'scope=account_information.read+users.read&grant_type=client_credentials',
        timeLimitMs: 30_000,
      },
    ]);
  });
});

test('C2 there is no refresh call to make', async () => {
  expect(way.renewal).toEqual({ by: 'asking_again' });
  const transport = fakeTransport();
  const error = await ending(renewWithRefreshToken(transport, way, connecteamKeys, { refreshToken: bearer }));
  expect(error.code).toBe('grant_refused');
  expect(transport.seen).toEqual([]);
  const { tokens } = await ask(answerOf(200, good));
  expect(tokens).toMatchObject({ refreshToken: null, refreshTokenReturned: false, expirySource: 'expires_in' });
  expect(tokens.expiresAtMs).toBe(receivedAtMs + 86_400_000);
});

test('C3 the region moves the token and the test address together', () => {
  const hosts = (region: string): string[] =>
    [wayTo('connecteam', region).addresses.token!, wayTo('connecteam', region).addresses.test!].map(
      (url) => new URL(url).host,
    );
  expect(hosts('global')).toEqual(['api.connecteam.com', 'api.connecteam.com']);
  expect(hosts('australia')).toEqual(['api-au.connecteam.com', 'api-au.connecteam.com']);
});

describe('C4 scopes', () => {
  test('none chosen means all: no scope parameter, not an empty one', async () => {
    const transport = fakeTransport(answerOf(200, good));
    await askWithClientCredentials(transport, way, connecteamKeys, { scopes: [] });
    expect(transport.seen[0]!.body).toBe('grant_type=client_credentials');
  });

  test('what was granted is told, and what is missing of what was asked', async () => {
    const { tokens } = await ask(answerOf(200, { ...good, scope: 'users.read' }));
    expect(tokens.scopesGranted).toEqual(['users.read']);
    expect(scopesMissing(asked, tokens.scopesGranted)).toEqual(['account_information.read']);
    expect(scopesMissing(asked, null)).toEqual([]);
  });
});

describe('C5 a 403 on the test call speaks of the scope', () => {
  const refusal = answerOf(403, { error: 'Token missing required scope: account_information.read', details: null });

  test('the token is good, and the scope is named', async () => {
    for (const scopesGranted of [null, ['users.read']]) {
      const error = await ending(testConnection(fakeTransport(refusal), way, { bearer, scopesGranted }));
      expect(error).toMatchObject({
        code: 'test_scope_missing',
        facts: { status: 403, name: 'account_information.read' },
      });
    }
  });

  test('unless the provider granted that scope: then something else forbids it', async () => {
    const error = await ending(testConnection(fakeTransport(refusal), way, { bearer, scopesGranted: asked }));
    expect(error.code).toBe('request_refused');
  });

  test('another test call may be chosen, on the same origin', async () => {
    const transport = fakeTransport(answerOf(200, { requestId: 'r', data: { users: [] } }));
    const tested = await testConnection(transport, way, { bearer, scopesGranted: ['users.read'], callId: 'users' });
    expect(tested).toMatchObject({ status: 200, accountId: null, accountName: null });
    expect(transport.seen[0]!.url).toBe('https://api.connecteam.com/users/v1/users?limit=1');
  });
});

test.each([
  ['a page with a 200', answerOf(200, '<!doctype html><html><body>Connecteam</body></html>')],
  ['a page with a 401', answerOf(401, '<html>sign in to the network</html>')],
  ['no companyId', answerOf(200, { requestId: 'r', data: { companyName: 'Harbour Crew' } })],
  ['an empty companyId', answerOf(200, { data: { companyId: '' } })],
  ['a list', answerOf(200, [])],
  ['nothing', answerOf(200, '')],
  ['a network’s own sign-in', answerOf(511, '<html></html>')],
  ['a 404', answerOf(404, { error: 'NOT_FOUND: no' })],
])('C6 the test fails on %s', async (_name, answer) => {
  const error = await ending(testConnection(fakeTransport(answer), way, { bearer, scopesGranted: null }));
  expect(error.code).toBe('test_wrong_answer');
});

test('C6 and names the account from the answer that has it', async () => {
  const answer = answerOf(200, { requestId: '6f', data: { companyName: 'Harbour\u202e Crew', companyId: '1234' } });
  const tested = await testConnection(fakeTransport(answer), way, { bearer, scopesGranted: asked });
  expect(tested).toEqual({ status: 200, durationMs: 12, accountId: '1234', accountName: 'Harbour Crew' });
});

test('C7 there is no way to revoke here, and nothing is sent', async () => {
  const transport = fakeTransport();
  const tokens = { accessToken: bearer, idToken: null, refreshToken: null };
  const error: AppError = await ending(revokeAtProvider(transport, way, connecteamKeys, tokens));
  expect(error.code).toBe('revoke_unsupported');
  expect(tokenNeededToRevoke(way)).toBeNull();
  expect(transport.seen).toEqual([]);
});

describe('C9 B17 token_type in any case, scope null', () => {
  test.each(['Bearer', 'bearer', 'BEARER'])('%s', async (token_type) => {
    const { tokens } = await ask(answerOf(200, { ...good, token_type, scope: null }));
    expect(tokens.scopesGranted).toBeNull();
    expect(tokens.bearer.reveal()).toBe('eyJct');
  });

  test.each(['mac', 'DPoP', 'N_A'])('a token of type %s is none that can be sent', async (token_type) => {
    const error = await ending(ask(answerOf(200, { ...good, token_type })));
    expect(error).toMatchObject({
      code: 'bearer_missing',
      facts: { membersSeen: ['access_token', 'token_type', 'expires_in', 'scope'] },
    });
  });

  test.each([undefined, null, 7])(
    'Connecteam documents the type, so an answer with %j is not its own',
    async (token_type) => {
      const error = await ending(ask(answerOf(200, { ...good, token_type })));
      expect(error).toMatchObject({ code: 'not_an_oauth_answer', facts: { field: 'tokenEndpoint' } });
    },
  );
});

test('C10 the test call carries the token and never the client secret', async () => {
  const transport = fakeTransport(answerOf(200, { data: { companyId: '1' } }));
  await testConnection(transport, way, { bearer, scopesGranted: asked });
  const sent = JSON.stringify(transport.seen);
  expect(transport.seen[0]!.headers['authorization']).toBe('Bearer eyJct');
  expect(sent).not.toContain(connecteamKeys.clientSecret!.reveal());
  expect(sent).not.toContain('Basic');
});

test.each([
  [400, { detail: 'Invalid grant type' }, 'grant_refused'],
  [401, { detail: 'Invalid client credentials' }, 'wrong_client'],
  [401, '', 'wrong_client'],
  [403, { detail: 'Unauthorized scopes requested' }, 'scope_refused'],
  [422, { detail: [{ loc: ['body', 'grant_type'], msg: 'Field required', type: 'missing' }] }, 'request_refused'],
] as const)('a refusal with %i is told for what it is', async (status, body, code) => {
  const error = await ending(ask(answerOf(status, body)));
  expect(error.code).toBe(code);
  if (status === 422) expect(error.facts.providerText).toBe('body.grant_type: Field required');
});

test('a 429 without Retry-After waits for the window that is used up', async () => {
  const soon = receivedAtMs / 1000 + 20;
  const later = receivedAtMs / 1000 + 1800;
  const headers = {
    'x-ratelimit-minute-remaining': '0',
    'x-ratelimit-minute-reset': String(soon),
    'x-ratelimit-day-remaining': '17',
    'x-ratelimit-day-reset': String(later),
  };
  expect((await ending(ask(answerOf(429, '', headers)))).facts.retryAtMs).toBe(soon * 1000);
  const day = { ...headers, 'x-ratelimit-day-remaining': '0' };
  expect((await ending(ask(answerOf(429, '', day)))).facts.retryAtMs).toBe(later * 1000);
});

test('R1 expires_in counts first; without it the JWT says; without both a day is assumed', async () => {
  const end = async (members: Record<string, unknown>): Promise<unknown[]> => {
    const { tokens } = await ask(answerOf(200, { ...good, ...members }));
    return [tokens.expiresAtMs! - receivedAtMs, tokens.expirySource];
  };
  const access_token = jwt({ exp: receivedAtMs / 1000 + 50 });
  expect(await end({ access_token, expires_in: '86400' })).toEqual([86_400_000, 'expires_in']);
  expect(await end({ access_token, expires_in: null })).toEqual([50_000, 'jwt_exp']);
  expect(await end({ expires_in: undefined })).toEqual([86_400_000, 'assumed']);
});
