import type { ClaimName, TokenClaims } from '../../shared/model/claims.ts';
import { claimNames } from '../../shared/model/claims.ts';
import { readUnverifiedClaims } from '../oauth/expiry.ts';
import { providerText } from '../oauth/provider-text.ts';
import type { Secret } from '../secret.ts';
import type { ProviderCalls } from './provider-calls.ts';
import type { Realms } from './realms.ts';

const times: ReadonlySet<ClaimName> = new Set<ClaimName>(['exp', 'iat', 'nbf', 'auth_time']);
const plainName = /^[A-Za-z][A-Za-z0-9_.:/-]{0,59}$/;
const mostNames = 40;

/**
 * What the tokens of a connection say of themselves, for showing only: nobody checked the signatures. The refresh
 * token is not looked into. Only the claims of RFC 7519 and RFC 9068 that are neither a secret nor a key to one are
 * told (see services/README.md); of the others the names.
 */
export function tokenClaims(
  { realms, calls }: { realms: Realms; calls: ProviderCalls },
  connectionId: string,
): { tokens: TokenClaims[] } {
  const { vault, app } = realms.connection(connectionId);
  const held = vault.connectionSecrets(connectionId);
  if (held === null) return { tokens: [] };
  const bearer = calls.bearer(app, held);
  const { clientSecret } = vault.appSecrets(app.id);
  // A hostile provider may say anything in a claim, also back to us what it was told.
  const secrets = [held.accessToken, held.idToken, held.refreshToken, clientSecret].filter((one) => one !== null);
  const named = [
    { token: 'access_token', value: held.accessToken },
    { token: 'id_token', value: held.idToken },
  ] as const;
  return {
    tokens: named.flatMap(({ token, value }): TokenClaims[] => {
      if (value === null) return [];
      const about = { token, isBearer: bearer !== null && value.equals(bearer), fingerprint: value.fingerprint() };
      const claims = readUnverifiedClaims(value.reveal());
      if (claims === null) return [{ ...about, form: 'opaque', claims: [], notShown: [] }];
      return [{ ...about, form: 'jwt', ...told(claims, secrets) }];
    }),
  };
}

function told(
  claims: Readonly<Record<string, unknown>>,
  secrets: readonly Secret[],
): Pick<TokenClaims, 'claims' | 'notShown'> {
  const shown = claimNames.flatMap((name): TokenClaims['claims'] => {
    const value = claims[name];
    if (times.has(name)) {
      const isTime = typeof value === 'number' && value > 0 && value <= 253_402_300_799;
      return isTime ? [{ name, atMs: Math.floor(value * 1000), text: null }] : [];
    }
    const text = textOf(value);
    const safe = text === null ? null : providerText(text, secrets);
    return safe === null ? [] : [{ name, atMs: null, text: safe }];
  });
  const isShown = new Set<string>(shown.map(({ name }) => name));
  const notShown = Object.keys(claims)
    .filter((name) => !isShown.has(name) && plainName.test(name) && providerText(name, secrets) === name)
    .slice(0, mostNames);
  return { claims: shown, notShown };
}

/** A text, a number, or a list of texts; anything deeper is not told. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}
