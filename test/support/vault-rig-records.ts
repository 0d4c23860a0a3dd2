import type { Exchange } from '../../shared/model/connection.ts';
import { Secret } from '../../electron/secret.ts';
import type { AppRecord, Change, ConnectionRecord } from '../../electron/vault/records.ts';

// Records for tests, apart from the rig: a program of its own can have them without the test runner.

export const someDayMs = Date.UTC(2026, 0, 31, 14, 5, 9);

export const endpointsAt = (host: string): AppRecord['endpoints'] => [
  { kind: 'token', url: `https://${host}/oauth/token`, source: 'provider_documents' },
  { kind: 'revocation', url: `https://${host}/oauth/revoke`, source: 'provider_documents' },
  { kind: 'test', url: null, source: 'assumed' },
];

export function appRecord(id: string, over: Partial<AppRecord> = {}): AppRecord {
  return {
    id,
    realm: 'vault',
    providerId: 'taskade',
    name: `App ${id}`,
    clientId: `client-of-${id}`,
    clientSecretSet: true,
    regionId: 'only',
    issuer: null,
    endpoints: endpointsAt('accounts.provider.example'),
    scopes: ['tasks:read'],
    redirectUri: 'http://127.0.0.1:8765/callback',
    createdAtMs: someDayMs,
    ...over,
  };
}

export function connectionRecord(id: string, appId: string, over: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id,
    realm: 'vault',
    appId,
    providerId: 'taskade',
    label: `Connection ${id}`,
    account: `${id}@people.example`,
    grant: 'authorization_code',
    condition: 'kept',
    renewable: true,
    renewalIntent: null,
    issuedAtMs: someDayMs,
    expiresAtMs: someDayMs + 3_600_000,
    expirySource: 'expires_in',
    lastRenewedAtMs: null,
    createdAtMs: someDayMs,
    scopesAsked: ['tasks:read'],
    scopesGranted: null,
    fingerprint: '00112233',
    generation: 1,
    failure: null,
    revocation: null,
    username: null,
    accountId: null,
    ...over,
  };
}

export function exchangeAt(atMs: number, over: Partial<Exchange> = {}): Exchange {
  return {
    atMs,
    what: 'renewed',
    outcome: 'done',
    durationMs: 120,
    status: 200,
    refreshToken: 'new',
    problem: null,
    ...over,
  };
}

export const tokensOf = (word: string) => ({
  accessToken: new Secret(`access-${word}`),
  idToken: null,
  refreshToken: new Secret(`refresh-${word}`),
});

/** An app `one` with its secret and connections `a` and `b`, each with tokens and history. */
export function sample(): Change[] {
  return [
    { put: 'app', record: appRecord('one') },
    { put: 'app_secrets', appId: 'one', secrets: { clientSecret: new Secret('client-secret-one') } },
    ...['a', 'b'].flatMap((id): Change[] => [
      { put: 'connection', record: connectionRecord(id, 'one') },
      { put: 'connection_secrets', connectionId: id, secrets: tokensOf(id) },
      { put: 'history', connectionId: id, exchanges: [exchangeAt(someDayMs, { what: 'signed_in' })] },
    ]),
  ];
}
