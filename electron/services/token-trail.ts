import { createHash } from 'node:crypto';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import { trailLimit, type Change, type ConnectionSecrets, type PastTokens, type Vault } from '../vault/records.ts';

/** The whole SHA-256, in hex. It stays in main. */
export function hashOf(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}

/** The tokens of one grant as hashes. A refresh token that stayed as it was belongs to the generation that brought it. */
export function hashesOf(tokens: ConnectionSecrets, isRefreshTokenNew = true): PastTokens['tokens'] {
  const named = [
    { kind: 'access_token', token: tokens.accessToken },
    { kind: 'id_token', token: tokens.idToken },
    { kind: 'refresh_token', token: isRefreshTokenNew ? tokens.refreshToken : null },
  ] as const;
  const held = named.flatMap(({ kind, token }) => (token === null ? [] : [{ kind, token }]));
  return held.map(({ kind, token }: { kind: (typeof named)[number]['kind']; token: Secret }) => ({
    kind,
    hash: hashOf(token.reveal()),
  }));
}

/** The change that puts a generation's tokens in front of the trail, and drops the oldest beyond the limit. */
export function withTokens(
  vault: Vault,
  { id, generation }: { id: string; generation: number },
  { tokens }: Granted,
): Change {
  const before = vault.connection(id) === null ? [] : vault.tokenTrail(id);
  const newest: PastTokens = {
    generation,
    issuedAtMs: tokens.issuedAtMs,
    tokens: hashesOf(tokens, before.length === 0 || tokens.refreshTokenReturned),
  };
  return { put: 'token_trail', connectionId: id, trail: [newest, ...before].slice(0, trailLimit) };
}
