import type { ConnectionSummary } from '../../shared/model/connection.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import { needsPerson, stateOf } from '../../shared/model/state.ts';
import type { Life } from './life-bar.tsx';
import type { MarkKind } from './state-mark.tsx';
import type { TileProps } from './tile.tsx';

/** Which mark, and with it which colours, a connection wears now. */
export function markOf(connection: ConnectionSummary, nowMs: number): MarkKind {
  const state = stateOf(connection, nowMs);
  switch (state.kind) {
    case 'revoked':
      return 'revoked';
    case 'sign_in_again':
      return 'signin';
    case 'renewing':
      return 'renewing';
    case 'retrying':
      return connection.failure?.problem.code === 'offline' ? 'offline' : 'retry';
    case 'ended':
      return needsPerson(connection, nowMs) ? 'signin' : 'retry';
    case 'expiry_unknown':
      return needsPerson(connection, nowMs) ? 'duty' : 'unknown';
    case 'expires_soon':
    case 'working':
      if (needsPerson(connection, nowMs)) return 'duty';
      if (connection.realm === 'practice') return 'practice';
      return state.kind === 'working' ? 'working' : 'soon';
  }
}

/** The bar of a connection's life now. */
export function lifeOf(connection: ConnectionSummary, nowMs: number): Life {
  const { issuedAtMs, expiresAtMs, renewsAtMs } = connection;
  const state = stateOf(connection, nowMs);
  if (state.kind === 'revoked') return { kind: 'thread' };
  if (state.kind === 'renewing') return { kind: 'renewing' };
  if (markOf(connection, nowMs) === 'offline') return { kind: 'thread' };
  if (expiresAtMs === null) return state.kind === 'sign_in_again' ? { kind: 'ended' } : { kind: 'unknown' };
  if (nowMs >= expiresAtMs) return markOf(connection, nowMs) === 'signin' ? { kind: 'ended' } : { kind: 'thread' };
  const start = issuedAtMs ?? connection.lastRenewedAtMs ?? connection.createdAtMs;
  const share = (atMs: number): number => (atMs - start) / Math.max(1, expiresAtMs - start);
  const now = share(nowMs);
  if (state.kind === 'retrying') return { kind: 'open', now };
  if (needsPerson(connection, nowMs) || !connection.renewable) return { kind: 'post', now };
  return renewsAtMs === null ? { kind: 'open', now } : { kind: 'ring', now, ring: Math.max(share(renewsAtMs), now) };
}

/** Letters and colour of a connection's or app's tile. Practice wears heather, whatever the system. */
export function tileOf(
  provider: ProviderView | undefined,
  of: { realm: 'vault' | 'practice'; label: string },
): Pick<TileProps, 'letters' | 'hue'> {
  const hue = of.realm === 'practice' ? 'practice' : (provider?.hue ?? 'other');
  if (provider !== undefined && provider.hue !== 'other') return { letters: provider.tile, hue };
  return { letters: initials(of.label) || (provider?.tile ?? '··'), hue };
}

/** First letters of a label's first two words, or the first two letters of its only one. */
function initials(label: string): string {
  const words = label.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const [first = '', second = ''] = words;
  const letters = second === '' ? first.slice(0, 2) : first.charAt(0) + second.charAt(0);
  return letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
}
