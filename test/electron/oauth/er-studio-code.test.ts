import { describe, expect, test } from 'vitest';
import { answerTo } from '../../../electron/oauth/authorization-answer.ts';
import { exchangeCode } from '../../../electron/oauth/authorization-code-grant.ts';
import { authorizationAttempt } from '../../../electron/oauth/authorization-request.ts';
import type { HttpAnswer } from '../../../electron/oauth/transport.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { erStudioWay } from '../../support/ways.ts';

const way = erStudioWay();
const keys = { clientId: '6a2a39ba-1', clientSecret: new Secret('a28e0ca4 s') };
const redirectUri = 'http://127.0.0.1:21000/er-studio';
const good = { access_token: '0f6c', token_type: 'bearer', refresh_token: '77aa', expires_in: 86_399 };
const exchange = (transport: ReturnType<typeof fakeTransport>, at = way) =>
  exchangeCode(transport, at, keys, {
    code: new Secret('c/o+d e'),
    redirectUri,
    verifier: new Secret('verifier-1'),
    state: new Secret('state-of-this-try'),
  });
const exchangeMeets = (answer: HttpAnswer) => ending(exchange(fakeTransport(answer)));
const xml = (code: string, text: string): string =>
  `<oauth><error_description>${text}</error_description><error>${code}</error></oauth>`;

test('E1 E5 the code is exchanged by GET, all in the query, asking for JSON', async () => {
  const transport = fakeTransport(answerOf(200, good));
  const { tokens } = await exchange(transport);
  expect(transport.seen).toEqual([
    {
      method: 'GET',
      url:
        'https://teamserver.test:9090/api/oauth/token?code=c%2Fo%2Bd%20e' +
        '&redirect_uri=http%3A%2F%2F127.0.0.1%3A21000%2Fer-studio&code_verifier=verifier-1' +
        '&grant_type=authorization_code&client_id=6a2a39ba-1&client_secret=a28e0ca4%20s',
      headers: { accept: 'application/json', 'user-agent': 'Grantkeep' },
      body: null,
      timeLimitMs: 30_000,
    },
  ]);
  expect([tokens.bearer.reveal(), tokens.refreshToken?.reveal()]).toEqual(['0f6c', '77aa']);
  expect(tokens.expiresAtMs).toBe(receivedAtMs + 86_399_000);
});

describe('E6 the authorization address', () => {
  test.each([
    'https://models.firm.example',
    'https://models.firm.example:8443',
    'https://models.firm.example:8443/team/server',
  ])('keeps port and path of %s, and sends no scope, so that the server’s own usual one counts', async (base) => {
    const { url } = await authorizationAttempt(erStudioWay(base), keys.clientId, { redirectUri, scopes: ['read'] });
    const link = new URL(url!.reveal());
    expect(`${link.origin}${link.pathname}`).toBe(`${base}/api/oauth/authorize`);
    expect(link.searchParams.has('scope')).toBe(false);
    expect(link.searchParams.get('redirect_uri')).toBe(redirectUri);
  });
});

describe('E7 http beyond this computer', () => {
  const origin = 'http://teamserver.test:9090';
  const link = (consent?: string) =>
    authorizationAttempt(erStudioWay(origin, consent === undefined ? undefined : { origin: consent }), 'c', {
      redirectUri,
      scopes: [],
    });

  test.each([undefined, 'http://teamserver.test', 'https://teamserver.test:9090', 'http://other.test:9090'])(
    'makes no link with the consent %s',
    async (consent) => {
      expect(await ending(link(consent))).toMatchObject({
        code: 'address_insecure',
        facts: { field: 'authorizationEndpoint', host: 'teamserver.test:9090' },
      });
    },
  );

  test('makes one with the consent for that very origin, and the exchange names it', async () => {
    expect((await link(origin)).url?.reveal()).toMatch(/^http:\/\/teamserver\.test:9090\/api\/oauth\/authorize\?/);
    const transport = fakeTransport(answerOf(200, good));
    await exchange(transport, erStudioWay(origin, { origin }));
    expect(transport.seen[0]!.dangerouslyUnencryptedOrigin).toBe(origin);
  });
});

test('E10 a redirect of the exchange is an ending, and nothing is sent twice', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const transport = fakeTransport(answerOf(status, '', { location: 'https://elsewhere.test/' }));
    const error = await ending(exchange(transport));
    expect(error.code).toBe('redirect_refused');
    expect(JSON.stringify(error.facts)).not.toContain('elsewhere');
    expect(transport.seen).toHaveLength(1);
  }
});

test('E3 E4 its XML error ends clearly, with code, verifier, state and secret masked', async () => {
  const echo = 'Invalid authorization code: c/o+d e (verifier-1, state-of-this-try, a28e0ca4 s)';
  const error = await exchangeMeets(answerOf(400, xml('invalid_grant', echo)));
  expect(error).toMatchObject({
    code: 'code_refused',
    facts: { providerText: 'Invalid authorization code: ••• (•••, •••, •••)', host: 'teamserver.test:9090' },
  });
  expect((await exchangeMeets(answerOf(401, xml('invalid_client', 'Bad client')))).code).toBe('wrong_client');
  expect((await exchangeMeets(answerOf(404, { message: 'Not Found' }))).code).toBe('not_an_oauth_answer');
});

test('a state that its documents call optional is sent and has to come back all the same', async () => {
  const attempt = await authorizationAttempt(way, keys.clientId, { redirectUri, scopes: [] });
  expect(answerTo(attempt, way, 'code=abc')).toBeNull();
  expect(answerTo(attempt, way, `code=abc&state=${attempt.state!.reveal()}`)).toMatchObject({ kind: 'code' });
});
