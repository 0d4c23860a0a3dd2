import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asFarAsShown } from '../../../renderer/features/connections/row.tsx';
import { wordsOf } from '../../../renderer/features/connections/words.ts';
import type { Moments } from '../../../renderer/ui/moments.ts';
import { countdown } from '../../../shared/model/time.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { connection, hour, minute, nowMs } from './window.tsx';

const moments: Moments = { clock: String, seconds: String, day: String, whole: String };
const words = wordsOf(english.connections, moments);
/** From a token that ended three days ago to one of a month. */
const left = fc.integer({ min: -72 * hour, max: 720 * hour });

it('a row’s time is drawn as rarely as its figures change, and never otherwise than at that moment', () => {
  fc.assert(
    fc.property(left, (leftMs) => {
      const one = connection({ id: 'a', expiresAtMs: nowMs + leftMs });
      const shownMs = asFarAsShown(one, nowMs);
      if (leftMs > 0) expect(countdown(one.expiresAtMs! - shownMs)).toBe(countdown(leftMs));
      expect(words.timeLabel(one, shownMs)).toBe(words.timeLabel(one, nowMs));
    }),
    { numRuns: 2000 },
  );
});

it('above its last hour a token’s row is drawn once a minute', () => {
  const one = connection({ id: 'a', expiresAtMs: nowMs + 5 * hour });
  const seconds = Array.from({ length: 180 }, (_, second) => asFarAsShown(one, nowMs + second * 1000));
  expect(new Set(seconds).size).toBeLessThanOrEqual(4);
  const last = connection({ id: 'a', expiresAtMs: nowMs + 30 * minute });
  expect(new Set(seconds.map((_, second) => asFarAsShown(last, nowMs + second * 1000))).size).toBe(180);
});
