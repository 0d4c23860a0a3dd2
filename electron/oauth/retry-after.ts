import type { AnswerTime } from './expiry.ts';
import { inOurTime } from './server-date.ts';
import type { RateWindow } from './way.ts';

type Headers = Readonly<Record<string, string>>;

const shortestMs = 1000;
const longestMs = 3_600_000;

/** RFC 9110 section 10.2.3: seconds, or an HTTP date. Anything else is junk and says nothing. */
function fromRetryAfter(answer: AnswerTime): number | null {
  const value = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d{1,12}$/.test(value)) return answer.receivedAtMs + Number(value) * 1000;
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return null;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : inOurTime(atMs, answer);
}

/** Connecteam sends no Retry-After; the window that is used up says when it opens again, in seconds since the epoch. */
function fromWindows(headers: Headers, windows: readonly RateWindow[]): number | null {
  const resets = windows.flatMap(({ remaining, reset }) => {
    const value = headers[reset]?.trim() ?? '';
    return /^\d{1,12}$/.test(value) ? [{ usedUp: headers[remaining]?.trim() === '0', atMs: Number(value) * 1000 }] : [];
  });
  const usedUp = resets.filter((window) => window.usedUp);
  if (usedUp.length > 0) return Math.max(...usedUp.map((window) => window.atMs));
  return resets[0]?.atMs ?? null;
}

/** When a next try makes sense, between one second and one hour ahead (F33). Null: the answer did not say. */
export function retryAtMs(answer: AnswerTime, windows: readonly RateWindow[]): number | null {
  const { receivedAtMs } = answer;
  const reset = fromWindows(answer.headers, windows);
  const at = fromRetryAfter(answer) ?? (reset === null ? null : inOurTime(reset, answer));
  if (at === null) return null;
  return Math.min(receivedAtMs + longestMs, Math.max(receivedAtMs + shortestMs, at));
}
