import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from '../../shared/model/connection.ts';
import { Secret } from '../../electron/secret.ts';
import type { AppRecord, Change, ConnectionRecord } from '../../electron/vault/records.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';

/**
 * Commits by their number, so that a vault's number alone says what has to be in it: whoever opens the vault after a
 * program was killed needs to know nothing else of that program.
 */

/** The first commit is the vault's own, at its making. */
export const firstNumber = 2;
const connectionsInTurn = 6;
const startMs = Date.UTC(2026, 0, 31, 14, 5, 9);

const appAt = (n: number): AppRecord => ({
  id: 'one',
  realm: 'vault',
  providerId: 'teamgantt',
  name: `App after ${n}`,
  clientId: 'client-one',
  clientSecretSet: true,
  regionId: 'default',
  issuer: null,
  endpoints: [{ kind: 'token', url: 'https://accounts.provider.example/token', source: 'provider_documents' }],
  scopes: ['tasks:read'],
  redirectUri: null,
  createdAtMs: startMs,
});

const connectionAt = (n: number): ConnectionRecord => ({
  id: idAt(n),
  realm: 'vault',
  appId: 'one',
  providerId: 'teamgantt',
  label: `Connection at ${n}`,
  account: 'person@people.example',
  grant: 'password',
  condition: 'kept',
  renewable: true,
  renewalIntent: null,
  issuedAtMs: startMs + n,
  expiresAtMs: startMs + n + 3_600_000,
  expirySource: 'expires_in',
  lastRenewedAtMs: startMs + n,
  createdAtMs: startMs,
  scopesAsked: [],
  scopesGranted: null,
  fingerprint: '00112233',
  generation: n,
  failure: null,
  revocation: null,
  username: 'person@people.example',
  accountId: null,
});

const exchangeAt = (n: number): Exchange => ({
  atMs: startMs + n,
  what: 'renewed',
  outcome: 'done',
  durationMs: 120,
  status: 200,
  refreshToken: 'new',
  problem: null,
});

const idAt = (n: number): string => `c${n % connectionsInTurn}`;
export const refreshTokenAt = (n: number): string => `refresh-canary-${n}`;

/** Every fifth commit removes the connection whose turn it is, where there is one. */
export function removesAt(n: number): boolean {
  const before = n - connectionsInTurn;
  return n % 5 === 0 && before > firstNumber && !removesAt(before);
}

export function changesAt(n: number): Change[] {
  if (n === firstNumber) {
    const secrets = { clientSecret: new Secret('client-secret-canary') };
    return [
      { put: 'app', record: appAt(n) },
      { put: 'app_secrets', appId: 'one', secrets },
    ];
  }
  const connectionId = idAt(n);
  if (removesAt(n)) return [{ remove: 'connection', connectionId }];
  const refreshToken = new Secret(refreshTokenAt(n));
  return [
    { put: 'app', record: appAt(n) },
    { put: 'connection', record: connectionAt(n) },
    { put: 'connection_secrets', connectionId, secrets: { accessToken: null, idToken: null, refreshToken } },
    { put: 'history', connectionId, exchanges: [exchangeAt(n)] },
  ];
}

/** What is not as it has to be after the commit of the vault's own number; null where all is. */
export function wrongIn(vault: SealedVault): string | null {
  const n = vault.commitNumber;
  if (n < firstNumber) return vault.apps().length === 0 ? null : 'an app before the first commit';
  const last = Array.from({ length: connectionsInTurn }, (_, back) => n - back).filter((at) => at > firstNumber);
  const kept = last.filter((at) => !removesAt(at));
  const namedAt = n > firstNumber && removesAt(n) ? n - 1 : n;
  if (!isDeepStrictEqual(vault.apps(), [appAt(namedAt)])) return 'the app';
  if (vault.appSecrets('one').clientSecret?.reveal() !== 'client-secret-canary') return 'the client secret';
  const ids = vault.connections().map(({ id }) => id);
  if (!isDeepStrictEqual(ids.toSorted(), kept.map(idAt).toSorted())) return `the connections: ${ids.join(', ')}`;
  for (const at of kept) {
    if (!isDeepStrictEqual(vault.connection(idAt(at)), connectionAt(at))) return `connection ${idAt(at)}`;
    if (vault.connectionSecrets(idAt(at))?.refreshToken?.reveal() !== refreshTokenAt(at)) return `a token at ${at}`;
    if (!isDeepStrictEqual(vault.history(idAt(at)), [exchangeAt(at)])) return `the history at ${at}`;
  }
  return null;
}
