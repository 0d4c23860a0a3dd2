import { useMemo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { needsPerson, stateOf } from '../../../shared/model/state.ts';
import { countdown } from '../../../shared/model/time.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { markOf } from '../../ui/looks.ts';
import { type Moments, useMoments } from '../../ui/moments.ts';
import { useText } from '../../ui/text.ts';
import { isByHand } from './by-hand.ts';

/** How a connection is told: the word, the line beside it, the sentence. */
export interface Words {
  word: (connection: ConnectionSummary, nowMs: number) => string;
  why: (connection: ConnectionSummary, nowMs: number) => string;
  says: (connection: ConnectionSummary, providerName: string, nowMs: number) => string;
  timeLabel: (connection: ConnectionSummary, nowMs: number) => string;
}

export function wordsOf(text: Catalogue['connections'], moments: Moments): Words {
  const { words, why, says } = text;

  const lastOf = (connection: ConnectionSummary, nowMs: number): string =>
    moments.clock(connection.lastRenewedAtMs ?? connection.issuedAtMs ?? connection.createdAtMs, nowMs);

  return {
    word(connection, nowMs) {
      const mark = markOf(connection, nowMs);
      const state = stateOf(connection, nowMs);
      if (state.kind === 'ended') return words.ended;
      if (mark === 'duty') return state.kind === 'expires_soon' && !state.renewable ? words.duty : words.dutyFailure;
      if (mark === 'practice') return state.kind === 'working' ? words.practice : words.practiceSoon;
      return mark === 'locked' || mark === 'failed' ? '' : words[mark];
    },

    why(connection, nowMs) {
      const { expiresAtMs, renewsAtMs, failure, revocation } = connection;
      const at = (ms: number): string => moments.clock(ms, nowMs);
      const last = lastOf(connection, nowMs);
      const state = stateOf(connection, nowMs);
      switch (state.kind) {
        case 'revoked':
          return revocation === null ? '' : why.revokedAt(at(revocation.atMs));
        case 'sign_in_again':
        case 'ended': {
          const stopped = failure?.atMs ?? (expiresAtMs !== null && expiresAtMs <= nowMs ? expiresAtMs : null);
          return stopped === null ? why.last(last) : why.stoppedLast(at(stopped), last);
        }
        case 'renewing':
          return why.last(last);
        case 'retrying':
          if (failure?.problem.code === 'offline') return why.lastChecked(last);
          if (failure?.nextTryAtMs == null) return why.waitsLast(last);
          return why.nextTryLast(at(failure.nextTryAtMs), last);
        case 'expiry_unknown':
          return failure === null ? why.lastChecked(last) : why.since(at(failure.atMs));
        case 'expires_soon':
        case 'working':
          if (expiresAtMs !== null && needsPerson(connection, nowMs)) {
            return connection.renewable ? why.worksUntil(at(expiresAtMs)) : why.signInBefore(at(expiresAtMs));
          }
          if (renewsAtMs !== null) return why.renewsLast(at(renewsAtMs), last);
          return expiresAtMs === null ? why.last(last) : why.endsLast(at(expiresAtMs), last);
      }
    },

    says(connection, providerName, nowMs) {
      const { expiresAtMs, renewsAtMs, failure, revocation } = connection;
      const at = (ms: number): string => moments.clock(ms, nowMs);
      const left = expiresAtMs === null ? '' : countdown(expiresAtMs - nowMs);
      const state = stateOf(connection, nowMs);
      const alive = expiresAtMs !== null && expiresAtMs > nowMs;
      switch (state.kind) {
        case 'revoked': {
          const until = revocation?.worksUntilMs ?? null;
          const sentence = revocation === null ? words.revoked : says.revoked(providerName, at(revocation.atMs));
          return until !== null && until > nowMs ? `${sentence} ${says.revokedStillWorks(at(until))}` : sentence;
        }
        case 'sign_in_again':
          return says.signin;
        case 'renewing':
          return says.renewing;
        case 'retrying':
          if (failure?.problem.code === 'offline') return says.offline(lastOf(connection, nowMs));
          return says.retrying(failure?.nextTryAtMs == null ? null : moments.seconds(failure.nextTryAtMs, nowMs));
        case 'ended': {
          const ended = at(expiresAtMs ?? nowMs);
          if (!needsPerson(connection, nowMs)) return says.endedRenews(ended);
          return connection.renewable ? says.endedNeedsYou(ended) : says.endedPerson(ended);
        }
        case 'expiry_unknown':
          if (needsPerson(connection, nowMs)) return says.dutyFailure(null);
          return isByHand(connection) ? says.personal(providerName) : says.unknown(providerName);
        case 'expires_soon':
        case 'working':
          if (!connection.renewable) {
            const ends = at(expiresAtMs ?? nowMs);
            if (isByHand(connection)) return says.personalUntil(ends);
            return state.kind === 'working' ? says.workingNoRenewal(ends) : says.duty(left, ends);
          }
          if (needsPerson(connection, nowMs)) return says.dutyFailure(alive ? at(expiresAtMs) : null);
          if (state.kind === 'expires_soon') return says.soon(left, renewsAtMs === null ? null : at(renewsAtMs));
          return renewsAtMs === null ? says.workingOnly : says.working(at(renewsAtMs));
      }
    },

    timeLabel(connection, nowMs) {
      const { expiresAtMs, renewsAtMs } = connection;
      const { time } = text;
      const state = stateOf(connection, nowMs);
      if (state.kind === 'revoked') return words.revoked;
      if (expiresAtMs === null) return time.notStated;
      if (expiresAtMs <= nowMs) return time.endedLabel(nowMs - expiresAtMs);
      const renews = renewsAtMs !== null && state.kind !== 'retrying' && state.kind !== 'sign_in_again';
      return time.leftLabel(expiresAtMs - nowMs, renews ? moments.clock(renewsAtMs, nowMs) : null);
    },
  };
}

export function useWords(): Words {
  const { connections } = useText();
  const moments = useMoments();
  return useMemo(() => wordsOf(connections, moments), [connections, moments]);
}
