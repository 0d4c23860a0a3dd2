import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/model/connection.ts';
import { Realms } from '../../../electron/services/realms.ts';
import type { Renewals } from '../../../electron/services/renew.ts';
import { RenewalSchedule, dueAtMs } from '../../../electron/services/renewal-schedule.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import type { ConnectionRecord } from '../../../electron/vault/records.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';

const minute = 60_000;
const hour = 60 * minute;
const startMs = Date.UTC(2026, 0, 31, 12);
const problem = { code: 'provider_failing' as const, facts: {} };

/** The schedule over a shelf of connections and renewals that end when the test says so. */
function world(records: ConnectionRecord[], realm: 'vault' | 'practice' = 'practice') {
  const clock = new ManualClock(startMs);
  const realms = new Realms({ app: () => undefined, connection: () => undefined, part: () => undefined });
  const shelf = new PracticeShelf();
  shelf.commit([
    { put: 'app', record: appRecord('one', { realm: 'practice' }) },
    ...records.map((record) => ({ put: 'connection' as const, record: { ...record, realm: 'practice' as const } })),
  ]);
  if (realm === 'vault') realms.setVault(Object.defineProperty(shelf, 'realm', { value: 'vault' }));
  else realms.setPractice(shelf);
  const running = new Map<string, { done: () => void; fail: (failure: Failure) => void }>();
  const asked: string[] = [];
  const beside = new Map<string, Failure>();
  let mostAtOnce = 0;
  const paused = { now: false };
  const renewals = {
    isRenewing: (id: string) => running.has(id),
    failureBesideRecord: ({ id }: ConnectionRecord) => beside.get(id) ?? null,
    renew: (id: string) => {
      asked.push(id);
      return new Promise<void>((resolve, reject) => {
        const end = (change: Partial<ConnectionRecord>): void => {
          running.delete(id);
          shelf.commit([{ put: 'connection', record: { ...shelf.connection(id)!, ...change } }]);
        };
        running.set(id, {
          // As the program wires it: the end of any renewal, well or not, leads to another look.
          done: () => {
            end({ issuedAtMs: clock.nowMs(), expiresAtMs: clock.nowMs() + hour, failure: null, renewalIntent: null });
            resolve();
            schedule.look();
          },
          fail: (failure) => {
            end({ failure });
            reject(new Error('failed'));
            schedule.look();
          },
        });
        mostAtOnce = Math.max(mostAtOnce, running.size);
      });
    },
  } as unknown as Renewals;
  const mayBe = { laterMs: 0 };
  const schedule = new RenewalSchedule({
    ...{ realms, renewals, clock, leadMs: () => 5 * minute, paused: () => paused.now },
    mayBeMs: () => clock.nowMs() + mayBe.laterMs,
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { clock, schedule, running, asked, beside, paused, mayBe, turn, most: () => mostAtOnce };
}

/** One that ends so much after the start; due five minutes earlier. */
const ending = (id: string, inMs: number, over: Partial<ConnectionRecord> = {}): ConnectionRecord =>
  connectionRecord(id, 'one', { issuedAtMs: startMs - hour, expiresAtMs: startMs + inMs, ...over });

const failure = (nextTryAtMs: number | null): Failure => ({ problem, atMs: startMs, tries: 1, nextTryAtMs });

describe('what is due', () => {
  it('is ahead of the end by the lead, after a failure at its next try, and never where a person is needed', () => {
    const record = ending('a', hour);
    expect(dueAtMs(record, 5 * minute)).toBe(startMs + 55 * minute);
    expect(dueAtMs({ ...record, failure: failure(startMs + 7) }, 5 * minute)).toBe(startMs + 7);
    expect(dueAtMs({ ...record, failure: failure(null) }, 5 * minute)).toBeNull();
    expect(dueAtMs({ ...record, renewable: false }, 5 * minute)).toBeNull();
    expect(dueAtMs({ ...record, condition: 'sign_in_again' }, 5 * minute)).toBeNull();
    expect(dueAtMs({ ...record, condition: 'revoked' }, 5 * minute)).toBeNull();
    expect(dueAtMs({ ...record, expiresAtMs: null }, 5 * minute)).toBeNull();
  });
});

describe('the schedule', () => {
  it('starts at most four at a provider, the oldest due first, and the next when one has ended', async () => {
    const { schedule, asked, running, turn } = world(
      [6, 2, 5, 1, 4, 3].map((minutes) => ending(`m${String(minutes)}`, -minutes * minute)),
    );
    schedule.start();
    expect(asked).toEqual(['m6', 'm5', 'm4', 'm3']);
    running.get('m5')!.done();
    await turn();
    expect(asked).toEqual(['m6', 'm5', 'm4', 'm3', 'm2']);
  });

  it('counts each provider for itself', () => {
    const { schedule, asked } = world([
      ...[1, 2, 3, 4, 5].map((number) => ending(`a${String(number)}`, -number)),
      ending('b', 0, { providerId: 'teamgantt' }),
    ]);
    schedule.start();
    expect(asked).toEqual(['a5', 'a4', 'a3', 'a2', 'b']);
  });

  it('gets through a thousand that are due, each once and never more than four at a time', async () => {
    const all = Array.from({ length: 1000 }, (_, number) => ending(`c${String(number)}`, -number));
    const { schedule, asked, running, turn, most } = world(all);
    schedule.start();
    // Looked at from everywhere meanwhile, as commits and a waking computer do.
    for (let round = 0; round < 2000 && running.size > 0; round += 1) {
      if (round % 50 === 0) schedule.look();
      for (const { done } of [...running.values()]) done();
      await turn();
    }
    expect(asked).toHaveLength(1000);
    expect(new Set(asked).size).toBe(1000);
    expect(most()).toBe(4);
  });

  it('renews nothing of an older copy of the vault until it is accepted, while practice goes on', () => {
    const older = world([ending('a', -1)], 'vault');
    older.paused.now = true;
    older.schedule.start();
    older.clock.advance(hour);
    expect(older.asked).toEqual([]);
    older.paused.now = false;
    older.schedule.look();
    expect(older.asked).toEqual(['a']);
    const practice = world([ending('a', -1)]);
    practice.paused.now = true;
    practice.schedule.start();
    expect(practice.asked).toEqual(['a']);
  });

  it('looks at the wall clock every minute, so that a jump ahead is noticed', () => {
    const { schedule, asked, clock } = world([ending('a', 24 * hour)]);
    schedule.start();
    const real = clock.nowMs.bind(clock);
    clock.advance(minute - 1);
    expect(asked).toEqual([]);
    clock.nowMs = () => real() + 48 * hour;
    clock.advance(1);
    expect(asked).toEqual(['a']);
  });

  it('tries again at the moment a failure names, not before, and leaves the others their turn', async () => {
    const { schedule, asked, running, clock, turn } = world([ending('a', -1), ending('b', 5 * minute + 30_000)]);
    schedule.start();
    running.get('a')!.fail(failure(startMs + 10_000));
    await turn();
    clock.advance(9_999);
    expect(asked).toEqual(['a']);
    clock.advance(1);
    expect(asked).toEqual(['a', 'a']);
    clock.advance(20_000);
    expect(asked).toEqual(['a', 'a', 'b']);
  });

  it('leaves alone what waits for a person, also when the disk did not take the failure', async () => {
    const { schedule, asked, running, beside, clock, turn } = world([ending('a', -1)]);
    schedule.start();
    beside.set('a', failure(null));
    running.get('a')!.fail({ ...failure(null), nextTryAtMs: startMs });
    await turn();
    clock.advance(hour);
    await turn();
    expect(asked).toEqual(['a']);
  });

  it('renews now what a person asked for, in its turn among four, and leaves alone what cannot be renewed', async () => {
    const { schedule, asked, running, turn } = world([
      ...[1, 2, 3, 4, 5].map((number) => ending(`a${String(number)}`, hour + number)),
      ending('late', 0, { failure: failure(startMs + hour) }),
      ending('person', 0, { failure: failure(null) }),
      ending('rest', hour),
    ]);
    schedule.start();
    expect(asked).toEqual([]);
    schedule.renewNow(['a1', 'a2', 'a3', 'a4', 'a5', 'late', 'person']);
    expect(asked).toHaveLength(4);
    for (let round = 0; round < 4; round += 1) {
      for (const { done } of [...running.values()]) done();
      await turn();
    }
    // Each once: what was asked for is not asked for again when it has ended.
    expect([...asked].sort()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'late']);
  });

  it('leaves a provider alone as long as it asked one of them to, and no other provider', () => {
    const busy = { problem: { code: 'provider_busy' as const, facts: { retryAtMs: startMs + 30_000 } } };
    const { schedule, asked, clock } = world([
      // As it was stored before the program was started again.
      ending('a', -1, { failure: { ...failure(startMs + 30_000), ...busy } }),
      ...[1, 2, 3, 4, 5].map((n) => ending(`b${String(n)}`, -n)),
      ending('c', -1, { providerId: 'teamgantt' }),
    ]);
    schedule.start();
    expect(asked).toEqual(['c']);
    clock.advance(29_999);
    expect(asked).toEqual(['c']);
    clock.advance(1);
    expect(asked).toHaveLength(5);
  });

  it('asks again for a lost answer in time, though another was told to wait', () => {
    const facts = { retryAtMs: startMs + 30_000 };
    const renewalIntent = { attemptId: 'x', tokenHash: 'a'.repeat(64), atMs: startMs };
    const { schedule, asked } = world([
      ending('a', -1, { failure: { ...failure(startMs + 30_000), problem: { code: 'provider_busy', facts } } }),
      ending('b', -1),
      ending('lost', -1, { renewalIntent, failure: failure(startMs - 1) }),
    ]);
    schedule.start();
    expect(asked).toEqual(['lost']);
  });

  it('does not wait for what a clock noted that has been set back since', async () => {
    const far = startMs + 365 * 24 * hour;
    const intent = { attemptId: 'x', tokenHash: 'a'.repeat(64), atMs: far };
    const { schedule, asked, running, clock, turn } = world([
      ending('from-the-future', 366 * 24 * hour, { issuedAtMs: far }),
      ending('tries-next-year', hour, { failure: failure(far) }),
      ending('asked-next-year', hour, { renewalIntent: intent, providerId: 'teamgantt' }),
      ending('told-to-wait-a-year', hour, {
        failure: { ...failure(far), problem: { code: 'provider_busy', facts: { retryAtMs: far } } },
      }),
      ending('a-minute-ahead', hour, { issuedAtMs: startMs + minute }),
    ]);
    schedule.start();
    expect(asked.toSorted()).toEqual(['asked-next-year', 'from-the-future', 'told-to-wait-a-year', 'tries-next-year']);
    for (const { done } of [...running.values()]) done();
    await turn();
    clock.advance(40 * minute);
    // That minute is no sign of anything: it is due when it is.
    expect(asked).toHaveLength(4);
  });

  it('renews a few together at the very moment that the window names, and a crowd of five up to twice as early', () => {
    const few = world([1, 2, 3, 4].map((n) => ending(`a${String(n)}`, hour)));
    few.schedule.start();
    few.clock.advance(55 * minute - 1);
    expect(few.asked).toEqual([]);
    few.clock.advance(1);
    expect(few.asked).toHaveLength(4);
    const crowd = world([1, 2, 3, 4, 5].map((n) => ending(`a${String(n)}`, hour + n)));
    crowd.schedule.start();
    crowd.clock.advance(50 * minute - 1);
    expect(crowd.asked).toEqual([]);
    crowd.clock.advance(5 * minute - 1);
    expect(crowd.asked.length).toBeGreaterThan(0);
  });

  it('asks one, and one a minute, where it may be later than it seems, and nobody who has trouble already', async () => {
    const { schedule, asked, running, clock, mayBe, turn } = world([
      ending('a', hour),
      ending('b', 2 * hour),
      ending('c', 30 * hour),
      ending('failed', hour, { failure: failure(startMs + 50 * minute) }),
    ]);
    schedule.start();
    mayBe.laterMs = 24 * hour;
    schedule.look();
    schedule.look();
    expect(asked).toEqual(['a']);
    running.get('a')!.done();
    await turn();
    expect(asked).toEqual(['a']);
    clock.advance(minute);
    expect(asked).toEqual(['a', 'b']);
    mayBe.laterMs = 0;
    running.get('b')!.done();
    await turn();
    clock.advance(10 * minute);
    expect(asked).toEqual(['a', 'b']);
  });

  it('starts nothing once stopped', async () => {
    const { schedule, asked, running, clock, turn } = world([5, 4, 3, 2, 1].map((n) => ending(`a${String(n)}`, -n)));
    schedule.start();
    schedule.stop();
    running.get('a5')!.done();
    await turn();
    clock.advance(hour);
    expect(asked).toHaveLength(4);
  });
});
