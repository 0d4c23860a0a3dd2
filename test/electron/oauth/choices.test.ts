import { describe, expect, test } from 'vitest';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../../electron/oauth/revocation.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import { bearerOf } from '../../../electron/oauth/tokens.ts';
import { profile, profiles } from '../../../electron/providers/registry.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { choosing, jwt, teamganttKeys } from '../../support/ways.ts';

const idToken = jwt({ exp: receivedAtMs / 1000 + 3600, typ: 'id' });
const accessToken = jwt({ exp: receivedAtMs / 1000 + 1200, typ: 'access' });
const person = { username: 'pm@firm.example', password: new Secret('p') };
const refreshToken = new Secret('rt1');

describe('T1 TeamGantt: "bearer comes from"', () => {
  const answer = answerOf(200, { id_token: idToken, access_token: accessToken, refresh_token: 'rt1' });
  test.each([
    [{}, idToken, 3_600_000],
    [{ bearer: 'id_token' }, idToken, 3_600_000],
    [{ bearer: 'access_token' }, accessToken, 1_200_000],
  ])(
    '%j: that token is the bearer, at once and as stored, and its own exp is its end',
    async (chosen, token, lifeMs) => {
      const way = choosing('teamgantt', chosen);
      const { tokens } = await signInWithPassword(fakeTransport(answer), way, teamganttKeys, person);
      expect(tokens.bearer.reveal()).toBe(token);
      expect(bearerOf(way, tokens)?.reveal()).toBe(token);
      expect(tokens).toMatchObject({ expiresAtMs: receivedAtMs + lifeMs, expirySource: 'jwt_exp' });
      const transport = fakeTransport(answerOf(200, { id: 1 }));
      await testConnection(transport, way, { bearer: tokens.bearer, scopesGranted: null });
      expect(transport.seen[0]!.headers['authorization']).toBe(`Bearer ${token}`);
    },
  );

  test('with the access_token chosen, an answer without one is no good, though an id_token came', async () => {
    const transport = fakeTransport(answerOf(200, { id_token: idToken }));
    const way = choosing('teamgantt', { bearer: 'access_token' });
    const error = await ending(renewWithRefreshToken(transport, way, teamganttKeys, { refreshToken }));
    expect(error).toMatchObject({ code: 'bearer_missing', facts: { membersSeen: ['id_token'] } });
  });
});

test.each([
  [{}, undefined],
  [{ renewal_keys: 'none' }, undefined],
  [{ renewal_keys: 'sent' }, 'Basic dGctN2MxZTphIGIvYytkPQ=='],
])('T4 TeamGantt: keys with a renewal %j', async (chosen, authorization) => {
  const transport = fakeTransport(answerOf(200, { id_token: idToken }));
  await renewWithRefreshToken(transport, choosing('teamgantt', chosen), teamganttKeys, { refreshToken });
  expect(transport.seen[0]!.headers['authorization']).toBe(authorization);
  expect(transport.seen[0]!.body).toBe('refresh_token=rt1&grant_type=refresh_token');
});

test.each([
  [{}, 'token=at1'],
  [{ revocation_parameter: 'access_token' }, 'access_token=at1'],
])('T7 TeamGantt: name of the parameter for revoking %j', async (chosen, body) => {
  const transport = fakeTransport(answerOf(200, ''));
  const tokens = { accessToken: new Secret('at1'), idToken: null, refreshToken };
  await revokeAtProvider(transport, choosing('teamgantt', chosen), teamganttKeys, tokens);
  expect(transport.seen[0]!.body).toBe(body);
});

test.each([
  [{}, 'https://teamserver.test:9090/api/v1/people?access_token=0f6c', undefined],
  [{ presentation: 'header' }, 'https://teamserver.test:9090/api/v1/people', 'Bearer 0f6c'],
])('ER/Studio: how the API is given the token %j', async (chosen, url, authorization) => {
  const transport = fakeTransport(answerOf(200, { people: [1] }));
  await testConnection(transport, choosing('er-studio', chosen), { bearer: new Secret('0f6c'), scopesGranted: null });
  expect(transport.seen[0]!.url).toBe(url);
  expect(transport.seen[0]!.headers['authorization']).toBe(authorization);
});

/** Every way to choose at a provider, each corner with each of its values. */
function combinations(providerId: string): Record<string, string>[] {
  return profile(providerId).choices.reduce<Record<string, string>[]>(
    (all, { id, values }) => all.flatMap((chosen) => values.map((value) => ({ ...chosen, [id]: value.id }))),
    [{}],
  );
}

describe.each(profiles().map(({ id }) => id))('what can be chosen at %s', (providerId) => {
  const usual = choosing(providerId, {});

  test('B31 moves no address, no issuer and no redirect address, whatever is chosen', () => {
    const all = combinations(providerId);
    expect(all.length).toBeGreaterThanOrEqual(1);
    for (const chosen of all) {
      const way = choosing(providerId, chosen);
      expect(way.addresses).toEqual(usual.addresses);
      expect([way.issuer, way.redirectUri, way.dangerouslyUnencryptedOrigin]).toEqual([null, null, null]);
      expect(way.authorization).toEqual(usual.authorization);
      expect(Object.keys(way.grants)).toEqual(Object.keys(usual.grants));
      expect(way.tests).toEqual(usual.tests);
    }
  });

  test('has the first value as its usual one, and that is what the profile says without it', () => {
    const firsts = Object.fromEntries(profile(providerId).choices.map(({ id, values }) => [id, values[0]!.id]));
    expect(choosing(providerId, firsts)).toEqual(usual);
    expect(usual.answer.bearer).toBe(profile(providerId).answer.bearer.field);
  });

  test('falls back to the usual where the choice or its value is unknown', () => {
    const known = profile(providerId).choices.map(({ id }) => [id, 'no_such_value'] as const);
    const odd = { no_such_choice: 'x', ['__proto__']: 'x', constructor: 'x', ...Object.fromEntries(known) };
    expect(choosing(providerId, odd)).toEqual(usual);
  });
});
