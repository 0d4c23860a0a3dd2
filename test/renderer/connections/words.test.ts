import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../renderer/features/connections/words.ts';
import { markOf } from '../../../renderer/ui/looks.ts';
import type { Moments } from '../../../renderer/ui/moments.ts';
import { momentsIn } from '../../../renderer/ui/moments.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { connection, hour, minute, nowMs } from './window.tsx';

/** Times as minutes from now, so that the zone of the machine does not matter. */
const moments: Moments = {
  clock: (ms) => `${String(Math.round((ms - nowMs) / minute))}min`,
  seconds: (ms) => `${String(Math.round((ms - nowMs) / minute))}min`,
  day: String,
  whole: () => '',
};
const words = wordsOf(english.connections, moments);
const failing = (
  code: 'offline' | 'provider_failing' | 'wrong_client' | 'sign_in_again',
  nextTryAtMs: number | null,
) => ({
  problem: { code, facts: {} },
  atMs: nowMs - minute,
  tries: 1,
  nextTryAtMs,
});

describe('the head sentence', () => {
  const head = (needYou: number, kept: number, total: number, practice = 0): string =>
    english.connections.head({ needYou, kept, total, practice });

  it.each([
    [head(2, 6, 14), 'Two need you. Six are kept.'],
    [head(1, 1, 2), 'One needs you. One is kept.'],
    [head(0, 6, 6), 'All six are kept.'],
    [head(0, 1, 1), 'Nothing needs you. One is kept.'],
    [head(0, 6, 8), 'Nothing needs you. Six are kept.'],
    [head(0, 0, 1), 'Nothing needs you.'],
    [head(13, 12, 30), '13 need you. Twelve are kept.'],
    [head(0, 0, 2, 2), 'Two practice connections.'],
    [head(1, 0, 1), 'One needs you.'],
  ])('%s', (said, wanted) => {
    expect(said).toBe(wanted);
  });
});

describe('a connection in words', () => {
  const cases: [name: string, of: Partial<ConnectionSummary>, mark: string, word: string, why: string, says: string][] =
    [
      ['working', {}, 'working', 'Working', 'Renews 35min, last -20min', 'Working. Renews by itself at 35min.'],
      [
        'soon, renews by itself',
        { expiresAtMs: nowMs + 10 * minute },
        'soon',
        'Expires soon',
        'Renews 5min, last -20min',
        '10m 00s left. Renews automatically at 5min.',
      ],
      [
        'soon, nobody can renew it',
        { expiresAtMs: nowMs + 10 * minute, renewable: false, renewsAtMs: null },
        'duty',
        'Ends soon',
        'Sign in before 10min',
        '10m 00s left. Nobody can renew this one: sign in again before 10min.',
      ],
      ['renewing', { condition: 'renewing' }, 'renewing', 'Renewing…', 'Last -20min', 'Renewing…'],
      [
        'retrying',
        { condition: 'retrying', failure: failing('provider_failing', nowMs + 2 * minute) },
        'retry',
        'Retrying',
        'Next try 2min, last -20min',
        'Retrying. Next try at 2min.',
      ],
      [
        'offline',
        { condition: 'retrying', failure: failing('offline', nowMs + minute) },
        'offline',
        'Offline',
        'Last checked -20min',
        'You are offline. Last checked -20min.',
      ],
      [
        'sign in again',
        { condition: 'sign_in_again', failure: failing('sign_in_again', null) },
        'signin',
        'Sign in again',
        'Stopped -1min, last -20min',
        'Sign in again.',
      ],
      [
        'keys refused while the token still lives',
        { failure: failing('wrong_client', null) },
        'duty',
        'Needs you',
        'Works until 40min',
        'Works until 40min. To go on after that, it needs you.',
      ],
      [
        'ended, and nobody can renew it',
        { expiresAtMs: nowMs - 5 * minute, renewable: false, renewsAtMs: null },
        'signin',
        'Ended',
        'Stopped -5min, last -20min',
        'Ended at -5min. Sign in again to go on.',
      ],
      [
        'expiry unknown',
        { expiresAtMs: null, expirySource: 'not_stated' },
        'unknown',
        'Expiry unknown',
        'Last checked -20min',
        'TeamGantt does not say when this token ends.',
      ],
      [
        'made by hand, no end known',
        { grant: 'personal_access_token', renewable: false, expiresAtMs: null, expirySource: 'not_stated' },
        'unknown',
        'Expiry unknown',
        'Last checked -20min',
        'Made by hand; nobody can renew it. It works until it ends or is deleted at TeamGantt.',
      ],
      [
        'made by hand, ends soon',
        { grant: 'personal_access_token', renewable: false, expiresAtMs: nowMs + 10 * minute, renewsAtMs: null },
        'duty',
        'Ends soon',
        'Sign in before 10min',
        'Made by hand; nobody can renew it. Make a new one and sign in again before 10min.',
      ],
      [
        'revoked, and a copy still works',
        { condition: 'revoked', revocation: { atMs: nowMs - minute, worksUntilMs: nowMs + 9 * minute } },
        'revoked',
        'Revoked',
        'Revoked -1min',
        'Revoked at TeamGantt at -1min. A token handed out before may work until 9min.',
      ],
      [
        'practice',
        { realm: 'practice' },
        'practice',
        'Practice, working',
        'Renews 35min, last -20min',
        'Working. Renews by itself at 35min.',
      ],
    ];

  it.each(cases)('%s', (_name, of, mark, word, why, says) => {
    const one = connection({ id: 'x', ...of });
    expect(markOf(one, nowMs)).toBe(mark);
    expect(words.word(one, nowMs)).toBe(word);
    expect(words.why(one, nowMs)).toBe(why);
    expect(words.says(one, 'TeamGantt', nowMs)).toBe(says);
  });

  it('speaks the time left in words, and the renewal with it', () => {
    expect(words.timeLabel(connection({ id: 'x' }), nowMs)).toBe('40 minutes left, renews by itself at 35min');
    expect(words.timeLabel(connection({ id: 'x', expiresAtMs: nowMs - 44 * minute }), nowMs)).toBe(
      'ended 44 minutes ago',
    );
    expect(words.timeLabel(connection({ id: 'x', expiresAtMs: null }), nowMs)).toBe('Not stated');
  });
});

describe('moments', () => {
  const english24 = momentsIn('en');
  const at = (day: number, hours: number, minutes: number): number => new Date(2026, 4, day, hours, minutes).getTime();

  it('name the day only where it is in doubt', () => {
    const now = at(14, 13, 42);
    expect(english24.clock(at(14, 14, 20), now)).toBe('14:20');
    expect(english24.clock(at(13, 23, 30), now)).toBe('23:30');
    expect(english24.clock(at(15, 4, 30), now)).toBe('Fri 04:30');
    expect(english24.clock(at(13, 9, 0), now)).toBe('Wed 09:00');
    expect(english24.clock(now - 40 * 24 * hour, now)).toBe('Apr 4');
  });
});
