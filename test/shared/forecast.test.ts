import { describe, expect, it } from 'vitest';
import { type Forecast, forecastOf, type ForecastInput } from '../../shared/model/forecast.ts';

const nowMs = Date.UTC(2026, 5, 12, 13, 42);
const day = 86_400_000;
const usual: ForecastInput = {
  condition: 'kept',
  renewable: true,
  asksAgain: false,
  expiresAtMs: nowMs + 3_600_000,
  renewsAtMs: nowMs + 3_000_000,
  signedInMs: nowMs - 100 * day,
  lastUsedMs: nowMs - 600_000,
  stated: { ends: 'not_stated', lifeMs: null, idleMs: null },
  heldMs: [],
  nowMs,
};
const stated = (more: Partial<ForecastInput['stated']>) => ({ stated: { ...usual.stated, ...more } });

const table: [string, Partial<ForecastInput>, Partial<Extract<Forecast, { kind: 'due' }>> | Forecast][] = [
  ['nothing is known: nothing is claimed', {}, { kind: 'unknown' }],
  [
    'the provider says until revoked',
    stated({ ends: 'when_revoked' }),
    { kind: 'not_needed', reason: 'until_revoked' },
  ],
  ['the token is simply asked for again', { asksAgain: true }, { kind: 'not_needed', reason: 'asks_again' }],
  ['it is over already', { condition: 'sign_in_again' }, { atMs: nowMs, certainty: 'stated', reason: 'needed_now' }],
  ['it was revoked', { condition: 'revoked' }, { kind: 'unknown' }],
  ['nobody can renew it', { renewable: false }, { atMs: nowMs + 3_600_000, certainty: 'stated', reason: 'token_ends' }],
  ['nobody can renew it and its end is not stated', { renewable: false, expiresAtMs: null }, { kind: 'unknown' }],
  [
    'nobody could renew it and it ended',
    { renewable: false, expiresAtMs: nowMs - 1 },
    { atMs: nowMs, reason: 'needed_now' },
  ],
  [
    'a stated life',
    stated({ lifeMs: 180 * day }),
    { atMs: nowMs + 80 * day, certainty: 'stated', reason: 'stated_life' },
  ],
  [
    'a stated life wins over what was seen',
    { ...stated({ lifeMs: 180 * day }), heldMs: [110 * day] },
    { reason: 'stated_life' },
  ],
  ['an idle limit that renewals keep away', stated({ idleMs: 30 * day }), { kind: 'unknown' }],
  [
    'an idle limit, and no renewal is planned',
    { ...stated({ idleMs: 30 * day }), renewsAtMs: null },
    { atMs: nowMs - 600_000 + 30 * day, reason: 'stated_idle' },
  ],
  [
    'an idle limit shorter than the token’s life',
    { ...stated({ idleMs: 1_200_000 }) },
    { atMs: nowMs + 600_000, reason: 'stated_idle' },
  ],
  [
    'the earlier of two limits',
    { ...stated({ lifeMs: 101 * day, idleMs: 30 * day }), renewsAtMs: null },
    { atMs: nowMs + day, reason: 'stated_life' },
  ],
  [
    'three alike were seen',
    { heldMs: [180 * day, 181 * day, 179 * day] },
    {
      atMs: nowMs + 80 * day,
      fromMs: nowMs + 79 * day,
      certainty: 'likely',
      reason: 'seen',
      seen: 3,
      heldMs: 180 * day,
    },
  ],
  ['three that differ', { heldMs: [120 * day, 180 * day, 240 * day] }, { atMs: nowMs + 80 * day, certainty: 'guess' }],
  ['one was seen', { heldMs: [180 * day] }, { atMs: nowMs + 80 * day, certainty: 'guess', seen: 1 }],
  ['it has outlived all that were seen', { heldMs: [30 * day, 60 * day] }, { kind: 'unknown' }],
  [
    'it has outlived the usual, not the longest',
    { heldMs: [30 * day, 60 * day, 150 * day] },
    { atMs: nowMs, fromMs: nowMs, certainty: 'guess' },
  ],
];

describe('the forecast of the next sign-in', () => {
  it.each(table)('%s', (_what, more, expected) => {
    expect(forecastOf({ ...usual, ...more })).toMatchObject(expected);
  });

  it.each(table)('never lies in the past, nor begins after itself: %s', (_what, more) => {
    const told = forecastOf({ ...usual, ...more });
    if (told.kind !== 'due') return;
    expect(told.atMs).toBeGreaterThanOrEqual(nowMs);
    expect(told.fromMs).toBeLessThanOrEqual(told.atMs);
  });
});
