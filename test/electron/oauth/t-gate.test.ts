import { describe, expect, test } from 'vitest';
import { answerTo } from '../../../electron/oauth/authorization-answer.ts';
import { exchangeCode } from '../../../electron/oauth/authorization-code-grant.ts';
import { authorizationAttempt } from '../../../electron/oauth/authorization-request.ts';
import { readPasted } from '../../../electron/oauth/pasted-answer.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import { wayOf } from '../../../electron/providers/way.ts';
import { endpointsFor, profile, providerViews } from '../../../electron/providers/registry.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { tGateKeys, tGateWay } from '../../support/ways.ts';

const redirectUri = 'https://partner.example/tgate/callback';
const way = tGateWay();
const basic = 'Basic dGdhdGUtYXBwLTk6cmVzdGF1cmFudCBzZWNyZXQ=';
const good = { access_token: 'a1', refresh_token: 'r1' };
const refreshToken = new Secret('r1');
const exchange = (transport: ReturnType<typeof fakeTransport>, at = way, to = redirectUri) =>
  exchangeCode(transport, at, tGateKeys, { code: new Secret('9fQ/+='), redirectUri: to, verifier: null });
const renew = (transport: ReturnType<typeof fakeTransport>, at = way) =>
  renewWithRefreshToken(transport, at, tGateKeys, { refreshToken });

describe('G1 the keys go in a Basic header on both grants', () => {
  test('which is the documents’ vector, and never in the body', async () => {
    const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
    await exchange(transport);
    await renew(transport);
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://api.t-gate.test/oauth/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: basic,
        },
        body: 'code=9fQ%2F%2B%3D&redirect_uri=https%3A%2F%2Fpartner.example%2Ftgate%2Fcallback&grant_type=authorization_code',
        timeLimitMs: 30_000,
      },
      {
        method: 'POST',
        url: 'https://api.t-gate.test/oauth/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: basic,
        },
        body: 'refresh_token=r1&redirect_uri=https%3A%2F%2Fpartner.example%2Ftgate%2Fcallback&grant_type=refresh_token',
        timeLimitMs: 15_000,
      },
    ]);
  });

  test('also in JSON', async () => {
    const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
    const inJson = tGateWay(redirectUri, { encoding: 'json' });
    await exchange(transport, inJson);
    await renew(transport, inJson);
    for (const { headers, body } of transport.seen) {
      expect(headers['authorization']).toBe(basic);
      expect(body).not.toMatch(/client_id|client_secret|restaurant/);
    }
  });

  test('and without a secret nothing is sent', async () => {
    const transport = fakeTransport();
    const keys = { clientId: 'tgate-app-9', clientSecret: null };
    const input = { code: new Secret('c'), redirectUri, verifier: null };
    expect(await ending(exchangeCode(transport, way, keys, input))).toMatchObject({
      code: 'field_missing',
      facts: { field: 'clientSecret' },
    });
    expect(transport.seen).toEqual([]);
  });
});

test.each([
  redirectUri,
  `${redirectUri}/`,
  'https://partner.example',
  'https://PARTNER.example:443/A/../%7etgate?x=%20+&y=ü',
  'http://127.0.0.1:20123/t-gate/0123456789abcdef0123456789abcdef',
])('G2 B5 redirect_uri goes out byte for byte with the code and with a renewal: %s', async (registered) => {
  for (const encoding of ['form', 'json']) {
    const at = tGateWay(registered, { encoding });
    const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
    await exchange(transport, at, registered);
    await renew(transport, at);
    for (const { body } of transport.seen) {
      const sent =
        encoding === 'form'
          ? new URLSearchParams(body!).get('redirect_uri')
          : (JSON.parse(body!) as Record<string, unknown>)['redirect_uri'];
      expect(sent).toBe(registered);
    }
  }
});

test('G2 a renewal leaves it out where that was chosen, or where none is registered', async () => {
  const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
  await renew(transport, tGateWay(redirectUri, { renewal_redirect: 'not_sent' }));
  await renew(transport, tGateWay(null));
  for (const { body } of transport.seen) expect(body).toBe('refresh_token=r1&grant_type=refresh_token');
});

describe('G3 what a person pastes', () => {
  const read = (pasted: string): unknown => {
    const given = readPasted(pasted, redirectUri);
    if (given.kind === 'code') return given.code.reveal();
    const answer = answerTo({ state: null }, way, given.query);
    return answer?.kind === 'code' ? answer.code.reveal() : answer?.error.code;
  };

  test('the full address and the bare code give the same code', () => {
    expect(read(`${redirectUri}?code=9fQ&company=7`)).toBe('9fQ');
    expect(read('9fQ')).toBe('9fQ');
  });

  test('an error in the address is shown', () => {
    expect(read(`${redirectUri}?error=access_denied`)).toBe('sign_in_declined');
  });

  test('another host is refused with both named', () => {
    expect(() => read('https://evil.example/tgate/callback?code=9fQ')).toThrow(
      expect.objectContaining({
        code: 'pasted_elsewhere',
        facts: { field: 'redirectUri', host: 'evil.example', name: 'partner.example' },
      }),
    );
  });
});

test('G4 a code lives ten minutes, and the window is told so', () => {
  expect(way.authorization?.codeSeconds).toBe(600);
  expect(providerViews('en').find(({ id }) => id === 't-gate')!.browser).toMatchObject({
    startedBy: 'provider',
    codeSeconds: 600,
  });
});

test.each([
  [{}, 7_200_000, 'assumed'],
  [{ expires_in: null }, 7_200_000, 'assumed'],
  [{ expires_in: 60 }, 60_000, 'expires_in'],
  [{ expires_in: '60' }, 60_000, 'expires_in'],
])('G5 with %j the access token lives so long', async (more, lifeMs, expirySource) => {
  for (const send of [exchange, renew]) {
    const { tokens } = await send(fakeTransport(answerOf(200, { ...good, ...more })));
    expect(tokens).toMatchObject({ expiresAtMs: receivedAtMs + lifeMs, expirySource });
  }
});

test('G6 B18 a renewal without a refresh token keeps the old one; one that comes replaces it in the same answer', async () => {
  const kept = await renew(fakeTransport(answerOf(200, { access_token: 'a2' })));
  expect(kept.tokens.refreshToken).toBe(refreshToken);
  expect(kept.tokens.refreshTokenReturned).toBe(false);
  const rotated = await renew(fakeTransport(answerOf(200, { access_token: 'a3', refresh_token: 'r3' })));
  expect([rotated.tokens.bearer.reveal(), rotated.tokens.refreshToken?.reveal()]).toEqual(['a3', 'r3']);
});

describe('G7 nobody published its addresses', () => {
  const bare = wayOf(profile('t-gate'), { endpoints: endpointsFor(profile('t-gate'), 'default'), redirectUri });

  test('so none is there until it is typed in, each marked as such', () => {
    expect(new Set(Object.values(bare.addresses))).toEqual(new Set([null]));
    const { endpoints } = providerViews('en').find(({ id }) => id === 't-gate')!;
    for (const { urls, note } of endpoints) {
      expect(Object.values(urls)).toEqual([null]);
      expect(note).not.toBeNull();
    }
  });

  test('and nothing is sent to a guessed host: the missing field is named', async () => {
    const transport = fakeTransport();
    const token = { code: 'address_missing', facts: { field: 'tokenEndpoint', name: 'T-Gate' } };
    expect(await ending(exchange(transport, bare))).toMatchObject(token);
    expect(await ending(renew(transport, bare))).toMatchObject(token);
    const tested = testConnection(transport, bare, { bearer: new Secret('a1'), scopesGranted: null });
    expect(await ending(tested)).toMatchObject({ code: 'address_missing', facts: { field: 'testEndpoint' } });
    expect(transport.seen).toEqual([]);
  });

  test('any JSON of the typed test address will do, and a page will not', async () => {
    const ask = (answer: ReturnType<typeof answerOf>) =>
      testConnection(fakeTransport(answer), way, { bearer: new Secret('a1'), scopesGranted: null });
    await expect(ask(answerOf(200, { items: [] }))).resolves.toMatchObject({ accountId: null });
    await expect(ask(answerOf(200, [{ id: 1 }]))).resolves.toMatchObject({ status: 200 });
    for (const body of ['<html></html>', '', 'OK', '[not json']) {
      expect((await ending(ask(answerOf(200, body)))).code).toBe('test_wrong_answer');
    }
  });
});

test('G9 switching the encoding changes Content-Type and body together', async () => {
  const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
  for (const encoding of ['form', 'json']) await renew(transport, tGateWay(redirectUri, { encoding }));
  expect(transport.seen.map(({ headers }) => headers['content-type'])).toEqual([
    'application/x-www-form-urlencoded',
    'application/json',
  ]);
  const [form, json] = transport.seen;
  const members = { grant_type: 'refresh_token', refresh_token: 'r1', redirect_uri: redirectUri };
  expect(Object.fromEntries(new URLSearchParams(form!.body!))).toEqual(members);
  expect(JSON.parse(json!.body!)).toEqual(members);
});

test('the company begins at T-Gate, so no link of ours is made and no PKCE is sent', async () => {
  expect(await authorizationAttempt(way, 'tgate-app-9', { redirectUri, scopes: [] })).toMatchObject({
    url: null,
    verifier: null,
  });
  const transport = fakeTransport(answerOf(200, good));
  await exchange(transport);
  expect(transport.seen[0]!.body).not.toMatch(/code_verifier|state/);
});

test.each([
  ['a code of ten minutes and more', answerOf(400, { message: 'invalid code' }), 'code_refused'],
  ['the same as a 422', answerOf(422, { message: 'invalid code' }), 'code_refused'],
  ['an empty 400', answerOf(400, ''), 'code_refused'],
  ['wrong keys', answerOf(401, { message: 'Unauthorized' }), 'wrong_client'],
  ['invalid_grant', answerOf(400, { error: 'invalid_grant' }), 'code_refused'],
])('%s is told for what it is', async (_name, answer, code) => {
  expect((await ending(exchange(fakeTransport(answer)))).code).toBe(code);
});
