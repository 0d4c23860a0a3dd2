import { expect, it } from 'vitest';
import { quitWarning } from '../../../electron/services/quit-warning.ts';
import { day, fixed, hour, noonMs, refused, retrying, summary } from '../../support/connection-summary.ts';

it('says what ends within a day while nothing is renewed, the soonest first', () => {
  expect(
    quitWarning(
      [
        fixed('fixed', 90 * day, 5 * hour),
        summary('short'),
        retrying('retried', { expiresAtMs: noonMs + hour }),
        summary('long', { expiresAtMs: noonMs + day + 1 }),
      ],
      noonMs,
    ),
  ).toEqual([
    { label: 'Label short', endsAtMs: summary('short').expiresAtMs, renewable: true },
    { label: 'Label retried', endsAtMs: noonMs + hour, renewable: true },
    { label: 'Label fixed', endsAtMs: noonMs + 5 * hour, renewable: false },
  ]);
});

it('says nothing of what loses nothing: asked for with the app’s keys, ended, stopped, revoked, practice, no end', () => {
  expect(
    quitWarning(
      [
        summary('asks', { grant: 'client_credentials' }),
        fixed('ended', hour, 0),
        refused('stopped'),
        summary('revoked', { condition: 'revoked' }),
        summary('practice', { realm: 'practice' }),
        summary('endless', { expiresAtMs: null }),
      ],
      noonMs,
    ),
  ).toEqual([]);
});
