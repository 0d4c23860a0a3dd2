import type { ConnectionSummary } from './connection.ts';

/** The states of product.md, "Words". One place decides; window, tray and reports show. */
export type ConnectionState =
  | { kind: 'working' }
  | { kind: 'expires_soon'; renewable: boolean }
  | { kind: 'ended' }
  | { kind: 'renewing' }
  | { kind: 'retrying' }
  | { kind: 'sign_in_again' }
  | { kind: 'revoked' }
  | { kind: 'expiry_unknown' };

/** "Soon" is a fifth of the life, at least a minute and at most fifteen: a day-long token is not soon for five hours. */
export function soonMs(issuedAtMs: number | null, expiresAtMs: number): number {
  const life = issuedAtMs === null ? 3_600_000 : Math.max(0, expiresAtMs - issuedAtMs);
  return Math.min(900_000, Math.max(60_000, life / 5), life);
}

export function stateOf(connection: ConnectionSummary, nowMs: number): ConnectionState {
  switch (connection.condition) {
    case 'revoked':
      return { kind: 'revoked' };
    case 'sign_in_again':
      return { kind: 'sign_in_again' };
    case 'renewing':
      return { kind: 'renewing' };
    case 'retrying':
      return { kind: 'retrying' };
    case 'kept':
      break;
  }
  if (connection.expiresAtMs === null) return { kind: 'expiry_unknown' };
  const leftMs = connection.expiresAtMs - nowMs;
  if (leftMs <= 0) return { kind: 'ended' };
  if (leftMs <= soonMs(connection.issuedAtMs, connection.expiresAtMs)) {
    return { kind: 'expires_soon', renewable: connection.renewable };
  }
  return { kind: 'working' };
}

/** Does a person have to act? Alarm is for duty, never for a small number. */
export function needsPerson(connection: ConnectionSummary, nowMs: number): boolean {
  const state = stateOf(connection, nowMs);
  if (state.kind === 'revoked') return false;
  if (state.kind === 'sign_in_again') return true;
  // A failure without a next try waits for a person (a wrong client secret, a missing address), whatever is left.
  if (connection.failure !== null && connection.failure.nextTryAtMs === null && state.kind !== 'renewing') return true;
  if (state.kind === 'ended') return !connection.renewable;
  return state.kind === 'expires_soon' && !state.renewable;
}

/** The list's groups in their order (visual.md section 9). */
export const groups = ['needs_you', 'ends_soon', 'kept', 'cannot_tell', 'ended', 'practice'] as const;
export type Group = (typeof groups)[number];

export function groupOf(connection: ConnectionSummary, nowMs: number): Group {
  if (connection.realm === 'practice') return 'practice';
  if (needsPerson(connection, nowMs)) return 'needs_you';
  const state = stateOf(connection, nowMs);
  switch (state.kind) {
    case 'expires_soon':
    case 'renewing':
    case 'retrying':
    case 'ended':
      return 'ends_soon';
    case 'expiry_unknown':
      return 'cannot_tell';
    case 'revoked':
      return 'ended';
    default:
      return 'kept';
  }
}
