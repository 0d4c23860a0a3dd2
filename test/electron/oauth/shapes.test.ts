import { describe, expect, test } from 'vitest';
import { askWithClientCredentials } from '../../../electron/oauth/client-credentials-grant.ts';
import { isLoopbackHost } from '../../../electron/oauth/endpoint.ts';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../../electron/oauth/revocation.ts';
import type { ProviderWay } from '../../../electron/oauth/way.ts';
import { Secret } from '../../../electron/secret.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport } from '../../support/fake-transport.ts';
import { rfcWay, teamganttKeys, wayTo } from '../../support/ways.ts';

const good = {
  access_token: '0f6c',
  token_type: 'bearer',
  refresh_token: '77aa',
  expires_in: 86_399,
  scope: 'read write',
};
const keys = { clientId: 'c-id', clientSecret: new Secret('c secret') };
const tokens = { accessToken: new Secret('0f6c'), idToken: null, refreshToken: new Secret('77aa') };

describe('shapes that no profile has as its usual one', () => {
  test('G9 JSON: content type and body change together', async () => {
    const way = rfcWay();
    if (way.renewal.by !== 'refresh_token') throw new Error('has one');
    const request = { ...way.renewal.request, parameters: 'json', extraParameters: { audience: 'x' } } as const;
    const transport = fakeTransport(answerOf(200, good));
    await renewWithRefreshToken(transport, { ...way, renewal: { ...way.renewal, request } }, keys, {
      refreshToken: new Secret('r"1'),
    });
    expect(transport.seen[0]!.headers['content-type']).toBe('application/json');
    expect(JSON.parse(transport.seen[0]!.body!)).toEqual({
      audience: 'x',
      refresh_token: 'r"1',
      grant_type: 'refresh_token',
    });
  });

  test('K4 keys in the body: no header; without a secret the ID alone', async () => {
    const way = rfcWay();
    const request = { ...way.grants.client_credentials!.request, clientAuthentication: 'body' } as const;
    const inBody: ProviderWay = { ...way, grants: { client_credentials: { request, scope: 'when_chosen' } } };
    const transport = fakeTransport(answerOf(200, good), answerOf(200, good));
    await askWithClientCredentials(transport, inBody, keys, { scopes: [] });
    await askWithClientCredentials(transport, inBody, { clientId: 'c-id', clientSecret: null }, { scopes: [] });
    expect(transport.seen.map((seen) => seen.body)).toEqual([
      'grant_type=client_credentials&client_id=c-id&client_secret=c+secret',
      'grant_type=client_credentials&client_id=c-id',
    ]);
    expect(transport.seen[0]!.headers).not.toHaveProperty('authorization');
  });
});

describe('by the book', () => {
  test('B13 Basic form-encodes both halves where the profile follows the RFC', async () => {
    const transport = fakeTransport(answerOf(200, good));
    await askWithClientCredentials(
      transport,
      rfcWay(),
      { clientId: 'a:b c', clientSecret: new Secret('é+') },
      { scopes: [] },
    );
    expect(transport.seen[0]!.headers['authorization']).toBe(
      `Basic ${Buffer.from('a%3Ab+c:%C3%A9%2B').toString('base64')}`,
    );
  });

  test('B14 revoking sends the refresh token first, with its hint, and ignores the body of a 200', async () => {
    const transport = fakeTransport(answerOf(200, 'whatever'), answerOf(200, ''));
    await revokeAtProvider(transport, rfcWay(), keys, tokens);
    await revokeAtProvider(transport, rfcWay(), keys, { ...tokens, refreshToken: null });
    expect(transport.seen.map((seen) => Object.fromEntries(new URLSearchParams(seen.body!)))).toEqual([
      { token: '77aa', token_type_hint: 'refresh_token' },
      { token: '0f6c', token_type_hint: 'access_token' },
    ]);
  });

  test('a user-id with a colon cannot be told from the secret in a raw header, so it is refused before sending', async () => {
    const transport = fakeTransport();
    const client = { clientId: 'a:b', clientSecret: new Secret('x') };
    const input = { username: 'u', password: new Secret('password') };
    const error = await ending(signInWithPassword(transport, wayTo('teamgantt'), client, input));
    expect(error).toMatchObject({ code: 'bad_input', facts: { field: 'clientId' } });
    const empty = await ending(signInWithPassword(transport, wayTo('teamgantt'), { ...client, clientId: '' }, input));
    expect(empty).toMatchObject({ code: 'field_missing', facts: { field: 'clientId' } });
    expect(transport.seen).toEqual([]);
  });
});

describe('addresses: nothing leaves for one that cannot be used', () => {
  const input = { username: 'u', password: new Secret('password') };
  test.each([
    [null, 'address_missing'],
    ['', 'address_missing'],
    ['auth.teamgantt.com/oauth2/token', 'address_invalid'],
    ['https://user:pass@auth.teamgantt.com/', 'address_invalid'],
    ['https://auth.teamgantt.com/#x', 'address_invalid'],
    ['file:///etc/passwd', 'address_invalid'],
    ['http://auth.teamgantt.com/oauth2/token', 'address_insecure'],
    ['http://127.0.0.1.example/', 'address_insecure'],
    ['http://10.0.0.1/', 'address_insecure'],
  ])('%s → %s', async (token, code) => {
    const way = wayTo('teamgantt');
    const transport = fakeTransport();
    const at: ProviderWay = { ...way, addresses: { ...way.addresses, token } };
    const error = await ending(signInWithPassword(transport, at, teamganttKeys, input));
    expect(error.code).toBe(code);
    expect(error.facts.field).toBe('tokenEndpoint');
    expect(transport.seen).toEqual([]);
  });

  test('plain http goes to this computer alone', async () => {
    for (const host of ['127.0.0.1:8123', 'localhost:8123', '[::1]:8123', '127.9.9.9']) {
      const way = wayTo('connecteam');
      const transport = fakeTransport(answerOf(200, good));
      const at: ProviderWay = { ...way, addresses: { ...way.addresses, token: `http://${host}/oauth/v1/token` } };
      await askWithClientCredentials(transport, at, keys, { scopes: [] });
      expect(transport.seen[0]!.url).toBe(`http://${host}/oauth/v1/token`);
    }
    expect(['127.0.0.1', 'localhost', '[::1]'].every(isLoopbackHost)).toBe(true);
    expect(['0.0.0.0', '128.0.0.1', 'localhost.example', '::1', '[::2]'].some(isLoopbackHost)).toBe(false);
  });
});
