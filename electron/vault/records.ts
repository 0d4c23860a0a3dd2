import type { Exchange, ConnectionSummary } from '../../shared/model/connection.ts';
import type { Realm } from '../../shared/model/app.ts';
import type { EndpointKind, ValueSource } from '../../shared/model/provider.ts';
import type { Secret } from '../secret.ts';

/** An app: a registration at a provider. Endpoints are copied from the profile, so a new profile never moves them (B31). */
export interface AppRecord {
  id: string;
  realm: Realm;
  providerId: string;
  name: string;
  clientId: string;
  /** A public client has none (RFC 6749 section 2.1). */
  clientSecretSet: boolean;
  regionId: string;
  /** Issuer identifier where the provider has one (RFC 8414); part of what secrets are bound to. */
  issuer: string | null;
  /**
   * Its metadata says that every answer of a sign-in names the issuer (RFC 9207 section 3). Absent where it does not,
   * and in all written before row schema 4.
   */
  answersNameIssuer?: true | undefined;
  endpoints: { kind: EndpointKind; url: string | null; source: ValueSource }[];
  scopes: string[];
  redirectUri: string | null;
  createdAtMs: number;
  /**
   * What was chosen where the provider's documents leave a corner open, by the choice's id. Absent where every choice
   * stands on its usual value, and in all written before row schema 3.
   */
  choices?: Readonly<Record<string, string>> | undefined;
  /**
   * A person agreed that this app's server, named by its origin, is asked over plain http (B12, E7). Absent in every
   * app that needs no such thing, and in all written before row schema 2.
   */
  unencryptedConsent?: { origin: string; agreedAtMs: number } | undefined;
}

export interface AppSecrets {
  clientSecret: Secret | null;
}

/** A connection: one grant under an app. No secret is in it, so that a list opens from these alone. */
export interface ConnectionRecord extends Omit<ConnectionSummary, 'renewsAtMs' | 'condition'> {
  condition: 'kept' | 'sign_in_again' | 'revoked';
  /**
   * Written before a refresh leaves and cleared in the commit that keeps its answer: after a crash or a lost answer
   * it says that this refresh token may have been used up (security.md C1). `tokenHash` is a SHA-256 in hex.
   */
  renewalIntent: { attemptId: string; tokenHash: string; atMs: number } | null;
  /** What the person signed in with (password grant). */
  username: string | null;
  /** The provider's own id of the account, for the wrong-account guard. */
  accountId: string | null;
}

/** Tokens by their wire names; the profile says which of them is the bearer. */
export interface ConnectionSecrets {
  accessToken: Secret | null;
  idToken: Secret | null;
  refreshToken: Secret | null;
}

/**
 * One generation's tokens by their SHA-256 in hex, so that a token out of a log can be recognised after it was replaced.
 * Nothing can be called with a hash, and none of these leaves the vault.
 */
export interface PastTokens {
  generation: number;
  issuedAtMs: number;
  tokens: readonly { kind: TokenKind; hash: string }[];
}

export const tokenKinds = ['access_token', 'id_token', 'refresh_token'] as const;
export type TokenKind = (typeof tokenKinds)[number];

export type Change =
  | { put: 'app'; record: AppRecord }
  | { put: 'app_secrets'; appId: string; secrets: AppSecrets }
  | { put: 'connection'; record: ConnectionRecord }
  | { put: 'connection_secrets'; connectionId: string; secrets: ConnectionSecrets }
  | { put: 'history'; connectionId: string; exchanges: readonly Exchange[] }
  | { put: 'token_trail'; connectionId: string; trail: readonly PastTokens[] }
  /** The app and its secret. Its connections must go in the same commit or have gone before. */
  | { remove: 'app'; appId: string }
  /** The connection, its secrets, its history and the trail of its tokens. */
  | { remove: 'connection'; connectionId: string }
  | { remove: 'connection_secrets'; connectionId: string };

/** At most this many exchanges are kept for a connection. */
export const historyLimit = 200;

/**
 * Generations whose tokens can still be recognised: four days of tokens that live an hour, three months of those that
 * live a day. A log older than that is seldom at hand, and each of them is sealed anew at every renewal.
 */
export const trailLimit = 100;

/**
 * Where apps and connections live. The sealed vault and the practice shelf (memory only) both are one, so that
 * no service knows which it works on.
 */
export interface Vault {
  readonly realm: Realm;
  apps(): readonly AppRecord[];
  connections(): readonly ConnectionRecord[];
  app(appId: string): AppRecord | null;
  connection(connectionId: string): ConnectionRecord | null;
  /** Throws `vault_damaged` when the record does not open under this app's bound addresses. */
  appSecrets(appId: string): AppSecrets;
  connectionSecrets(connectionId: string): ConnectionSecrets | null;
  history(connectionId: string): readonly Exchange[];
  /** The newest first. Empty for what was stored before trails were kept. */
  tokenTrail(connectionId: string): readonly PastTokens[];
  /** One transaction, durable when it returns. On an AppError (`disk_full`, `disk_error`, …) nothing has changed. */
  commit(changes: readonly Change[]): void;
}

/**
 * What tokens and client secrets are bound to: the issuer and the origin of every address of the app, sorted.
 * It is part of each sealed secret's additional data, so an edited address cannot be handed an old token.
 */
export function boundTo(app: Pick<AppRecord, 'issuer' | 'endpoints'>): { issuer: string; origins: string[] } {
  const origins = app.endpoints.flatMap((endpoint) => (endpoint.url === null ? [] : [new URL(endpoint.url).origin]));
  return { issuer: app.issuer ?? '', origins: [...new Set(origins)].sort() };
}

/** Do secrets that are sealed for one open under the other? */
export function sameBinding(a: Pick<AppRecord, 'issuer' | 'endpoints'>, b: typeof a): boolean {
  return JSON.stringify(boundTo(a)) === JSON.stringify(boundTo(b));
}
