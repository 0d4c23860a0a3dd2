import { describe, expect, it } from 'vitest';
import type { Granted } from '../../../electron/oauth/tokens.ts';
import { Secret } from '../../../electron/secret.ts';
import type { ProviderCalls } from '../../../electron/services/provider-calls.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { RenewalSchedule } from '../../../electron/services/renewal-schedule.ts';
import { Renewals } from '../../../electron/services/renew.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import type { Change } from '../../../electron/vault/records.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { appRecord, connectionRecord, tokensOf } from '../../support/vault-rig.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const startMs = Date.UTC(2026, 0, 31, 12);
const leadMs = 5 * minute;
const count = 1000;
/** So long the provider takes for each answer, by the fake clock. */
const answerMs = 250;

const ids = Array.from({ length: count }, (_, number) => `connection-${String(number)}`);

/** The schedule and the renewals themselves, over a provider that takes its time and writes down when it was asked. */
function world(expiresAtMs: number) {
  const clock = new ManualClock(startMs);
  const announce = { app: () => undefined, connection: () => undefined, part: () => undefined };
  const realms = new Realms(announce);
  const shelf = new PracticeShelf();
  shelf.commit([
    { put: 'app', record: appRecord('one', { realm: 'practice' }) },
    { put: 'app_secrets', appId: 'one', secrets: { clientSecret: null } },
    ...ids.flatMap((id): Change[] => [
      {
        put: 'connection',
        record: connectionRecord(id, 'one', { realm: 'practice', issuedAtMs: expiresAtMs - hour, expiresAtMs }),
      },
      { put: 'connection_secrets', connectionId: id, secrets: tokensOf(id) },
    ]),
  ]);
  realms.setPractice(shelf);
  const asked: number[] = [];
  const answered = new Map<string, number>();
  let inFlight = 0;
  let most = 0;
  const calls = {
    name: () => 'Taskade',
    refresh: async (_: unknown, refreshToken: Secret): Promise<Granted> => {
      asked.push(clock.nowMs());
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise<void>((resolve) => clock.after(answerMs, resolve));
      inFlight -= 1;
      answered.set(refreshToken.reveal().slice('refresh-'.length), clock.nowMs());
      const issuedAtMs = clock.nowMs();
      return {
        tokens: {
          ...{ accessToken: new Secret('a'), idToken: null, refreshToken, bearer: new Secret('a') },
          ...{ issuedAtMs, expiresAtMs: issuedAtMs + 24 * hour, expirySource: 'expires_in' },
          ...{ scopesGranted: null, refreshTokenReturned: false },
        },
        status: 200,
        durationMs: answerMs,
      };
    },
  } as unknown as ProviderCalls;
  const paused = (): boolean => false;
  const renewals = new Renewals({
    ...{ realms, calls, clock, announce, paused, newId: () => 'attempt', random: () => 0 },
    log: { write: () => undefined },
    ended: () => schedule.look(),
  });
  const schedule = new RenewalSchedule({
    ...{ realms, renewals, clock, paused },
    leadMs: () => leadMs,
    mayBeMs: () => clock.nowMs(),
  });
  realms.onCommit(() => schedule.look());
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += answerMs) {
      clock.advance(answerMs);
      await new Promise<void>((turn) => setImmediate(turn));
    }
  };
  return { clock, schedule, asked, answered, most: () => most, pass };
}

describe('1,000 connections expiring together', () => {
  it('are no stampede, and each has its new token before the old one ends', async () => {
    const expiresAtMs = startMs + 12 * minute;
    const { schedule, asked, answered, most, pass } = world(expiresAtMs);
    schedule.start();
    await pass(12 * minute);
    expect(answered.size).toBe(count);
    expect(asked).toHaveLength(count);
    expect(Math.max(...answered.values())).toBeLessThan(expiresAtMs);
    expect(most()).toBeLessThanOrEqual(4);
    // Spread over twice the lead, ahead alone: not before it, and never many in a row.
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(expiresAtMs - 2 * leadMs);
    expect(Math.max(...answered.values())).toBeLessThanOrEqual(expiresAtMs - leadMs + 10 * second);
    const inTenSeconds = asked.map((atMs) => asked.filter((at) => at >= atMs && at < atMs + 10 * second).length);
    // All at once, four at a time, would be a hundred and sixty.
    expect(Math.max(...inTenSeconds)).toBeLessThan(80);
  }, 60_000);

  it('and found ended are renewed at once, four at a time without a pause', async () => {
    const { schedule, asked, answered, most, pass } = world(startMs - hour);
    schedule.start();
    // One step is the turn in which the first are asked.
    await pass((count / 4 + 1) * answerMs);
    expect(answered.size).toBe(count);
    expect(asked).toHaveLength(count);
    expect(most()).toBe(4);
  }, 60_000);
});
