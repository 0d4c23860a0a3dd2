// Over 300 lines: one table of cases for one subject.
import { describe, expect, test } from 'vitest';
import { registerClient } from '../../../electron/oauth/client-registration.ts';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider, tokenNeededToRevoke } from '../../../electron/oauth/revocation.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import type { HttpAnswer } from '../../../electron/oauth/transport.ts';
import type { ProviderWay } from '../../../electron/oauth/way.ts';
import { endpointsFor, profile, providerViews, registrationUrl } from '../../../electron/providers/registry.ts';
import { Secret } from '../../../electron/secret.ts';
import { checkedBaseUrl, mustBeAgreed, unencryptedOrigin } from '../../../electron/services/addresses.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { erStudioWay } from '../../support/ways.ts';

const way = erStudioWay();
const keys = { clientId: '6a2a39ba-1', clientSecret: new Secret('a28e0ca4 s') };
const person = { username: 'zoë@example.test', password: new Secret('p&ss wörd+1%') };
const tokens = { accessToken: new Secret('0f6c-access'), idToken: null, refreshToken: new Secret('77aa-refresh') };
const good = {
  access_token: '0f6c-access',
  token_type: 'bearer',
  refresh_token: '77aa-refresh',
  expires_in: 86_399,
  scope: 'read write',
};
const xml = (code: string, text: string): string =>
  `<oauth><error_description>${text}</error_description><error>${code}</error></oauth>`;
const plainHeaders = { accept: 'application/json', 'user-agent': 'Grantkeep' };
const register = (transport: ReturnType<typeof fakeTransport>, at: ProviderWay = way): Promise<void> =>
  registerClient(transport, at, {
    url: registrationUrl(profile('er-studio'), 'default', 'https://teamserver.test:9090'),
    shape: profile('er-studio').registration!,
    ...keys,
    name: 'Grantkeep',
    description: 'A vault.',
    redirectUri: null,
    platform: { nativeType: '4' },
  });

describe('E1 GET, everything in the query, no body and no Authorization', () => {
  test('E2 the sign-in is the documents’ vector, byte for byte', async () => {
    const transport = fakeTransport(answerOf(200, good));
    const { tokens: got } = await signInWithPassword(transport, way, keys, person);
    expect(got).toMatchObject({ scopesGranted: ['read', 'write'], refreshTokenReturned: true });
    expect(got.expiresAtMs).toBe(receivedAtMs + 86_399_000);
    expect(transport.seen).toEqual([
      {
        method: 'GET',
        url: 'https://teamserver.test:9090/api/oauth/token?username=zo%C3%AB%40example.test&password=p%26ss%20w%C3%B6rd%2B1%25&grant_type=password&client_id=6a2a39ba-1&client_secret=a28e0ca4%20s',
        headers: plainHeaders,
        body: null,
        timeLimitMs: 30_000,
      },
    ]);
  });

  test('and the renewal', async () => {
    const transport = fakeTransport(answerOf(200, { ...good, refresh_token: '88bb' }));
    await renewWithRefreshToken(transport, way, keys, { refreshToken: tokens.refreshToken });
    expect(transport.seen).toMatchObject([{ method: 'GET', body: null, headers: plainHeaders }]);
    expect(transport.seen[0]!.url).toBe(
      'https://teamserver.test:9090/api/oauth/token?refresh_token=77aa-refresh&grant_type=refresh_token&client_id=6a2a39ba-1&client_secret=a28e0ca4%20s',
    );
  });

  test('without expires_in a day is assumed', async () => {
    const silent = { ...good, expires_in: undefined };
    const { tokens: got } = await signInWithPassword(fakeTransport(answerOf(200, silent)), way, keys, person);
    expect(got).toMatchObject({ expirySource: 'assumed', expiresAtMs: receivedAtMs + 86_400_000 });
  });
});

test('E3 B13 no ending tells an address, a query or a path', async () => {
  const answers = [answerOf(400, xml('invalid_grant', 'Bad credentials')), answerOf(404, '<html></html>')];
  for (const answer of answers) {
    const error = await ending(signInWithPassword(fakeTransport(answer), way, keys, person));
    expect(error.facts.host).toBe('teamserver.test:9090');
    expect(JSON.stringify(error.facts)).not.toMatch(/api\/|p%26ss|p&ss|a28e0ca4|username=/);
  }
});

describe('E4 one clear ending for each look of an error, and echoes masked', () => {
  const cases: [string, HttpAnswer, string, string?][] = [
    ['JSON', answerOf(400, { error: 'invalid_grant', error_description: 'Bad credentials' }), 'wrong_password'],
    ['XML', answerOf(400, xml('invalid_grant', 'Bad credentials')), 'wrong_password', 'Bad credentials'],
    [
      'XML labelled JSON, echoing',
      answerOf(401, xml('invalid_client', 'Bad secret: a28e0ca4 s'), { 'content-type': 'application/json' }),
      'wrong_client',
      'Bad secret: •••',
    ],
    ['no token reached it', answerOf(401, xml('unauthorized', 'Full authentication is required')), 'wrong_client'],
    ['the third shape', answerOf(404, { message: 'Not Found', status: 404 }), 'not_an_oauth_answer'],
    ['a user who may not', answerOf(403, xml('access_denied', 'Access is denied')), 'grant_refused'],
    ['HTML', answerOf(200, '<html><body>Sign in</body></html>'), 'not_an_oauth_answer'],
    ['empty', answerOf(200, ''), 'not_an_oauth_answer'],
    [
      'a DTD',
      answerOf(400, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml('a', '&e;')}`),
      'not_an_oauth_answer',
    ],
    ['commented JSON of the documents', answerOf(200, '{ // Token\n "access_token": "x" }'), 'not_an_oauth_answer'],
  ];
  test.each(cases)('%s', async (_name, answer, code, words) => {
    const error = await ending(signInWithPassword(fakeTransport(answer), way, keys, person));
    expect(error.code).toBe(code);
    if (words !== undefined) expect(error.facts.providerText).toBe(words);
  });

  test('a test call: the echoed access token is masked', async () => {
    const transport = fakeTransport(answerOf(401, xml('invalid_token', 'Invalid access token: 0f6c-access')));
    const error = await ending(testConnection(transport, way, { bearer: tokens.accessToken, scopesGranted: null }));
    expect(error).toMatchObject({ code: 'token_refused', facts: { providerText: 'Invalid access token: •••' } });
    expect(transport.seen[0]!.url).toBe('https://teamserver.test:9090/api/v1/people?access_token=0f6c-access');
  });

  test('a test call: the people, or it is not Team Server', async () => {
    const ask = (answer: HttpAnswer) =>
      testConnection(fakeTransport(answer), way, { bearer: tokens.accessToken, scopesGranted: null });
    // The list is the server's, not the person's: nobody is named by it.
    expect(await ask(answerOf(200, { metadata_: {}, people: [{ id: 1, userName: 'admin' }] }))).toMatchObject({
      accountId: null,
      accountName: null,
    });
    expect((await ending(ask(answerOf(200, '<html></html>')))).code).toBe('test_wrong_answer');
    expect((await ending(ask(answerOf(400, { message: 'x', status: 400 })))).code).toBe('request_refused');
  });
});

test('E5 B16 every call asks for JSON', async () => {
  const transport = fakeTransport(
    answerOf(200, good),
    answerOf(200, good),
    answerOf(200, { people: [1] }),
    answerOf(200, 'revoke'),
    answerOf(200, { clientId: keys.clientId }),
  );
  await signInWithPassword(transport, way, keys, person);
  await renewWithRefreshToken(transport, way, keys, { refreshToken: tokens.refreshToken });
  await testConnection(transport, way, { bearer: tokens.accessToken, scopesGranted: null });
  await revokeAtProvider(transport, way, keys, tokens);
  await register(transport);
  for (const { headers } of transport.seen) {
    expect(headers['accept']).toBe('application/json');
    expect(headers).not.toHaveProperty('authorization');
  }
});

describe('E6 the server’s address', () => {
  test.each([
    ['https://models.firm.example', 'https://models.firm.example'],
    ['  HTTPS://Models.Firm.Example:8443/ ', 'https://models.firm.example:8443'],
    ['http://10.0.0.7:9090/team/server//', 'http://10.0.0.7:9090/team/server'],
  ])('%s is taken', (typed, base) => {
    expect(checkedBaseUrl(typed)).toBe(base);
    expect(endpointsFor(profile('er-studio'), 'default', base).map(({ url }) => url)).toEqual([
      `${base}/api/oauth/authorize`,
      `${base}/api/oauth/token`,
      `${base}/api/revoketoken`,
      `${base}/api/v1/people`,
    ]);
  });

  test.each([
    '',
    'models.firm.example',
    'ftp://models.firm.example',
    'https://user:pass@models.firm.example',
    'https://models.firm.example/#x',
    'https://models.firm.example/?x=1',
    'https://models.firm.example/?',
    'https://models.firm\n.example',
  ])('%j is refused, at its field', (typed) => {
    expect(() => checkedBaseUrl(typed)).toThrow(expect.objectContaining({ code: 'address_invalid' }));
    try {
      checkedBaseUrl(typed);
    } catch (thrown) {
      expect(thrown).toMatchObject({ facts: { field: 'baseUrl' } });
    }
  });

  test('without it nothing is made, and nothing is guessed', () => {
    expect(endpointsFor(profile('er-studio'), 'default').every(({ url }) => url === null)).toBe(true);
    expect(registrationUrl(profile('er-studio'), 'default', null)).toBeNull();
    expect(registrationUrl(profile('teamgantt'), 'default', 'https://x.example')).toBeNull();
  });
});

describe('E7 http beyond this computer', () => {
  const origin = 'http://teamserver.test:9090';
  const sendAll = (at: ProviderWay, transport: ReturnType<typeof fakeTransport>) => [
    () => signInWithPassword(transport, at, keys, person),
    () => renewWithRefreshToken(transport, at, keys, { refreshToken: tokens.refreshToken }),
    () => testConnection(transport, at, { bearer: tokens.accessToken, scopesGranted: null }),
    () => revokeAtProvider(transport, at, keys, tokens),
  ];

  test('is refused before sending, also with a consent for another origin', async () => {
    for (const consent of [
      undefined,
      'http://teamserver.test',
      'http://other.test:9090',
      'https://teamserver.test:9090',
    ]) {
      const transport = fakeTransport();
      const at = erStudioWay(origin, consent === undefined ? undefined : { origin: consent });
      for (const send of sendAll(at, transport)) expect((await ending(send())).code).toBe('address_insecure');
      expect(transport.seen).toEqual([]);
    }
  });

  test('is sent with the consent for that very origin, and every request names it', async () => {
    const transport = fakeTransport(
      answerOf(200, good),
      answerOf(200, good),
      answerOf(200, { people: [1] }),
      answerOf(200, 'revoke'),
    );
    for (const send of sendAll(erStudioWay(origin, { origin }), transport)) await send();
    expect(transport.seen.map((seen) => seen.dangerouslyUnencryptedOrigin)).toEqual([origin, origin, origin, origin]);
  });

  test('https and this computer need none and carry none', async () => {
    for (const base of ['https://teamserver.test', 'http://127.0.0.1:9090', 'http://localhost:1']) {
      expect(unencryptedOrigin(base)).toBeNull();
      const transport = fakeTransport(answerOf(200, good));
      await signInWithPassword(transport, erStudioWay(base, { origin }), keys, person);
      expect(transport.seen[0]).not.toHaveProperty('dangerouslyUnencryptedOrigin');
    }
    expect(unencryptedOrigin('http://10.0.0.7:9090/x')).toBe('http://10.0.0.7:9090');
    expect(() => mustBeAgreed(origin, null)).toThrow('address_insecure');
    expect(() => mustBeAgreed(origin, origin)).not.toThrow();
  });
});

describe('E8 a renewal', () => {
  test('stores the refresh token that came, and keeps the old one when none does', async () => {
    const renew = (answer: unknown) =>
      renewWithRefreshToken(fakeTransport(answerOf(200, answer)), way, keys, { refreshToken: tokens.refreshToken });
    expect((await renew({ ...good, refresh_token: '88bb' })).tokens.refreshToken?.reveal()).toBe('88bb');
    const none = { ...good, refresh_token: undefined };
    expect((await renew(none)).tokens.refreshToken).toBe(tokens.refreshToken);
  });

  test.each([
    [400, 'invalid_grant', 'Invalid refresh token: 77aa-refresh'],
    [401, 'invalid_token', 'Invalid refresh token (expired): 77aa-refresh'],
  ])('a %i %s needs a person, with the echo masked', async (status, code, text) => {
    const transport = fakeTransport(answerOf(status, xml(code, text)));
    const error = await ending(renewWithRefreshToken(transport, way, keys, { refreshToken: tokens.refreshToken }));
    expect(error.code).toBe('sign_in_again');
    expect(error.facts.providerText).toBe(text.replace('77aa-refresh', '•••'));
  });
});

describe('E9 revoking', () => {
  test('is DELETE with the access token in the path, and the word that means yes', async () => {
    const said = fakeTransport(answerOf(200, ' Revoke\n', { 'content-type': 'TEXT/PLAIN' }));
    await revokeAtProvider(said, way, keys, { ...tokens, accessToken: new Secret('0f/6c?x') });
    expect(said.seen).toMatchObject([
      { method: 'DELETE', url: 'https://teamserver.test:9090/api/revoketoken/0f%2F6c%3Fx', body: null },
    ]);
    for (const other of ['ok', '', '<html></html>', { ok: true }]) {
      const error = await ending(revokeAtProvider(fakeTransport(answerOf(200, other)), way, keys, tokens));
      expect(['revoke_refused', 'not_an_oauth_answer']).toContain(error.code);
    }
    expect((await ending(revokeAtProvider(fakeTransport(answerOf(400, 'revoke')), way, keys, tokens))).code).toBe(
      'revoke_refused',
    );
    expect(tokenNeededToRevoke(way)).toEqual({ token: 'accessToken', mustBeValid: false });
  });

  test('reaches this access token only, and the window is told so', () => {
    expect(providerViews('en').find(({ id }) => id === 'er-studio')!.revocation.reach).toBe('this_access_token');
  });
});

test('E10 a redirect of any call is an ending', async () => {
  const moved = answerOf(302, '', { location: 'https://elsewhere.test/' });
  expect((await ending(signInWithPassword(fakeTransport(moved), way, keys, person))).code).toBe('redirect_refused');
  expect((await ending(register(fakeTransport(moved)))).code).toBe('redirect_refused');
});

describe('E11 registering this vault', () => {
  test('is the documented call', async () => {
    const transport = fakeTransport(answerOf(200, { clientId: keys.clientId, type: 'Client', url: '/v1/clients/1' }));
    await register(transport);
    expect(transport.seen).toMatchObject([{ method: 'POST', url: 'https://teamserver.test:9090/api/v1/clients' }]);
    expect(transport.seen[0]!.headers['content-type']).toBe('application/json');
    expect(JSON.parse(transport.seen[0]!.body!)).toEqual({
      clientId: '6a2a39ba-1',
      secret: 'a28e0ca4 s',
      name: 'Grantkeep',
      description: 'A vault.',
      clientType: '1',
      nativeType: '4',
    });
  });

  test.each([
    ['a field is missing', answerOf(400, { message: 'home field is required', status: 400 }), 'registration_refused'],
    ['a token is wanted', answerOf(401, xml('unauthorized', 'Full authentication…')), 'registration_refused'],
    ['an empty refusal', answerOf(403, ''), 'registration_refused'],
    ['an error with a 200', answerOf(200, { error: 'x' }), 'registration_refused'],
    ['another path', answerOf(404, { message: 'Not Found', status: 404 }), 'registration_wrong_answer'],
    ['a page', answerOf(200, '<html></html>'), 'registration_wrong_answer'],
    ['an empty yes', answerOf(200, ''), 'registration_wrong_answer'],
    ['another app', answerOf(200, { clientId: 'other' }), 'registration_wrong_answer'],
    ['a proxy in between', answerOf(511, '<html></html>'), 'registration_wrong_answer'],
    ['a fault of its own', answerOf(500, ''), 'provider_failing'],
  ])('%s → its own ending', async (_name, answer, code) => {
    const error = await ending(register(fakeTransport(answer)));
    expect(error.code).toBe(code);
    if (code === 'registration_wrong_answer') expect(error.facts.field).toBe('baseUrl');
  });

  test('an echoed secret is masked, and plain http needs the consent here, too', async () => {
    const echo = fakeTransport(answerOf(400, { message: 'secret a28e0ca4 s is too short', status: 400 }));
    expect((await ending(register(echo))).facts.providerText).toBe('secret ••• is too short');
    const transport = fakeTransport();
    const error = await ending(
      registerClient(transport, erStudioWay(), {
        url: 'http://teamserver.test/api/v1/clients',
        shape: profile('er-studio').registration!,
        ...keys,
        name: 'x',
        description: 'x',
        redirectUri: null,
        platform: {},
      }),
    );
    expect(error).toMatchObject({ code: 'address_insecure', facts: { field: 'baseUrl' } });
    expect(transport.seen).toEqual([]);
  });
});
