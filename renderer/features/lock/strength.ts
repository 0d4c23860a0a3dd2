import { leastPassphraseLength } from '../../../shared/model/settings.ts';

export type Strength = 'too_short' | 'weak' | 'short' | 'fair' | 'long';

/**
 * What can be said honestly without a list of every leaked password: how long it is, and whether it repeats itself or
 * counts up. No score, no percent: a long saying that others know is weak, and no program here can see that.
 */
export function strengthOf(passphrase: string): Strength {
  const signs = Array.from(passphrase.normalize('NFC'));
  if (signs.length < leastPassphraseLength) return 'too_short';
  const steps = signs.slice(1).map((sign, at) => (sign.codePointAt(0) ?? 0) - (signs[at]?.codePointAt(0) ?? 0));
  const runs = steps.filter((step) => Math.abs(step) <= 1).length;
  if (new Set(signs).size <= 4 || runs > signs.length / 2) return 'weak';
  if (signs.length < 12) return 'short';
  return signs.length < 20 ? 'fair' : 'long';
}
