import type { AppError } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import type { Granted } from '../oauth/tokens.ts';
import { historyLimit, type Change, type Vault } from '../vault/records.ts';

/** The change that adds one exchange in front; the newest first, the oldest beyond the limit dropped. */
export function withExchange(vault: Vault, connectionId: string, exchange: Exchange): Change {
  const before = vault.connection(connectionId) === null ? [] : vault.history(connectionId);
  return { put: 'history', connectionId, exchanges: withinLimit([exchange, ...before]) };
}

/** So many beginnings and ends of sign-ins stay whatever came after them. */
const keptTurns = 40;

/**
 * The oldest goes first, but not a beginning or an end of a sign-in: how long sign-ins held is what the next one is
 * foretold from, and two hundred renewals of an hour are over in eight days.
 */
function withinLimit(exchanges: Exchange[]): Exchange[] {
  let tooMany = exchanges.length - historyLimit;
  if (tooMany <= 0) return exchanges;
  const turns = new Set(exchanges.filter(isTurn).slice(0, keptTurns));
  const kept = exchanges.toReversed().filter((one) => turns.has(one) || tooMany-- <= 0);
  return kept.toReversed();
}

/** Did a sign-in begin here, or was it found to be over? */
export function isTurn({ what, outcome, problem }: Exchange): boolean {
  if (what === 'signed_in') return outcome === 'done';
  return problem?.code === 'sign_in_again' || (what === 'revoked' && outcome === 'done');
}

/** An exchange that brought tokens. */
export function exchangeGranted(what: Exchange['what'], { tokens, status, durationMs }: Granted): Exchange {
  const refreshToken = tokens.refreshToken === null ? 'none' : tokens.refreshTokenReturned ? 'new' : 'kept';
  return { atMs: tokens.issuedAtMs, what, outcome: 'done', durationMs, status, refreshToken, problem: null };
}

/** An exchange that succeeded and brought none: a test call, a revocation. */
export function exchangeDone(
  what: Exchange['what'],
  atMs: number,
  answer: { status: number; durationMs: number },
): Exchange {
  const { status, durationMs } = answer;
  return { atMs, what, outcome: 'done', durationMs, status, refreshToken: null, problem: null };
}

/** No call may take longer. */
const longestExchangeMs = 60_000;

export function exchangeFailed(what: Exchange['what'], error: AppError, startedAtMs: number, nowMs: number): Exchange {
  // The very answer that failed may have set the clock right: then how long it took is not known.
  const spentMs = nowMs - startedAtMs;
  return {
    atMs: nowMs,
    what,
    outcome: 'failed',
    durationMs: spentMs >= 0 && spentMs <= longestExchangeMs ? spentMs : 0,
    status: error.facts.status ?? null,
    refreshToken: null,
    problem: { code: error.code, facts: error.facts },
  };
}
