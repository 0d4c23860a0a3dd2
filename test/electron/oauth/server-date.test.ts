import { describe, expect, it } from 'vitest';
import { retryAtMs } from '../../../electron/oauth/retry-after.ts';
import { inOurTime, serverAhead } from '../../../electron/oauth/server-date.ts';
import { exchangeFailed } from '../../../electron/services/history.ts';
import { AppError } from '../../../shared/errors.ts';

const second = 1000;
const hour = 3600 * second;
const receivedAtMs = Date.UTC(2026, 0, 31, 12);

/** An answer of a server whose clock is so far ahead, which took a second. */
const answered = (aheadMs: number, headers: Record<string, string> = {}) => ({
  headers: { date: new Date(receivedAtMs - 500 + aheadMs).toUTCString(), ...headers },
  receivedAtMs,
  durationMs: second,
});

describe('what a server dates by its own clock', () => {
  it('is measured at the middle of the exchange, with what that leaves open', () => {
    expect(serverAhead(answered(3 * hour))).toEqual({ aheadMs: 3 * hour, slackMs: second });
  });

  it('means the span from its answer on where that clock is wrong, and is taken as it stands where it is right', () => {
    const endsMs = receivedAtMs + hour;
    expect(inOurTime(endsMs + 3 * hour, answered(3 * hour))).toBe(endsMs);
    expect(inOurTime(endsMs - 3 * hour, answered(-3 * hour))).toBe(endsMs);
    expect(inOurTime(endsMs, answered(4 * second))).toBe(endsMs);
    expect(inOurTime(endsMs, { ...answered(0), headers: {} })).toBe(endsMs);
  });

  it('holds for "not before" as well, as a date and as the window of a rate limit', () => {
    const inTenMinutes = receivedAtMs + 600 * second;
    const aheadMs = 3 * hour;
    const date = new Date(inTenMinutes + aheadMs).toUTCString();
    expect(retryAtMs(answered(aheadMs, { 'retry-after': date }), [])).toBe(inTenMinutes);
    const reset = String((inTenMinutes + aheadMs) / second);
    const windows = [{ remaining: 'x-left', reset: 'x-reset' }];
    expect(retryAtMs(answered(aheadMs, { 'x-left': '0', 'x-reset': reset }), windows)).toBe(inTenMinutes);
    expect(retryAtMs(answered(aheadMs, { 'retry-after': '600' }), [])).toBe(inTenMinutes);
  });
});

describe('an exchange that failed', () => {
  it('names no time that it cannot have taken, where its own answer set the clock right', () => {
    const error = new AppError('provider_failing');
    const took = (ms: number): number => exchangeFailed('renewed', error, receivedAtMs, receivedAtMs + ms).durationMs;
    expect([took(1200), took(3 * hour), took(-3 * hour)]).toEqual([1200, 0, 0]);
  });
});
