import { describe, expect, it } from 'vitest';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { dutyOf, Notices } from '../../../electron/services/notices.ts';
import {
  day,
  fixed,
  hour,
  minute,
  noonMs,
  refused,
  retrying,
  summary,
  wrongClient,
} from '../../support/connection-summary.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { memoryManners, type MemoryManners } from '../../support/memory-manners.ts';

/** Notices over connections that the test changes, by a clock that it moves. */
function world(manners: MemoryManners = memoryManners(), clock = new ManualClock(noonMs)) {
  let connections: ConnectionSummary[] | null = [];
  const open = { now: true };
  const notices = new Notices({
    connections: () => connections,
    mayName: () => open.now,
    preferences: manners.preferences,
    notifications: manners.notifications,
    clock,
  });
  notices.start();
  return {
    ...{ notices, manners, clock, open },
    shown: manners.shown,
    /** The connections are now these; told as a commit tells it. */
    now: (...next: ConnectionSummary[]): void => {
      connections = next;
      notices.look();
    },
    closeVault: () => void (connections = null),
    soon: () => clock.advance(10_000),
  };
}

const again = (id: string, more: Partial<ConnectionSummary> = {}) => summary(id, { generation: 4, ...more });

describe('a duty of a person', () => {
  const leadMs = day;

  it('is a refused sign-in, a wrong secret, and a token past its end that nobody can renew', () => {
    expect(dutyOf(refused('a'), noonMs, leadMs)).toMatchObject({ kind: 'needed', remedy: 'sign_in' });
    expect(dutyOf(wrongClient('a'), noonMs, leadMs)).toMatchObject({ kind: 'needed', remedy: 'set_up' });
    expect(dutyOf(fixed('a', 90 * day, 0), noonMs, leadMs)).toMatchObject({ kind: 'needed', cause: 'ended' });
  });

  it('is never what renews by itself, however little is left, nor what is tried again', () => {
    const ended = { issuedAtMs: noonMs - hour, expiresAtMs: noonMs - 1 };
    for (const one of [summary('a', ended), retrying('a', ended), summary('a', { condition: 'renewing', ...ended })]) {
      expect(dutyOf(one, noonMs, leadMs)).toBeNull();
    }
  });

  it('is neither practice, nor what a person revoked, nor what ended with another', () => {
    const withAnother = { problem: { code: 'ended_with_another' as const, facts: {} }, atMs: noonMs, tries: 0 };
    for (const one of [
      refused('a', { realm: 'practice' }),
      summary('a', { condition: 'revoked' }),
      refused('a', { failure: { ...withAnother, nextTryAtMs: null } }),
    ]) {
      expect(dutyOf(one, noonMs, leadMs)).toBeNull();
    }
  });

  it.each([
    ['90 days', 90 * day, day],
    ['5 days', 5 * day, 12 * hour],
    ['a day', day, 2.4 * hour],
    ['an hour', hour, 6 * minute],
  ])('comes ahead of the end of a token of %s by the lead, at most a tenth of its life', (_, lifeMs, aheadMs) => {
    expect(dutyOf(fixed('a', lifeMs, aheadMs + 1), noonMs, leadMs)).toBeNull();
    expect(dutyOf(fixed('a', lifeMs, aheadMs), noonMs, leadMs)).toMatchObject({ kind: 'soon' });
  });

  it('counts the life from the sign-in where the token does not say when it was given', () => {
    const pasted = fixed('a', 0, 6 * hour, { issuedAtMs: null, createdAtMs: noonMs - day });
    expect(dutyOf(pasted, noonMs, leadMs)).toBeNull();
    expect(dutyOf(pasted, noonMs + 4 * hour, leadMs)).toMatchObject({ kind: 'soon' });
  });
});

describe('notices', () => {
  it('tell one refused sign-in once, with its label and no account', () => {
    const { now, soon, shown, clock } = world();
    now(refused('a'), summary('b'));
    soon();
    expect(shown).toEqual([
      {
        kind: 'needed',
        remedy: 'sign_in',
        connectionIds: ['a'],
        label: 'Label a',
        account: null,
        endsAtMs: null,
      },
    ]);
    for (let round = 0; round < 20; round += 1) {
      now(refused('a'), summary('b', { generation: round }));
      clock.advance(hour);
    }
    expect(shown).toHaveLength(1);
  });

  it('tell nothing of a thousand connections that fail and are tried again', () => {
    const { now, shown, clock } = world();
    for (let round = 0; round < 10; round += 1) {
      now(...Array.from({ length: 1000 }, (_, number) => retrying(`c${String(number)}`)));
      clock.advance(5 * minute);
    }
    expect(shown).toEqual([]);
  });

  it('gather fifty that stop within seconds into one, which names the first that stopped', () => {
    const { now, soon, shown, clock } = world();
    const stopped = (number: number) =>
      refused(`c${String(number)}`, {
        failure: { ...refused('x').failure!, atMs: noonMs + number * 100 },
      });
    for (let count = 1; count <= 50; count += 1) {
      now(...Array.from({ length: count }, (_, number) => stopped(count - 1 - number)));
      clock.advance(100);
    }
    soon();
    clock.advance(hour);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.connectionIds).toHaveLength(50);
    expect(shown[0]?.label).toBe('Label c0');
  });

  it('show at most one a minute, and what waited meanwhile in one', () => {
    const { now, soon, shown, clock } = world();
    now(refused('a'));
    soon();
    now(refused('a'), refused('b'));
    soon();
    now(refused('a'), refused('b'), refused('c'));
    clock.advance(49_999);
    expect(shown.map(({ connectionIds }) => connectionIds)).toEqual([['a']]);
    clock.advance(1);
    expect(shown.map(({ connectionIds }) => connectionIds)).toEqual([['a'], ['b', 'c']]);
  });

  it('are not silenced by a wall clock that was set back', () => {
    const { now, soon, shown, clock } = world();
    now(refused('a'));
    soon();
    const real = clock.nowMs.bind(clock);
    clock.nowMs = () => real() - day;
    now(refused('a'), refused('b'));
    clock.advance(2 * minute);
    expect(shown).toHaveLength(2);
  });

  it('warn in time, then say that it has ended, each once', () => {
    const { now, shown, clock } = world();
    now(fixed('a', 90 * day, day + 2 * minute));
    clock.advance(minute);
    expect(shown).toEqual([]);
    clock.advance(2 * minute);
    expect(shown).toMatchObject([{ kind: 'soon', connectionIds: ['a'], endsAtMs: noonMs + day + 2 * minute }]);
    clock.advance(2 * day);
    expect(shown.map(({ kind }) => kind)).toEqual(['soon', 'needed']);
  });

  it('warn as far ahead as was chosen', () => {
    const { notices, now, soon, shown } = world();
    now(fixed('a', 90 * day, 2 * day));
    soon();
    expect(shown).toEqual([]);
    notices.keep({ leadHours: 72 });
    soon();
    expect(shown).toMatchObject([{ kind: 'soon' }]);
  });

  it('tell another cause of the same connection, and the same cause again after a new sign-in', () => {
    const { now, shown, clock } = world();
    now(wrongClient('a'));
    clock.advance(2 * minute);
    now(refused('a'));
    clock.advance(2 * minute);
    now(wrongClient('a'));
    clock.advance(2 * minute);
    expect(shown.map(({ remedy }) => remedy)).toEqual(['set_up', 'sign_in']);
    now(wrongClient('a', { generation: 4 }));
    clock.advance(2 * minute);
    expect(shown.map(({ remedy }) => remedy)).toEqual(['set_up', 'sign_in', 'set_up']);
  });

  it('say once that a connection works again that was told of, and not while it is only being tried', () => {
    const { now, shown, clock } = world();
    now(refused('a'), summary('b'));
    clock.advance(2 * minute);
    now(retrying('a', { generation: 4 }), again('b'));
    clock.advance(2 * minute);
    expect(shown.map(({ kind }) => kind)).toEqual(['needed']);
    now(again('a'), again('b'));
    clock.advance(hour);
    expect(shown.map(({ kind, connectionIds }) => [kind, ...connectionIds])).toEqual([
      ['needed', 'a'],
      ['recovered', 'a'],
    ]);
  });

  it('do not say "works again" of what was only warned of in time, or was revoked', () => {
    const { now, shown, clock } = world();
    now(fixed('a', 90 * day, hour), refused('b'));
    clock.advance(5 * minute);
    expect(shown).toHaveLength(2);
    now(fixed('a', 90 * day, 90 * day, { generation: 4 }), summary('b', { condition: 'revoked' }));
    clock.advance(hour);
    expect(shown).toHaveLength(2);
  });

  it('take neither a clock that was set back nor another lead for a token that works again', () => {
    const { notices, now, shown, clock } = world();
    now(fixed('ended', 90 * day, 5 * minute), fixed('warned', 90 * day, 20 * hour));
    clock.advance(hour);
    expect(shown.map(({ kind }) => kind)).toEqual(['soon', 'needed']);
    const real = clock.nowMs.bind(clock);
    clock.nowMs = () => real() - day;
    notices.keep({ leadHours: 1 });
    clock.advance(hour);
    clock.nowMs = real;
    notices.keep({ leadHours: 24 });
    clock.advance(hour);
    expect(shown).toHaveLength(2);
  });

  it('tell nothing twice after a restart, and close the loop there', () => {
    const manners = memoryManners();
    const first = world(manners);
    first.now(refused('a'));
    first.soon();
    first.notices.stop();
    const second = world(manners, first.clock);
    second.now(refused('a'));
    second.clock.advance(hour);
    expect(second.shown).toHaveLength(1);
    second.now(again('a'));
    second.clock.advance(minute);
    expect(second.shown.map(({ kind }) => kind)).toEqual(['needed', 'recovered']);
  });

  it('keep a cause and an id on the disk, and no name', () => {
    const { now, soon, manners } = world();
    now(refused('a'));
    soon();
    expect(manners.stored()).toContain('sign_in_again');
    expect(manners.stored()).not.toMatch(/Label|people\.example/);
  });

  it('wait for the end of a snooze, and tell again then what was told before it', () => {
    const { notices, now, soon, shown, clock } = world();
    now(refused('a'));
    soon();
    notices.keepOf('a', { snoozedUntilMs: noonMs + day });
    expect(notices.of('a')).toEqual({ notify: 'on', snoozedUntilMs: noonMs + day });
    clock.advance(day - 20_000);
    expect(shown).toHaveLength(1);
    clock.advance(2 * minute);
    expect(shown).toHaveLength(2);
    clock.advance(day);
    expect(shown).toHaveLength(2);
    expect(notices.of('a')).toEqual({ notify: 'on', snoozedUntilMs: null });
  });

  it('are silent for a connection that is off, also when it works again', () => {
    const { notices, now, shown, clock } = world();
    now(refused('a'), refused('b'));
    notices.keepOf('a', { notify: 'off' });
    clock.advance(2 * minute);
    expect(shown.map(({ connectionIds }) => connectionIds)).toEqual([['b']]);
    notices.keepOf('b', { notify: 'off' });
    now(again('a'), again('b'));
    clock.advance(hour);
    expect(shown).toHaveLength(1);
  });

  it('are silent when all are off, and tell what stands in one when they are turned on', () => {
    const { notices, now, shown, clock } = world();
    notices.keep({ on: false });
    now(refused('a'), refused('b'));
    clock.advance(hour);
    expect(shown).toEqual([]);
    notices.keep({ on: true });
    clock.advance(minute);
    expect(shown.map(({ connectionIds }) => connectionIds)).toEqual([['a', 'b']]);
  });

  it('take nothing for told where the system shows no notifications', () => {
    const manners = memoryManners(false);
    const { now, notices, clock } = world(manners);
    now(refused('a'));
    clock.advance(hour);
    expect(manners.shown).toEqual([]);
    expect(manners.stored()).not.toContain('sign_in_again');
    expect(notices.settings().supported).toBe(false);
  });

  it.each([
    ['none', null, null],
    ['label', 'Label a', null],
    ['account', 'Label a', 'a@people.example'],
  ] as const)('name as much as was chosen: %s', (names, label, account) => {
    const { notices, now, soon, shown } = world();
    notices.keep({ names });
    now(refused('a'));
    soon();
    expect(shown).toMatchObject([{ label, account }]);
  });

  it('name nothing while the vault is not open to the person', () => {
    const { notices, now, soon, shown, open } = world();
    notices.keep({ names: 'account' });
    open.now = false;
    now(refused('a'));
    soon();
    expect(shown).toMatchObject([{ label: null, account: null, connectionIds: ['a'] }]);
  });

  it('forget a connection that is gone, and nothing while no vault is open', () => {
    const { notices, now, clock, closeVault, manners } = world();
    now(summary('a'), summary('b'));
    notices.keepOf('a', { notify: 'off' });
    notices.keepOf('b', { notify: 'off' });
    closeVault();
    clock.advance(hour);
    expect(Object.keys(manners.preferences.noticesOfConnections())).toEqual(['a', 'b']);
    now(summary('b'));
    clock.advance(minute);
    expect(Object.keys(manners.preferences.noticesOfConnections())).toEqual(['b']);
  });

  it('keep nothing for a connection that is as usual, and know none that is not there', () => {
    const { notices, now, manners } = world();
    now(summary('a'));
    notices.keepOf('a', { notify: 'off' });
    notices.keepOf('a', { notify: 'on' });
    expect(manners.preferences.noticesOfConnections()).toEqual({});
    expect(() => notices.of('gone')).toThrow('not_found');
    expect(() => notices.keepOf('gone', { notify: 'off' })).toThrow('not_found');
  });

  it('show nothing once stopped', () => {
    const { notices, now, shown, clock } = world();
    now(refused('a'));
    notices.stop();
    clock.advance(hour);
    expect(shown).toEqual([]);
  });
});
