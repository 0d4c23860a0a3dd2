import type { ConnectionRecord } from '../vault/records.ts';

const longestWaitMs = 300_000;

/**
 * After an answer that may have been lost, the same refresh token is sent again half a second, three and eight
 * seconds later: servers that allow it to be repeated do so for five seconds (Connect2id) to a minute (Cognito), and
 * a client that waits longer is signed out for good (security.md C1). Any later try may be the one whose answer is lost,
 * so after each longer wait the three begin anew.
 */
const lostAnswerWaitsMs = [500, 2_500, 5_000];

/** 1 s, 2 s, 4 s … five minutes, up to a fifth earlier by chance; a provider's own "not before" wins. */
export function nextTryAtMs(
  nowMs: number,
  tries: number,
  retryAtMs: number | undefined,
  random: number,
  /** Answers that may have been lost one after another since the last longer wait, this one included. */
  lostInARow = 0,
): number {
  const quickMs = lostAnswerWaitsMs[lostInARow - 1];
  const waitMs = Math.min(longestWaitMs, 1000 * 2 ** Math.min(tries - 1, 20)) * (1 - random / 5);
  return Math.max(nowMs + (quickMs ?? waitMs), retryAtMs ?? 0);
}

/** Is the same refresh token about to be sent again because its answer may have been lost? Not one of the longer waits. */
export function asksAgainSoon(
  { renewalIntent, failure }: Pick<ConnectionRecord, 'renewalIntent' | 'failure'>,
  nowMs: number,
): boolean {
  const nextMs = failure === null ? nowMs : failure.nextTryAtMs;
  return renewalIntent !== null && nextMs !== null && nextMs <= nowMs + Math.max(...lostAnswerWaitsMs);
}

/** Counts the answers that may have been lost, for each connection since it last renewed or waited longer. */
export class LostAnswers {
  readonly #inARow = new Map<string, number>();

  /** One more, or none where this one was not lost; after the last quick try the count begins anew. */
  count(connectionId: string, isLost: boolean): number {
    const before = (this.#inARow.get(connectionId) ?? 0) % (lostAnswerWaitsMs.length + 1);
    const inARow = isLost ? before + 1 : 0;
    this.#inARow.set(connectionId, inARow);
    return inARow;
  }

  forget(connectionId: string): void {
    this.#inARow.delete(connectionId);
  }
}
