import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../shared/model/connection.ts';
import { exchangeFailed, withExchange } from '../../../electron/services/history.ts';
import { lookBack } from '../../../electron/services/look-back.ts';
import type { ProviderCalls } from '../../../electron/services/provider-calls.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { historyLimit } from '../../../electron/vault/records.ts';
import { AppError } from '../../../shared/errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';

const startMs = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const day = 24 * hour;
const done = (what: Exchange['what'], atMs: number): Exchange => ({
  atMs,
  what,
  outcome: 'done',
  durationMs: 1,
  status: 200,
  refreshToken: null,
  problem: null,
});
const refused = (atMs: number): Exchange => exchangeFailed('renewed', new AppError('sign_in_again'), atMs, atMs);

function shelfWith(ids: readonly string[]) {
  const shelf = new PracticeShelf();
  const realms = new Realms({ app: () => undefined, connection: () => undefined, part: () => undefined });
  realms.setPractice(shelf);
  shelf.commit([
    { put: 'app', record: appRecord('app', { realm: 'practice' }) },
    ...ids.map((id) => ({ put: 'connection' as const, record: connectionRecord(id, 'app', { realm: 'practice' }) })),
  ]);
  const add = (id: string, exchange: Exchange): void => shelf.commit([withExchange(shelf, id, exchange)]);
  return { shelf, realms, add };
}

describe('a history that is full', () => {
  it('keeps when sign-ins began and ended, and drops the oldest renewal instead', () => {
    const { shelf, add } = shelfWith(['one']);
    add('one', done('signed_in', startMs));
    for (let index = 1; index <= historyLimit + 50; index += 1) add('one', done('renewed', startMs + index * hour));
    const history = shelf.history('one');
    expect(history).toHaveLength(historyLimit);
    expect(history.at(-1)).toMatchObject({ what: 'signed_in', atMs: startMs });
    expect(history[0]?.atMs).toBe(startMs + (historyLimit + 50) * hour);
    // The second oldest is the first renewal that still had room.
    expect(history.at(-2)?.atMs).toBe(startMs + 52 * hour);
  });

  it('does not fill itself with beginnings and ends', () => {
    const { shelf, add } = shelfWith(['one']);
    for (let index = 0; index < 150; index += 1) {
      add('one', done('signed_in', startMs + 2 * index * hour));
      add('one', refused(startMs + (2 * index + 1) * hour));
    }
    expect(shelf.history('one')).toHaveLength(historyLimit);
    add('one', done('tested', startMs + 400 * hour));
    expect(shelf.history('one')[0]?.what).toBe('tested');
  });
});

describe('the forecast of a connection', () => {
  it('goes by how long sign-ins of the same provider held, and not by what was ended here', () => {
    const { realms, add } = shelfWith(['one', 'two']);
    const nowMs = startMs + 100 * day;
    for (const id of ['one', 'two']) {
      add(id, done('signed_in', startMs));
      add(id, done('renewed', startMs + hour));
      add(id, refused(startMs + 30 * day));
    }
    add('two', done('signed_in', startMs + 40 * day));
    add('two', done('revoked', startMs + 41 * day));
    add('one', done('signed_in', startMs + 95 * day));
    const calls = {
      statedSignIn: () => ({ ends: 'not_stated', lifeMs: null, idleMs: null }),
    } as unknown as ProviderCalls;
    const tools = { realms, calls, clock: new ManualClock(nowMs), leadMs: () => 300_000 };
    const [lane] = lookBack(tools, ['one'], startMs + 94 * day).lanes;
    expect(lane?.signedInMs).toBe(startMs + 95 * day);
    expect(lane?.moments).toEqual([{ atMs: startMs + 95 * day, what: 'signed_in' }]);
    expect(lane?.forecast).toMatchObject({
      kind: 'due',
      atMs: startMs + 125 * day,
      certainty: 'guess',
      seen: 2,
      heldMs: 30 * day,
    });
  });
});
