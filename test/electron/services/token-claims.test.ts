import { describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import type { ProviderCalls } from '../../../electron/services/provider-calls.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { tokenClaims } from '../../../electron/services/token-claims.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { findSecrets } from '../../support/encodings.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';

const refreshToken = 'MARKER-refresh-token-4c1e8b';
const clientSecret = 'MARKER-client-secret-90aa21';
const jwt = (claims: unknown): string =>
  ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

function claimsOf(idToken: string, accessToken = 'opaque-access-token') {
  const shelf = new PracticeShelf();
  const realms = new Realms({ app: () => undefined, connection: () => undefined, part: () => undefined });
  realms.setPractice(shelf);
  const secrets = {
    accessToken: new Secret(accessToken),
    idToken: new Secret(idToken),
    refreshToken: new Secret(refreshToken),
  };
  shelf.commit([
    { put: 'app', record: appRecord('app', { realm: 'practice' }) },
    { put: 'app_secrets', appId: 'app', secrets: { clientSecret: new Secret(clientSecret) } },
    { put: 'connection', record: connectionRecord('one', 'app', { realm: 'practice' }) },
    { put: 'connection_secrets', connectionId: 'one', secrets },
  ]);
  const calls = { bearer: () => secrets.idToken } as unknown as ProviderCalls;
  return tokenClaims({ realms, calls }, 'one').tokens;
}

describe('the claims that are told', () => {
  it('are the safe ones, in their order; of the others the names alone', () => {
    const [opaque, id] = claimsOf(
      jwt({
        exp: 2_000_000_000,
        iss: 'https://auth.example',
        jti: 'handle-1',
        sid: 's1',
        email: 'pm@firm.example',
        scp: ['a', 'b'],
      }),
    );
    expect(opaque).toMatchObject({ token: 'access_token', isBearer: false, form: 'opaque', claims: [] });
    expect(id).toMatchObject({ token: 'id_token', isBearer: true, form: 'jwt', notShown: ['jti', 'sid', 'email'] });
    expect(id?.claims).toEqual([
      { name: 'iss', text: 'https://auth.example', atMs: null },
      { name: 'scp', text: 'a b', atMs: null },
      { name: 'exp', text: null, atMs: 2_000_000_000_000 },
    ]);
    expect(JSON.stringify(id)).not.toMatch(/handle-1|pm@firm/);
  });

  it('never give back a secret that a hostile provider put into one, or into a name', () => {
    const tokens = claimsOf(
      jwt({
        sub: refreshToken,
        aud: [clientSecret, 'x'],
        scope: `read ${encodeURIComponent(refreshToken)}`,
        [refreshToken]: 1,
      }),
    );
    const secrets = new Map([
      ['refresh token', refreshToken],
      ['client secret', clientSecret],
    ]);
    expect(findSecrets('the claims', Buffer.from(JSON.stringify(tokens)), secrets)).toEqual([]);
  });

  it.each([
    ['a time that is no number', { exp: 'soon' }],
    ['a time before there were any', { iat: -5 }],
    ['a time that no date can hold', { exp: 1e300 }],
    ['something deeper than a text', { sub: { id: 1 } }],
    ['a list without a text', { aud: [1, {}] }],
  ])('leave out %s', (_what, claims) => {
    expect(claimsOf(jwt(claims))[1]?.claims).toEqual([]);
  });

  it.each(['', 'a.b', 'eyJ.eyJ.x', jwt('no object'), jwt(null)])('are none where the token is no JWT: %j', (token) => {
    expect(claimsOf(token === '' ? 'plain' : token)[1]).toMatchObject({ form: 'opaque', claims: [], notShown: [] });
  });
});
