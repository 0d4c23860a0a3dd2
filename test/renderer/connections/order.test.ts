import { describe, expect, it } from 'vitest';
import { countsOf, groupFor, lastChangeMs, sectionsOf } from '../../../renderer/features/connections/order.ts';
import { planOf } from '../../../renderer/features/connections/horizon-plan.ts';
import type { Filter } from '../../../renderer/shell-acts.ts';
import { connecteam, connection, hour, minute, nowMs, teamgantt } from './window.tsx';

const failure = { atMs: nowMs - minute, tries: 1, nextTryAtMs: null };
const some = [
  connection({ id: 'kept late', expiresAtMs: nowMs + 50 * minute }),
  connection({ id: 'kept early', expiresAtMs: nowMs + 30 * minute }),
  connection({ id: 'soon', expiresAtMs: nowMs + 8 * minute }),
  connection({ id: 'unknown', expiresAtMs: null }),
  connection({
    id: 'again',
    condition: 'sign_in_again',
    failure: { ...failure, problem: { code: 'sign_in_again', facts: {} } },
  }),
  connection({ id: 'duty', renewable: false, expiresAtMs: nowMs + 9 * minute }),
  connection({ id: 'practice', realm: 'practice' }),
  connection({ id: 'crew', providerId: 'connecteam', account: 'Harbour Crew', fingerprint: 'aa11bb22' }),
];
const shown = (filter: Filter, query = ''): string[] =>
  sectionsOf(some, [teamgantt, connecteam], { filter, query }, nowMs).flatMap(({ group, ids }) =>
    ids.map((id) => `${group}: ${id}`),
  );

describe('the order of the list', () => {
  it('is needs me first, and in each group what ends first', () => {
    expect(shown({ kind: 'all' })).toEqual([
      'needs_you: duty',
      'needs_you: again',
      'ends_soon: soon',
      'kept: kept early',
      'kept: crew',
      'kept: kept late',
      'cannot_tell: unknown',
      'practice: practice',
    ]);
  });

  it('narrows by view, and keeps practice out of the systems', () => {
    expect(shown({ kind: 'needs_you' })).toEqual(['needs_you: duty', 'needs_you: again']);
    expect(shown({ kind: 'expiring_soon' })).toEqual(['needs_you: duty', 'ends_soon: soon']);
    expect(shown({ kind: 'provider', providerId: 'connecteam' })).toEqual(['kept: crew']);
    expect(shown({ kind: 'practice' })).toEqual(['practice: practice']);
  });

  it.each([
    ['HARBOUR', ['kept: crew']],
    ['connecteam crew', ['kept: crew']],
    ['kept', ['kept: kept early', 'kept: kept late']],
    ['aa11', ['kept: crew']],
    ['aa11 bb22', ['kept: crew']],
    ['nobody', []],
  ])('finds by label, account, system and fingerprint: %s', (query, found) => {
    expect(shown({ kind: 'all' }, query)).toEqual(found);
  });

  it('leaves a row that is being renewed where its time puts it', () => {
    expect(groupFor(connection({ id: 'x', condition: 'renewing' }), nowMs)).toBe('kept');
    expect(groupFor(connection({ id: 'x', condition: 'renewing', expiresAtMs: nowMs + minute }), nowMs)).toBe(
      'ends_soon',
    );
  });

  it('stands between two moments at which time alone moves a row', () => {
    // An hour-long token is soon in its last twelve minutes.
    const one = [connection({ id: 'x', expiresAtMs: nowMs + 40 * minute })];
    expect(lastChangeMs(one, nowMs)).toBe(0);
    expect(lastChangeMs(one, nowMs + 30 * minute)).toBe(nowMs + 28 * minute);
    expect(lastChangeMs(one, nowMs + 39 * minute)).toBe(nowMs + 28 * minute);
    expect(lastChangeMs(one, nowMs + 41 * minute)).toBe(nowMs + 40 * minute);
  });

  it('counts what the sidebar and the head say', () => {
    const counts = countsOf(some, nowMs);
    expect(counts).toMatchObject({ all: 8, needYou: 2, expiringSoon: 2, kept: 3, practice: 1 });
    expect(Object.fromEntries(counts.byProvider)).toEqual({ teamgantt: 6, connecteam: 1 });
  });
});

describe('the horizon', () => {
  it('counts each renewal of a day and each sign-in a person must do, and leaves practice out', () => {
    const plan = planOf(
      [
        connection({ id: 'hourly', expiresAtMs: nowMs + 40 * minute }),
        connection({ id: 'person', renewable: false, renewsAtMs: null, expiresAtMs: nowMs + 5 * hour }),
        connection({ id: 'practice', realm: 'practice' }),
      ],
      nowMs,
    );
    // Renewed each 55 minutes from minute 35 on.
    expect(plan.renewals).toBe(Math.ceil((24 * 60 - 35) / 55));
    expect(plan.signIns).toEqual([nowMs + 5 * hour]);
    expect(Math.max(...plan.ticks)).toBeLessThan(1);
  });
});
