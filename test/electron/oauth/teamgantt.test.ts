import { describe, expect, test } from 'vitest';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider, tokenNeededToRevoke } from '../../../electron/oauth/revocation.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import { bearerOf } from '../../../electron/oauth/tokens.ts';
import type { ProviderWay } from '../../../electron/oauth/way.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { jwt, teamganttKeys, wayTo } from '../../support/ways.ts';

const way = wayTo('teamgantt');
const basic = 'Basic dGctN2MxZTphIGIvYytkPQ==';
const person = { username: 'pm@firm.example', password: new Secret('p&ss 1') };
const idToken = jwt({ exp: receivedAtMs / 1000 + 3600, n: 1 });
const first = { id_token: idToken, refresh_token: 'eyJrt1', access_token: 'eyJat1', expires_in: 900 };
const refreshToken = new Secret('eyJrt1');

describe('T1 the bearer is the id_token', () => {
  test('of the answer, and of what is stored', async () => {
    const { tokens } = await signInWithPassword(fakeTransport(answerOf(200, first)), way, teamganttKeys, person);
    expect(tokens.bearer.reveal()).toBe(idToken);
    expect(tokens.accessToken?.reveal()).toBe('eyJat1');
    expect(bearerOf(way, tokens)?.reveal()).toBe(idToken);
  });

  test('and the test call sends it', async () => {
    const transport = fakeTransport(answerOf(200, { id: 4711, companies: [{ id: 99 }] }));
    const tested = await testConnection(transport, way, { bearer: new Secret(idToken), scopesGranted: null });
    expect(tested).toMatchObject({ status: 200, accountId: '4711', accountName: null });
    expect(transport.seen).toEqual([
      expect.objectContaining({ method: 'GET', url: 'https://api.teamgantt.com/v1/current_user', body: null }),
    ]);
    expect(transport.seen[0]!.headers).toMatchObject({
      authorization: `Bearer ${idToken}`,
      accept: 'application/json',
    });
  });

  test('an answer with an access_token and no id_token is no good, and says which names came', async () => {
    const error = await ending(
      signInWithPassword(
        fakeTransport(answerOf(200, { access_token: 'eyJat1', refresh_token: 'eyJrt1' })),
        way,
        teamganttKeys,
        person,
      ),
    );
    expect(error.code).toBe('bearer_missing');
    expect(error.facts).toEqual({
      status: 200,
      host: 'auth.teamgantt.com',
      contentType: 'application/json',
      name: 'TeamGantt',
      membersSeen: ['access_token', 'refresh_token'],
    });
  });

  test('a profile that says access_token takes that', async () => {
    const other: ProviderWay = { ...way, answer: { ...way.answer, bearer: 'access_token' } };
    const { tokens } = await signInWithPassword(fakeTransport(answerOf(200, first)), other, teamganttKeys, person);
    expect(tokens.bearer.reveal()).toBe('eyJat1');
  });
});

describe('T2 a renewal without a refresh token keeps the old one', () => {
  test.each([{}, { refresh_token: '' }, { refresh_token: null }])(
    'the very same, when the answer has %j',
    async (more) => {
      const transport = fakeTransport(answerOf(200, { id_token: idToken, access_token: 'eyJat2', ...more }));
      const { tokens } = await renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken });
      expect(tokens.refreshToken).toBe(refreshToken);
      expect(tokens.refreshTokenReturned).toBe(false);
    },
  );

  test('and one that comes takes its place', async () => {
    const transport = fakeTransport(
      answerOf(200, { id_token: idToken, access_token: 'eyJat2', refresh_token: 'eyJrt2' }),
    );
    const { tokens } = await renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken });
    expect(tokens.refreshToken?.reveal()).toBe('eyJrt2');
    expect(tokens.refreshTokenReturned).toBe(true);
  });

  test('an answer with the id_token alone is enough', async () => {
    const transport = fakeTransport(answerOf(200, { id_token: idToken }));
    const { tokens } = await renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken });
    expect(tokens.bearer.reveal()).toBe(idToken);
    expect(tokens.accessToken).toBeNull();
  });
});

describe('T3 B13 Basic is base64 of the raw id:secret', () => {
  test('on the password grant, which is exactly the documented request', async () => {
    const transport = fakeTransport(answerOf(200, first));
    await signInWithPassword(transport, way, teamganttKeys, person);
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://auth.teamgantt.com/oauth2/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: basic,
        },
        body: 'username=pm%40firm.example&password=p%26ss+1&grant_type=password',
        timeLimitMs: 30_000,
      },
    ]);
  });

  test('without a secret nothing is sent', async () => {
    const transport = fakeTransport();
    const error = await ending(signInWithPassword(transport, way, { clientId: 'tg-7c1e', clientSecret: null }, person));
    expect(error).toMatchObject({ code: 'field_missing', facts: { field: 'clientSecret' } });
    expect(transport.seen).toEqual([]);
  });
});

describe('T4 a renewal sends no client authentication', () => {
  test('no header, no client ID, no secret: three parameters less than a sign-in', async () => {
    const transport = fakeTransport(answerOf(200, { id_token: idToken, access_token: 'eyJat2' }));
    await renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken });
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://auth.teamgantt.com/oauth2/token',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'refresh_token=eyJrt1&grant_type=refresh_token',
        timeLimitMs: 15_000,
      },
    ]);
  });

  test('it works with no keys at all, and a way that asks for them sends them', async () => {
    const good = answerOf(200, { id_token: idToken });
    const keyless = { clientId: '', clientSecret: null };
    await expect(renewWithRefreshToken(fakeTransport(good), way, keyless, { refreshToken })).resolves.toBeDefined();
    if (way.renewal.by !== 'refresh_token') throw new Error('not TeamGantt');
    const withKeys: ProviderWay = {
      ...way,
      renewal: { ...way.renewal, request: { ...way.renewal.request, clientAuthentication: 'basic_raw' } },
    };
    const transport = fakeTransport(good);
    await renewWithRefreshToken(transport, withKeys, teamganttKeys, { refreshToken });
    expect(transport.seen[0]!.headers['authorization']).toBe(basic);
  });
});

test.each(['p&ss 1', 'a+b%20c=d', 'zoë…🔑', ' leading and trailing ', '100%', '&=;?#/\\"\'', 'tab\tnew\nline'])(
  'T5 the password %j arrives intact after form decoding',
  async (password) => {
    const transport = fakeTransport(answerOf(200, first));
    await signInWithPassword(transport, way, teamganttKeys, {
      username: 'zoë+x@firm.example',
      password: new Secret(password),
    });
    const form = new URLSearchParams(transport.seen[0]!.body!);
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'password', username: 'zoë+x@firm.example', password });
  },
);

describe('T6 the end comes from the id_token, then from expires_in, then it is assumed', () => {
  const at = async (members: Record<string, unknown>): Promise<[number | null, string]> => {
    const { tokens } = await signInWithPassword(fakeTransport(answerOf(200, members)), way, teamganttKeys, person);
    expect(tokens.issuedAtMs).toBe(receivedAtMs);
    return [tokens.expiresAtMs === null ? null : tokens.expiresAtMs - receivedAtMs, tokens.expirySource];
  };

  test('exp wins over expires_in', async () => expect(await at(first)).toEqual([3_600_000, 'jwt_exp']));
  test('without exp, expires_in counts from receipt', async () => {
    expect(await at({ ...first, id_token: jwt({ sub: 'x' }) })).toEqual([900_000, 'expires_in']);
    expect(await at({ ...first, id_token: 'opaque', expires_in: '900' })).toEqual([900_000, 'expires_in']);
  });
  test.each([undefined, null, 0, -1, 'soon', '', {}, Number.MAX_VALUE, '1e999'])(
    'without either (expires_in %j) an hour is assumed and marked so',
    async (expires_in) => expect(await at({ id_token: 'opaque', expires_in })).toEqual([3_600_000, 'assumed']),
  );
  test('an exp that is no time is not one', async () => {
    for (const exp of [0, -5, 'soon', null, 1e300])
      expect(await at({ id_token: jwt({ exp }) })).toEqual([3_600_000, 'assumed']);
  });
  test('the new id_token’s exp takes the place of the old', async () => {
    const transport = fakeTransport(
      answerOf(200, { id_token: jwt({ exp: receivedAtMs / 1000 + 1234 }), expires_in: 3600 }),
    );
    const { tokens } = await renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken });
    expect(tokens.expiresAtMs).toBe(receivedAtMs + 1_234_000);
  });
});

describe('T7 revoking posts a valid access_token with client authentication', () => {
  const tokens = { accessToken: new Secret('eyJat2'), idToken: new Secret(idToken), refreshToken };

  test('the documented request, the parameter as the profile names it', async () => {
    const transport = fakeTransport(answerOf(200, ''));
    expect(await revokeAtProvider(transport, way, teamganttKeys, tokens)).toEqual({ status: 200, durationMs: 12 });
    expect(transport.seen).toEqual([
      {
        method: 'POST',
        url: 'https://auth.teamgantt.com/revoke',
        headers: {
          accept: 'application/json',
          'user-agent': 'Grantkeep',
          'content-type': 'application/x-www-form-urlencoded',
          authorization: basic,
        },
        body: 'token=eyJat2',
        timeLimitMs: 30_000,
      },
    ]);
    if (way.revocation.kind !== 'form_with_token') throw new Error('not TeamGantt');
    const renamed: ProviderWay = { ...way, revocation: { ...way.revocation, parameter: 'access_token' } };
    const other = fakeTransport(answerOf(200, ''));
    await revokeAtProvider(other, renamed, teamganttKeys, tokens);
    expect(other.seen[0]!.body).toBe('access_token=eyJat2');
  });

  test('says that it has to be a living access token, so that it is renewed first', () => {
    expect(tokenNeededToRevoke(way)).toEqual({ token: 'accessToken', mustBeValid: true });
  });

  test('without an access token, or an address, nothing is sent', async () => {
    const transport = fakeTransport();
    const none = { ...tokens, accessToken: null };
    expect((await ending(revokeAtProvider(transport, way, teamganttKeys, none))).code).toBe('nothing_to_revoke');
    const nowhere: ProviderWay = { ...way, addresses: { ...way.addresses, revocation: null } };
    expect(await ending(revokeAtProvider(transport, nowhere, teamganttKeys, tokens))).toMatchObject({
      code: 'address_missing',
      facts: { field: 'revocationEndpoint' },
    });
    expect(transport.seen).toEqual([]);
  });
});

describe('T8 a revocation that failed says so', () => {
  const tokens = { accessToken: new Secret('eyJat2-secret'), idToken: null, refreshToken };
  test.each([
    [answerOf(400, { error: 'invalid_request', error_description: 'bad token eyJat2-secret' }), 'revoke_refused'],
    [answerOf(401, { error: 'invalid_client' }), 'revoke_refused'],
    [answerOf(403, ''), 'revoke_refused'],
    [answerOf(200, { error: 'invalid_request' }), 'revoke_refused'],
    [answerOf(200, '<!doctype html><p>Welcome'), 'not_an_oauth_answer'],
    [answerOf(401, '<html>sign in to the network</html>'), 'not_an_oauth_answer'],
    [answerOf(429, '', { 'retry-after': '30' }), 'provider_busy'],
    [answerOf(503, ''), 'provider_failing'],
    [answerOf(302, '', { location: 'https://elsewhere.test' }), 'redirect_refused'],
  ])('%j → %s', async (given, code) => {
    const error = await ending(revokeAtProvider(fakeTransport(given), way, teamganttKeys, tokens));
    expect(error.code).toBe(code);
    expect(JSON.stringify(error.facts)).not.toContain('eyJat2-secret');
  });
});

test('T9 B4 the password is in the one request body and in nothing that comes back', async () => {
  const transport = fakeTransport(
    answerOf(400, { error: 'invalid_grant', error_description: 'no user with p&ss 1 (p%26ss+1)' }),
  );
  const error = await ending(signInWithPassword(transport, way, teamganttKeys, person));
  expect(error).toMatchObject({ code: 'wrong_password', facts: { field: 'password', providerCode: 'invalid_grant' } });
  expect(error.facts.providerText).toBe('no user with ••• (•••)');
  const { tokens } = await signInWithPassword(fakeTransport(answerOf(200, first)), way, teamganttKeys, person);
  expect(Object.values(tokens).some((value) => value instanceof Secret && value.reveal().includes('p&ss'))).toBe(false);
});
