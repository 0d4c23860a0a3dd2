import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import { authorizationAttempt, type AuthorizationAttempt } from '../../../electron/oauth/authorization-request.ts';
import type { ProviderWay } from '../../../electron/oauth/way.ts';
import { ending } from '../../support/ending.ts';
import { rfcWay, tGateWay, wayTo } from '../../support/ways.ts';

const redirectUri = 'http://127.0.0.1:53682/taskade';
const way = rfcWay();
const attemptAt = (at: ProviderWay, scopes: string[] = [], clientId = 'c-1'): Promise<AuthorizationAttempt> =>
  authorizationAttempt(at, clientId, { redirectUri, scopes });
const linkOf = (attempt: AuthorizationAttempt): URL => new URL(attempt.url!.reveal());
const authorizingAt = (authorization: string | null): ProviderWay => ({
  ...way,
  addresses: { ...way.addresses, authorization },
});
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier, 'ascii').digest('base64url');

describe('PKCE (RFC 7636)', () => {
  test('K1 the pair of appendix B comes out of what computes the challenge', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    expect(await calculatePKCECodeChallenge(verifier)).toBe(challenge);
    // The same reckoning without the library, which the links below are held against.
    expect(challengeOf(verifier)).toBe(challenge);
  });

  test('K1 B2 the link carries the S256 challenge of the attempt’s own verifier, and never the verifier', async () => {
    const attempt = await attemptAt(way);
    const link = linkOf(attempt);
    expect(link.searchParams.get('code_challenge')).toBe(challengeOf(attempt.verifier!.reveal()));
    expect(link.searchParams.get('code_challenge_method')).toBe('S256');
    expect(link.href).not.toContain(attempt.verifier!.reveal());
  });

  test('K1 B2 B3 the verifier is 43 characters of 32 bytes and the state 256 bits, each new in 1,000 tries', async () => {
    const attempts = await Promise.all(Array.from({ length: 1000 }, () => attemptAt(way)));
    const seen = new Set<string>();
    for (const { verifier, state } of attempts) {
      for (const secret of [verifier!.reveal(), state!.reveal()]) {
        expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
        seen.add(secret);
      }
    }
    expect(seen.size).toBe(2000);
    expect(new Set(attempts.map((attempt) => linkOf(attempt).searchParams.get('code_challenge'))).size).toBe(1000);
  }, 60_000);
});

describe('the link (RFC 6749 section 4.1.1)', () => {
  test('holds what the RFCs name and nothing else', async () => {
    const attempt = await attemptAt(way);
    const link = linkOf(attempt);
    expect(`${link.origin}${link.pathname}`).toBe('https://as.test/authorize');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'c-1',
      redirect_uri: redirectUri,
      state: attempt.state!.reveal(),
      code_challenge: challengeOf(attempt.verifier!.reveal()),
      code_challenge_method: 'S256',
    });
  });

  test('B5: asks for the scopes that were chosen, joined by spaces, and sends no empty parameter', async () => {
    expect(linkOf(await attemptAt(way, ['read', 'write'])).searchParams.get('scope')).toBe('read write');
    expect(linkOf(await attemptAt(way)).searchParams.has('scope')).toBe(false);
    expect([...linkOf(await attemptAt(wayTo('taskade'), ['read'])).searchParams.keys()]).not.toContain('scope');
  });

  test('keeps a query that the endpoint has of its own', async () => {
    const link = linkOf(await attemptAt(authorizingAt('https://as.test/authorize?tenant=a%20b&audience=x')));
    expect(link.searchParams.get('tenant')).toBe('a b');
    expect(link.searchParams.get('audience')).toBe('x');
    expect(link.searchParams.get('client_id')).toBe('c-1');
  });

  test.each([
    'https://as.test/authorize?client_id=evil',
    'https://as.test/authorize?client%5Fid=evil&client_id=evil2',
    'https://as.test/authorize?redirect_uri=https://evil.test/&state=known&code_challenge=known',
    'https://as.test/authorize?response_type=token&code_challenge_method=plain&response_type=id_token',
  ])('cannot be made to carry a second parameter of the protocol by %s', async (authorization) => {
    const attempt = await attemptAt(authorizingAt(authorization));
    const link = linkOf(attempt);
    const expected = {
      response_type: 'code',
      client_id: 'c-1',
      redirect_uri: redirectUri,
      state: attempt.state!.reveal(),
      code_challenge: challengeOf(attempt.verifier!.reveal()),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(expected)) expect(link.searchParams.getAll(name)).toEqual([value]);
    expect(link.href).not.toMatch(/evil|known/);
  });

  test('is not overridden by a provider’s fixed parameters', async () => {
    const extraParameters = { prompt: 'consent', client_id: 'evil', state: 'known', code_challenge_method: 'plain' };
    const at: ProviderWay = { ...way, authorization: { ...way.authorization!, extraParameters } };
    const link = linkOf(await attemptAt(at));
    expect(link.searchParams.get('prompt')).toBe('consent');
    expect(link.searchParams.get('client_id')).toBe('c-1');
    expect(link.searchParams.get('code_challenge_method')).toBe('S256');
    expect(link.searchParams.get('state')).not.toBe('known');
  });

  test.each([
    ['http://127.0.0.1:53682', 'as it is, without a slash'],
    ['http://127.0.0.1:53682/', 'with its slash'],
    ['http://127.0.0.1:53682/a%2Fb?x=1&y=%20+', 'with escapes and a query of its own'],
    ['http://127.0.0.1:53682/a/../b', 'with dots'],
    ['https://PARTNER.example:443/Tgate', 'with capitals and a port that says nothing'],
  ])('K3 the redirect address %s goes out %s', async (registered) => {
    const attempt = await authorizationAttempt(way, 'c-1', { redirectUri: registered, scopes: [] });
    expect(linkOf(attempt).searchParams.get('redirect_uri')).toBe(registered);
    expect(attempt.redirectUri).toBe(registered);
  });

  test('is a secret, as the state and the verifier are: none is seen in what is printed', async () => {
    const attempt = await attemptAt(way);
    const printed = inspect(attempt, { depth: 9, showHidden: true }) + JSON.stringify(attempt);
    for (const secret of [attempt.state!, attempt.verifier!]) expect(printed).not.toContain(secret.reveal());
    expect(printed).not.toContain('code_challenge');
  });
});

describe('no link is made', () => {
  test.each([
    [null, 'address_missing'],
    ['  ', 'address_missing'],
    ['javascript:alert(1)', 'address_invalid'],
    ['file:///etc/passwd', 'address_invalid'],
    ['https://user:pass@as.test/authorize', 'address_invalid'],
    ['https://as.test/authorize#x', 'address_invalid'],
    ['https://as.test/authorize#', 'address_invalid'],
    ['http://as.test/authorize', 'address_insecure'],
    ['http://127.0.0.1.as.test/authorize', 'address_insecure'],
  ])('to %s', async (authorization, code) => {
    const error = await ending(attemptAt(authorizingAt(authorization)));
    expect(error).toMatchObject({ code, facts: { field: 'authorizationEndpoint' } });
  });

  test('without a client ID', async () => {
    const error = await ending(attemptAt(way, [], ''));
    expect(error).toMatchObject({ code: 'field_missing', facts: { field: 'clientId' } });
  });

  test.each(['teamgantt', 'connecteam'])('at %s, which has no code grant', async (providerId) => {
    expect((await ending(attemptAt(wayTo(providerId)))).code).toBe('grant_refused');
  });

  test('where the provider begins: then there is neither a state nor a verifier to tie it to', async () => {
    expect(await attemptAt(tGateWay())).toEqual({ url: null, redirectUri, state: null, verifier: null });
  });
});

describe('offline_access (OpenID Connect Core section 11)', () => {
  test.each([
    [['openid', 'offline_access'], 'consent'],
    [['openid'], null],
    [[], null],
  ])('%j asks for the prompt %s', async (scopes, prompt) => {
    expect(linkOf(await attemptAt(way, scopes)).searchParams.get('prompt')).toBe(prompt);
  });

  test('a prompt that the profile has stays as it is', async () => {
    const authorization = { ...way.authorization!, extraParameters: { prompt: 'login consent' } };
    const link = linkOf(await attemptAt({ ...way, authorization }, ['offline_access']));
    expect(link.searchParams.getAll('prompt')).toEqual(['login consent']);
  });
});
