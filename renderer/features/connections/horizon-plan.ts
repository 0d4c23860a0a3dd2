import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { needsPerson } from '../../../shared/model/state.ts';

export const horizonMs = 24 * 3_600_000;
/** One tick each half hour at most: more are a wall, not a rhythm. */
const slots = 48;

export interface HorizonPlan {
  /** How many renewals there will be. */
  renewals: number;
  /** Where to draw them: shares of the 24 hours, ascending; the first of each half hour. */
  ticks: number[];
  /** Moments at which only a person can help. */
  signIns: number[];
}

/** What the next 24 hours hold: renewals as the schedule will do them, one life after the other, and sign-ins due. */
export function planOf(connections: readonly ConnectionSummary[], nowMs: number): HorizonPlan {
  const endMs = nowMs + horizonMs;
  const firstInSlot = new Map<number, number>();
  let renewals = 0;
  const signIns: number[] = [];
  for (const connection of connections) {
    const { condition, expiresAtMs, issuedAtMs, renewsAtMs, renewable } = connection;
    if (connection.realm === 'practice' || condition === 'revoked' || condition === 'sign_in_again') continue;
    if (expiresAtMs === null) continue;
    if (!renewable || needsPerson(connection, nowMs)) {
      if (expiresAtMs > nowMs && expiresAtMs < endMs) signIns.push(expiresAtMs);
      continue;
    }
    if (renewsAtMs === null) continue;
    // Each life is as long as this one and is renewed as far into it.
    const stepMs = Math.max(60_000, renewsAtMs - (issuedAtMs ?? renewsAtMs - 3_600_000));
    for (let atMs = Math.max(renewsAtMs, nowMs); atMs < endMs; atMs += stepMs) {
      const share = (atMs - nowMs) / horizonMs;
      const slot = Math.floor(share * slots);
      firstInSlot.set(slot, Math.min(firstInSlot.get(slot) ?? 1, share));
      renewals += 1;
    }
  }
  return {
    renewals,
    ticks: [...firstInSlot.values()].sort((a, b) => a - b),
    signIns: signIns.sort((a, b) => a - b),
  };
}
