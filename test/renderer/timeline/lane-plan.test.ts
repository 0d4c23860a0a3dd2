import { describe, expect, it } from 'vitest';
import { dutiesIn, lanePlan, renewalsIn, type Span } from '../../../renderer/features/timeline/lane-plan.ts';
import { placedIn } from '../../../renderer/features/timeline/you-lane.tsx';
import { axisMarks } from '../../../renderer/features/timeline/axis.tsx';
import type { Forecast } from '../../../shared/model/forecast.ts';
import { connection, hour, minute, nowMs } from '../connections/window.tsx';

const day: Span = { startMs: nowMs - 4 * hour, endMs: nowMs + 21 * hour };
const narrowMs = 10 * minute;
const unknown: Forecast = { kind: 'unknown' };
const due = (atMs: number, fromMs = atMs): Forecast => ({
  kind: 'due',
  atMs,
  fromMs,
  certainty: 'likely',
  reason: 'seen',
  heldMs: hour,
  seen: 3,
});
const plan = (
  one: ReturnType<typeof connection>,
  forecast: Forecast | null = unknown,
  past: Parameters<typeof lanePlan>[1] = [],
) => lanePlan(one, past, forecast, day, nowMs, narrowMs);
const refused = {
  problem: { code: 'sign_in_again', facts: {} },
  atMs: nowMs - 30 * minute,
  tries: 1,
  nextTryAtMs: null,
} as const;

describe('the lane of a connection', () => {
  it('shows what is left to the renewal, and after it one life behind the other to the edge', () => {
    const { left, planned, postMs, moments } = plan(connection({ id: 'a' }));
    expect(left).toEqual({ startMs: nowMs, endMs: nowMs + 35 * minute });
    expect(planned[0]).toEqual({ startMs: nowMs + 35 * minute, endMs: nowMs + 90 * minute });
    for (const [index, life] of planned.entries()) expect(life.startMs).toBe(planned[index - 1]?.endMs ?? left?.endMs);
    expect(planned.at(-1)?.endMs).toBe(day.endMs);
    expect(postMs).toBeNull();
    expect(moments.map(({ kind }) => kind)).toEqual(['now', 'renews']);
  });

  it('melts lives that are too short into one band with their number', () => {
    const short = connection({
      id: 'a',
      expiresAtMs: nowMs + 2 * minute,
      issuedAtMs: nowMs - 3 * minute,
      renewsAtMs: nowMs + minute,
    });
    const { planned, band } = plan(short);
    expect(planned).toEqual([]);
    expect(band).toEqual({ startMs: nowMs + minute, endMs: day.endMs, renewals: Math.ceil((21 * 60 - 1) / 4) });
  });

  it('plans nothing beyond a sign-in that is foreseen, and shows how long that is unsure', () => {
    const told = plan(connection({ id: 'a' }), due(nowMs + 5 * hour, nowMs + 4 * hour));
    expect(told.planned.at(-1)?.endMs).toBe(nowMs + 5 * hour);
    expect(told.postMs).toBe(nowMs + 5 * hour);
    expect(told.unsure).toEqual({ startMs: nowMs + 4 * hour, endMs: nowMs + 5 * hour });
    expect(told.moments.at(-1)).toEqual({ atMs: nowMs + 5 * hour, kind: 'sign_in' });
  });

  it('ends at a post where nobody can renew, and promises nothing after it', () => {
    const fixed = plan(connection({ id: 'a', renewable: false, renewsAtMs: null }));
    expect(fixed).toMatchObject({ postMs: nowMs + 40 * minute, planned: [], band: null, broken: null });
    const beyond = plan(connection({ id: 'a', renewable: false, renewsAtMs: null, expiresAtMs: nowMs + 50 * hour }));
    expect(beyond).toMatchObject({ postMs: null, left: { endMs: day.endMs } });
  });

  it('is broken from where it stopped, and nothing is left of it', () => {
    const over = plan(connection({ id: 'a', condition: 'sign_in_again', failure: refused }));
    expect(over).toMatchObject({ left: null, planned: [], broken: { startMs: nowMs - 30 * minute, endMs: day.endMs } });
    expect(over.spent?.endMs).toBe(nowMs - 30 * minute);
  });

  it('promises no renewal while it is retried, and tells when the next try is', () => {
    const failure = {
      ...refused,
      problem: { code: 'server_refused', facts: {} },
      nextTryAtMs: nowMs + minute,
    } as const;
    const told = plan(connection({ id: 'a', condition: 'retrying', failure }));
    expect(told).toMatchObject({ planned: [], band: null, left: { endMs: nowMs + 40 * minute } });
    expect(told.moments.map(({ kind }) => kind)).toEqual(['now', 'next_try', 'ends']);
  });

  it('leads to no end where none is stated, and only to its revocation where it was revoked', () => {
    expect(plan(connection({ id: 'a', expiresAtMs: null }))).toMatchObject({
      unknown: { startMs: nowMs, endMs: day.endMs },
      left: null,
    });
    const revocation = { atMs: nowMs - hour, worksUntilMs: null };
    expect(plan(connection({ id: 'a', condition: 'revoked', revocation }))).toMatchObject({
      spent: { endMs: nowMs - hour },
      left: null,
      broken: null,
    });
  });

  it('has the past in its order, without what is older than the span', () => {
    const told = plan(connection({ id: 'a' }), unknown, [
      { atMs: nowMs - minute, what: 'renewed' },
      { atMs: nowMs - hour, what: 'failed' },
      { atMs: nowMs - 9 * hour, what: 'renewed' },
    ]);
    expect(told.moments.map(({ kind }) => kind)).toEqual(['failed', 'renewed', 'now', 'renews']);
  });
});

describe('the lane of a person', () => {
  const connections = [
    connection({ id: 'kept' }),
    connection({ id: 'over', condition: 'sign_in_again', failure: refused, expiresAtMs: nowMs - minute }),
    connection({ id: 'fixed', renewable: false, renewsAtMs: null, expiresAtMs: nowMs + 3 * hour }),
    connection({ id: 'later', renewable: false, renewsAtMs: null, expiresAtMs: nowMs + 90 * hour }),
    connection({ id: 'foreseen' }),
    connection({ id: 'gone', condition: 'revoked' }),
  ];
  it('holds each sign-in that only a person can do, once, overdue ones first', () => {
    const duties = dutiesIn(connections, new Map([['foreseen', due(nowMs + 2 * hour)]]), nowMs, day.endMs);
    expect(duties.map(({ connectionId, kind }) => [connectionId, kind])).toEqual([
      ['over', 'overdue'],
      ['foreseen', 'forecast'],
      ['fixed', 'before'],
    ]);
  });

  it('draws no label over the next gate, and no gate over another', () => {
    const at = (minutes: number) => ({
      connectionId: String(minutes),
      label: 'x',
      atMs: nowMs + minutes * minute,
      fromMs: null,
      kind: 'before' as const,
    });
    const placed = placedIn([at(300), at(302), at(310), at(1000)], day, 1000, nowMs);
    expect(placed.map(({ duty }) => duty.connectionId)).toEqual(['300', '1000']);
    expect(placedIn([at(300)], day, 1000, nowMs)[0]).toMatchObject({ named: true, before: false });
    expect(placedIn([at(1250)], day, 1000, nowMs)[0]).toMatchObject({ named: true, before: true });
  });

  it('counts the renewals in between without drawing a lane', () => {
    const drawn = plan(connections[0]!).planned.length;
    expect(renewalsIn([connections[0]!], nowMs, day.endMs)).toBe(drawn);
    expect(renewalsIn(connections.slice(1, 4), nowMs, day.endMs)).toBe(0);
  });
});

describe('the axis', () => {
  it.each([
    ['a day', Date.UTC(2026, 4, 14, 12), false],
    ['a week', Date.UTC(2026, 4, 14, 12), true],
    ['a week over the hour that is set forward', Date.UTC(2026, 2, 27, 12), true],
    ['a week over the hour that is set back', Date.UTC(2026, 9, 23, 12), true],
  ])('names whole hours or midnights of %s, in order and inside', (_what, now, isWeek) => {
    const span = { startMs: now - 24 * hour, endMs: now + (isWeek ? 168 : 21) * hour };
    const marks = axisMarks(span, isWeek, 2);
    expect(marks.length).toBeGreaterThan(5);
    expect(marks).toEqual([...new Set(marks)].toSorted((a, b) => a - b));
    for (const ms of marks) {
      expect(ms).toBeGreaterThan(span.startMs);
      expect(ms).toBeLessThan(span.endMs);
      expect(new Date(ms).getHours() % (isWeek ? 24 : 2)).toBe(0);
      expect(new Date(ms).getMinutes()).toBe(0);
    }
  });
});
