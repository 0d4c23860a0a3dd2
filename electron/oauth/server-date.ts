import type { HttpAnswer } from './transport.ts';

/** A server without a clock begins at 1970 or at its build, a broken one ends up centuries ahead. */
const earliestMs = Date.UTC(2020, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
/** Longer than any call may take: the computer slept in between, and nobody knows on which side of it the server spoke. */
const longestExchangeMs = 60_000;

/** The three forms of RFC 9110 section 5.6.7 begin with a day's name; anything else that Date.parse would take is junk. */
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [A-Za-z0-9: -]{10,30}$/;

/** How far a server's clock is ahead of the one that stamped the answer, and how far off that may be either way. */
export interface ClockDifference {
  aheadMs: number;
  slackMs: number;
}

/**
 * What an answer's `Date` says (RFC 9110 section 6.6.1), compared with the middle of the exchange. It counts whole
 * seconds, so half of one is added. Null: it says nothing, or nothing that can be meant.
 */
export function serverAhead(
  answer: Pick<HttpAnswer, 'headers' | 'receivedAtMs' | 'durationMs'>,
): ClockDifference | null {
  const { headers, receivedAtMs, durationMs } = answer;
  const value = headers['date']?.trim() ?? '';
  // A kept answer (RFC 9111 section 5.1) tells when it was made, not what time it is.
  if (!httpDate.test(value) || headers['age'] !== undefined) return null;
  const dateMs = Date.parse(value);
  if (!(dateMs >= earliestMs && dateMs <= latestMs)) return null;
  if (!(durationMs >= 0 && durationMs <= longestExchangeMs)) return null;
  return { aheadMs: dateMs + 500 - (receivedAtMs - durationMs / 2), slackMs: 500 + durationMs / 2 };
}

/** Servers keep time well; less than this says more about the way than about a clock. */
export const leastAheadMs = 5000;

/**
 * A moment that this server named by its own clock (`exp`, an HTTP date), by the clock that stamped its answer. A
 * server whose clock is wrong still means the span from now on.
 */
export function inOurTime(
  serverMs: number,
  answer: Pick<HttpAnswer, 'headers' | 'receivedAtMs' | 'durationMs'>,
): number {
  const ahead = serverAhead(answer);
  if (ahead === null || Math.abs(ahead.aheadMs) < leastAheadMs + ahead.slackMs) return serverMs;
  return serverMs - Math.round(ahead.aheadMs);
}
