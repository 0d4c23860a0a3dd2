import { decodeJwt } from 'jose';
import type { ExpirySource } from '../../shared/model/connection.ts';
import { member, textMember, type Members } from './answer-body.ts';
import { inOurTime } from './server-date.ts';
import type { HttpAnswer } from './transport.ts';
import type { ExpiryRule } from './way.ts';

/** A hundred years: beyond it is junk, and a Date cannot hold what a provider may send (1e300). */
const longestSeconds = 3_155_760_000;

/** Claims of a JWT whose signature nobody checked: for `exp` and for showing, never for trusting. */
export function readUnverifiedClaims(token: string): Readonly<Record<string, unknown>> | null {
  try {
    return decodeJwt(token);
  } catch {
    // Not a JWT. The library's error holds the token; it goes no further.
    return null;
  }
}

/** Seconds as a number, or as a string of one (R1); zero and less are no statement. */
function seconds(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d{1,12}(?:\.\d{1,9})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number > 0 && number <= longestSeconds ? number : null;
}

function expOf(token: string | null): number | null {
  if (token === null) return null;
  const exp = readUnverifiedClaims(token)?.['exp'];
  return typeof exp === 'number' && exp > 0 && exp <= 253_402_300_799 ? exp * 1000 : null;
}

/** When an answer came, with the Date that its server put on it. */
export type AnswerTime = Pick<HttpAnswer, 'headers' | 'receivedAtMs' | 'durationMs'>;

/** When the bearer ends, by the first rule that has something to go by (R1; TeamGantt: T6). */
export function expiryOf(
  members: Members,
  rules: readonly ExpiryRule[],
  answer: AnswerTime,
): { expiresAtMs: number | null; expirySource: ExpirySource } {
  for (const rule of rules) {
    if (rule.from === 'jwt_exp') {
      const expiresAtMs = expOf(textMember(members, rule.of));
      if (expiresAtMs !== null) {
        return { expiresAtMs: Math.floor(inOurTime(expiresAtMs, answer)), expirySource: 'jwt_exp' };
      }
    } else if (rule.from === 'expires_in') {
      const life = seconds(member(members, 'expires_in'));
      if (life !== null)
        return { expiresAtMs: answer.receivedAtMs + Math.floor(life * 1000), expirySource: 'expires_in' };
    } else {
      return { expiresAtMs: answer.receivedAtMs + rule.seconds * 1000, expirySource: 'assumed' };
    }
  }
  return { expiresAtMs: null, expirySource: 'not_stated' };
}
