import { Secret } from '../../electron/secret.ts';
import type { AppRecord, Change, ConnectionRecord } from '../../electron/vault/records.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';

const hourMs = 3_600_000;
const inOneCommit = 500;

export interface Many {
  count: number;
  nowMs: number;
  /** Where its token address is; nobody asks it while nothing is due. */
  tokenUrl: string;
  /** Are all of them due at once, or all fresh for hours? */
  due: boolean;
}

const app = ({ nowMs, tokenUrl }: Many): AppRecord => ({
  id: 'app',
  realm: 'vault',
  providerId: 'taskade',
  name: 'Taskade',
  clientId: 'client',
  clientSecretSet: true,
  regionId: 'default',
  issuer: null,
  endpoints: [{ kind: 'token', url: tokenUrl, source: 'entered_by_you' }],
  scopes: [],
  redirectUri: null,
  createdAtMs: nowMs - hourMs,
});

/** Tokens as long as real ones: a JWT of some 900 characters. */
const token = (kind: string, i: number): Secret => new Secret(`${kind}-${i}-`.padEnd(900, 'x'));

export function connectionAt(i: number, { nowMs, due }: Many): ConnectionRecord {
  const lifeMs = due ? hourMs : 12 * hourMs;
  const issuedAtMs = due ? nowMs - 2 * hourMs : nowMs - 60_000 - (i % 1000) * 1000;
  return {
    id: `c${i}`,
    realm: 'vault',
    appId: 'app',
    providerId: 'taskade',
    label: `Workspace ${i}`,
    account: `person${i}@people.example`,
    grant: 'authorization_code',
    condition: 'kept',
    renewable: true,
    renewalIntent: null,
    issuedAtMs,
    expiresAtMs: issuedAtMs + lifeMs,
    expirySource: 'expires_in',
    lastRenewedAtMs: issuedAtMs,
    createdAtMs: nowMs - 24 * hourMs,
    scopesAsked: [],
    scopesGranted: null,
    fingerprint: '00112233',
    generation: 1,
    failure: null,
    revocation: null,
    username: null,
    accountId: null,
  };
}

/** What a renewal keeps: the record, its tokens and a line of history. */
export function renewalOf(record: ConnectionRecord): Change[] {
  const connectionId = record.id;
  const secrets = {
    accessToken: token('access', record.generation),
    idToken: null,
    refreshToken: token('refresh', record.generation),
  };
  const done = { outcome: 'done', durationMs: 120, status: 200, refreshToken: 'new', problem: null } as const;
  const exchanges = [{ atMs: record.issuedAtMs ?? 0, what: 'renewed', ...done } as const];
  return [
    { put: 'connection', record },
    { put: 'connection_secrets', connectionId, secrets },
    { put: 'history', connectionId, exchanges },
  ];
}

export function fill(vault: SealedVault, many: Many): void {
  vault.commit([
    { put: 'app', record: app(many) },
    { put: 'app_secrets', appId: 'app', secrets: { clientSecret: new Secret('client secret') } },
  ]);
  for (let first = 0; first < many.count; first += inOneCommit) {
    const some = Array.from({ length: Math.min(inOneCommit, many.count - first) }, (_, i) => first + i);
    vault.commit(some.flatMap((i) => renewalOf(connectionAt(i, many))));
  }
}
