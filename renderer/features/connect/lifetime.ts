import type { Catalogue } from '../../../shared/text/catalogue.ts';

type LifeWords = Pick<Catalogue['connect']['system'], 'seconds' | 'minutes' | 'hours'>;

/** A provider's stated life in one figure: "1 h", "24 h", "90 s". */
export function lifetimeWords(seconds: number, words: LifeWords): string {
  if (seconds % 3600 === 0) return words.hours(seconds / 3600);
  if (seconds % 60 === 0) return words.minutes(seconds / 60);
  return words.seconds(seconds);
}
