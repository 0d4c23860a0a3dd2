import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { personalToken } from '../../../electron/oauth/personal-token.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import { bearerOf } from '../../../electron/oauth/tokens.ts';
import { providerViews } from '../../../electron/providers/registry.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { choosing, jwt, taskadeKeys, teamganttKeys, wayTo } from '../../support/ways.ts';

describe('a personal access token', () => {
  test.each([
    ['teamgantt', '4711|AbCdEf0123456789', { id: 4711 }],
    ['taskade', 'tskdp_AbCdEf0123456789', { handle: 'studio-ana' }],
  ])(
    'of %s goes as Bearer, whatever token its grants give the API, and nothing else is sent',
    async (id, pasted, me) => {
      const way = wayTo(id);
      const tokens = personalToken(way, new Secret(pasted), receivedAtMs);
      const bearer = bearerOf(way, tokens)!;
      expect(bearer.reveal()).toBe(pasted);
      const transport = fakeTransport(answerOf(200, me));
      const tested = await testConnection(transport, way, { bearer, scopesGranted: null });
      expect(tested.accountId).not.toBeNull();
      expect(transport.seen).toHaveLength(1);
      expect(transport.seen[0]).toMatchObject({ method: 'GET', body: null });
      expect(transport.seen[0]!.headers['authorization']).toBe(`Bearer ${pasted}`);
    },
  );

  test('of TeamGantt takes the place of the id_token, or of the access_token where that was chosen', () => {
    const token = new Secret('4711|x');
    expect(personalToken(wayTo('teamgantt'), token, 0)).toMatchObject({ idToken: token, accessToken: null });
    const other = choosing('teamgantt', { bearer: 'access_token' });
    expect(personalToken(other, token, 0)).toMatchObject({ idToken: null, accessToken: token });
    expect(bearerOf(other, personalToken(other, token, 0))).toBe(token);
  });

  test('brings no refresh token, and no end unless it says one itself: nothing is assumed of it', () => {
    const way = wayTo('taskade');
    expect(personalToken(way, new Secret('tskdp_x'), receivedAtMs)).toMatchObject({
      refreshToken: null,
      refreshTokenReturned: false,
      scopesGranted: null,
      expiresAtMs: null,
      expirySource: 'not_stated',
      issuedAtMs: receivedAtMs,
    });
    const withEnd = new Secret(jwt({ exp: receivedAtMs / 1000 + 86_400 }));
    expect(personalToken(way, withEnd, receivedAtMs)).toMatchObject({
      expiresAtMs: receivedAtMs + 86_400_000,
      expirySource: 'jwt_exp',
    });
  });

  test('is printed nowhere, and an echo of it is masked', async () => {
    const pasted = 'tskdp_very-secret';
    const tokens = personalToken(wayTo('taskade'), new Secret(pasted), receivedAtMs);
    expect(inspect(tokens, { depth: 9, showHidden: true }) + JSON.stringify(tokens)).not.toContain(pasted);
    const refusal = answerOf(401, { ok: false, code: 'UNAUTHORIZED', message: `Unknown token ${pasted}` });
    const input = { bearer: tokens.bearer, scopesGranted: null };
    const error = await ending(testConnection(fakeTransport(refusal), wayTo('taskade'), input));
    expect(error).toMatchObject({ code: 'token_refused', facts: { providerText: 'Unknown token •••' } });
  });

  test('is offered where one exists, with how it begins and how it is ended', () => {
    const offered = providerViews('en')
      .filter(({ ways }) => ways.some(({ grant }) => grant === 'personal_access_token'))
      .map(({ id, personalTokenBegins, revocation }) => [id, personalTokenBegins, revocation.insteadForPersonalToken]);
    expect(offered.map(([id, begins]) => [id, begins])).toEqual([
      ['teamgantt', null],
      ['taskade', 'tskdp_'],
      ['other', null],
    ]);
    for (const [, , instead] of offered) expect(instead).toMatch(/\w{3}/);
  });
});

describe('an existing refresh token that was pasted', () => {
  test('is exchanged as any other: TeamGantt’s stays, though none comes back', async () => {
    const pasted = new Secret('eyJ.five.part.opaque.token');
    const transport = fakeTransport(answerOf(200, { id_token: jwt({ exp: receivedAtMs / 1000 + 60 }) }));
    const { tokens } = await renewWithRefreshToken(transport, wayTo('teamgantt'), teamganttKeys, {
      refreshToken: pasted,
    });
    expect(tokens.refreshToken).toBe(pasted);
    expect(transport.seen[0]!.headers).not.toHaveProperty('authorization');
  });

  test('is not kept where another one comes', async () => {
    const transport = fakeTransport(answerOf(200, { access_token: 'a', refresh_token: 'r2' }));
    const { tokens } = await renewWithRefreshToken(transport, wayTo('taskade'), taskadeKeys, {
      refreshToken: new Secret('r1'),
    });
    expect(tokens.refreshToken?.reveal()).toBe('r2');
  });

  test('that is ended asks for another, with its echo masked', async () => {
    const refusal = answerOf(400, { error: 'invalid_grant', error_description: 'r1-secret has ended' });
    const sending = renewWithRefreshToken(fakeTransport(refusal), wayTo('taskade'), taskadeKeys, {
      refreshToken: new Secret('r1-secret'),
    });
    expect(await ending(sending)).toMatchObject({ code: 'sign_in_again', facts: { providerText: '••• has ended' } });
  });

  test('is a way wherever sign-ins are renewed by one, and nowhere else', () => {
    const withIt = providerViews('en').filter(({ ways }) => ways.some(({ grant }) => grant === 'refresh_token'));
    expect(withIt.map(({ id }) => id)).toEqual(['teamgantt', 'taskade', 'er-studio', 't-gate', 'other']);
  });
});
