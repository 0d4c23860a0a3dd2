import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Forecast, PastMoment } from '../../../shared/model/forecast.ts';
import { needsPerson, stateOf } from '../../../shared/model/state.ts';

export interface Span {
  startMs: number;
  endMs: number;
}

/** What is drawn on a lane. All times are within the span; what lies beyond is cut off at its edge. */
export interface LanePlan {
  /** The thread of what was: from its start to now, or to where it broke. */
  spent: Span | null;
  /** What is left of the token at hand. */
  left: Span | null;
  /** Lives to come, one after the other, as the schedule will ask for them. */
  planned: Span[];
  /** Lives too short to be drawn one by one: from where to where, and how many renewals. */
  band: (Span & { renewals: number }) | null;
  /** It stops there unless a person acts. */
  postMs: number | null;
  /** As long as it is unsure when the sign-in will be needed. */
  unsure: Span | null;
  /** Nothing works: since when, until the edge. */
  broken: Span | null;
  /** Nobody says how long it lasts. */
  unknown: Span | null;
  past: PastMoment[];
  /** All moments of the lane in their order, for the keyboard. */
  moments: Moment[];
}

export interface Moment {
  atMs: number;
  kind: 'signed_in' | 'renewed' | 'failed' | 'revoked' | 'now' | 'renews' | 'ends' | 'sign_in' | 'next_try';
}

const minuteMs = 60_000;

/** The lane of one connection. `narrowMs`: a life shorter than this cannot be drawn by itself. */
export function lanePlan(
  connection: ConnectionSummary,
  past: readonly PastMoment[],
  forecast: Forecast | null,
  { startMs, endMs }: Span,
  nowMs: number,
  narrowMs: number,
): LanePlan {
  const { expiresAtMs, issuedAtMs, renewsAtMs, createdAtMs, failure, renewable } = connection;
  const within = past.filter(({ atMs }) => atMs >= startMs && atMs <= nowMs).toSorted((a, b) => a.atMs - b.atMs);
  const began = within[0]?.what === 'signed_in' ? within[0].atMs : createdAtMs;
  const plan: LanePlan = {
    spent: cut({ startMs: Math.max(startMs, began), endMs: nowMs }, startMs, endMs),
    left: null,
    planned: [],
    band: null,
    postMs: null,
    unsure: null,
    broken: null,
    unknown: null,
    past: within,
    moments: [],
  };
  const state = stateOf(connection, nowMs);
  const person = needsPerson(connection, nowMs);
  const later: Moment[] = [];
  const ended = expiresAtMs !== null && expiresAtMs <= nowMs;
  if (state.kind === 'revoked') {
    const stoppedMs = connection.revocation?.atMs ?? nowMs;
    plan.spent = cut({ startMs: Math.max(startMs, began), endMs: stoppedMs }, startMs, endMs);
  } else if (state.kind === 'sign_in_again' || (person && ended)) {
    const stoppedMs = Math.min(failure?.atMs ?? expiresAtMs ?? nowMs, nowMs);
    plan.spent = cut({ startMs: Math.max(startMs, began), endMs: stoppedMs }, startMs, endMs);
    plan.broken = cut({ startMs: stoppedMs, endMs }, startMs, endMs);
  } else if (expiresAtMs === null) {
    plan.unknown = { startMs: nowMs, endMs };
  } else {
    const livesUntilMs = Math.max(nowMs, expiresAtMs);
    if (person || !renewable) {
      plan.left = cut({ startMs: nowMs, endMs: livesUntilMs }, startMs, endMs);
      if (livesUntilMs <= endMs) {
        plan.postMs = livesUntilMs;
        later.push({ atMs: livesUntilMs, kind: 'sign_in' });
      }
    } else if (renewsAtMs === null || failure !== null) {
      // Nobody can promise what comes at the end.
      plan.left = cut({ startMs: nowMs, endMs: livesUntilMs }, startMs, endMs);
      if (failure?.nextTryAtMs != null) later.push({ atMs: Math.max(nowMs, failure.nextTryAtMs), kind: 'next_try' });
      later.push({ atMs: livesUntilMs, kind: 'ends' });
    } else {
      const firstMs = Math.max(renewsAtMs, nowMs);
      plan.left = cut({ startMs: nowMs, endMs: firstMs }, startMs, endMs);
      const stopsMs = forecast?.kind === 'due' && forecast.atMs > nowMs ? forecast.atMs : Infinity;
      planLives(
        plan,
        firstMs,
        Math.max(minuteMs, renewsAtMs - (issuedAtMs ?? renewsAtMs - 3_600_000)),
        Math.min(endMs, stopsMs),
        narrowMs,
      );
      later.push({ atMs: firstMs, kind: 'renews' });
      if (forecast?.kind === 'due' && stopsMs <= endMs) {
        plan.postMs = stopsMs;
        plan.unsure = cut({ startMs: forecast.fromMs, endMs: stopsMs }, startMs, endMs);
        later.push({ atMs: stopsMs, kind: 'sign_in' });
      }
    }
  }
  plan.moments = [
    ...within.map(({ atMs, what }): Moment => ({ atMs, kind: what })),
    { atMs: nowMs, kind: 'now' as const },
    ...later.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs),
  ];
  return plan;
}

/** Each life is as long as this one and is renewed as far into it. */
function planLives(plan: LanePlan, firstMs: number, stepMs: number, untilMs: number, narrowMs: number): void {
  if (firstMs >= untilMs) return;
  if (stepMs < narrowMs) {
    plan.band = { startMs: firstMs, endMs: untilMs, renewals: Math.ceil((untilMs - firstMs) / stepMs) };
    return;
  }
  for (let atMs = firstMs; atMs < untilMs; atMs += stepMs) {
    plan.planned.push({ startMs: atMs, endMs: Math.min(atMs + stepMs, untilMs) });
  }
}

function cut(span: Span, startMs: number, endMs: number): Span | null {
  const from = Math.max(span.startMs, startMs);
  const to = Math.min(span.endMs, endMs);
  return to > from ? { startMs: from, endMs: to } : null;
}

/** Renewals by themselves in the span, all connections together: what the head says, without any lane drawn. */
export function renewalsIn(connections: readonly ConnectionSummary[], nowMs: number, endMs: number): number {
  let count = 0;
  for (const one of connections) {
    const { renewsAtMs, issuedAtMs } = one;
    if (renewsAtMs === null || one.condition === 'revoked' || one.condition === 'sign_in_again') continue;
    if (needsPerson(one, nowMs)) continue;
    const stepMs = Math.max(minuteMs, renewsAtMs - (issuedAtMs ?? renewsAtMs - 3_600_000));
    const firstMs = Math.max(renewsAtMs, nowMs);
    if (firstMs < endMs) count += Math.ceil((endMs - firstMs) / stepMs);
  }
  return count;
}

export interface Duty {
  connectionId: string;
  label: string;
  /** Null: it is due now. */
  atMs: number | null;
  fromMs: number | null;
  kind: 'overdue' | 'before' | 'forecast';
}

/** Sign-ins that only a person can do, overdue ones first, then by their time. */
export function dutiesIn(
  connections: readonly ConnectionSummary[],
  forecasts: ReadonlyMap<string, Forecast>,
  nowMs: number,
  endMs: number,
): Duty[] {
  const duties = connections.flatMap((one): Duty[] => {
    if (one.condition === 'revoked') return [];
    const named = { connectionId: one.id, label: one.label };
    const ended = one.expiresAtMs !== null && one.expiresAtMs <= nowMs;
    if (one.condition === 'sign_in_again' || (needsPerson(one, nowMs) && (ended || one.expiresAtMs === null)))
      return [{ ...named, atMs: null, fromMs: null, kind: 'overdue' }];
    if (one.expiresAtMs !== null && (!one.renewable || needsPerson(one, nowMs)))
      return one.expiresAtMs <= endMs ? [{ ...named, atMs: one.expiresAtMs, fromMs: null, kind: 'before' }] : [];
    const forecast = forecasts.get(one.id);
    if (forecast?.kind !== 'due' || forecast.atMs <= nowMs || forecast.atMs > endMs) return [];
    return [{ ...named, atMs: forecast.atMs, fromMs: forecast.fromMs, kind: 'forecast' }];
  });
  return duties.toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}
