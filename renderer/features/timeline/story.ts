import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Forecast, LanePast } from '../../../shared/model/forecast.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import type { Moments } from '../../ui/moments.ts';
import type { Words } from '../connections/words.ts';
import type { Moment } from './lane-plan.ts';

/** A lane in words: what its picture shows, for the card, the table and whoever cannot see it. */
export interface Story {
  says: string;
  facts: string;
  forecast: string | null;
}

export function storyOf(
  connection: ConnectionSummary,
  lane: LanePast | undefined,
  provider: string,
  words: Words,
  text: Catalogue['timeline'],
  moments: Moments,
  nowMs: number,
): Story {
  const { issuedAtMs, expiresAtMs, generation } = connection;
  const at = (ms: number): string => moments.clock(ms, nowMs);
  const failures = lane?.moments.filter(({ what }) => what === 'failed') ?? [];
  const last = failures[0];
  return {
    says: words.says(connection, provider, nowMs),
    facts: [
      issuedAtMs === null ? '' : text.issued(at(issuedAtMs)),
      expiresAtMs === null
        ? text.endNotStated
        : expiresAtMs > nowMs
          ? text.ends(at(expiresAtMs))
          : text.ended(at(expiresAtMs)),
      lane?.signedInMs == null ? '' : text.renewedTimes(Math.max(0, generation - 1), at(lane.signedInMs)),
      last === undefined ? '' : text.failedTimes(failures.length, at(last.atMs)),
    ]
      .filter((part) => part !== '')
      .join(' '),
    forecast: lane === undefined ? null : (forecastWords(lane.forecast, text, moments, nowMs)?.sentence ?? null),
  };
}

export interface ForecastWords {
  when: string;
  /** "Likely", where it is not simply so. */
  certainty: string;
  reason: string;
  sentence: string;
}

const dayMs = 86_400_000;

/** Null where nothing is claimed. */
export function forecastWords(
  forecast: Forecast,
  text: Catalogue['timeline'],
  moments: Moments,
  nowMs: number,
): ForecastWords | null {
  if (forecast.kind === 'unknown') return null;
  if (forecast.kind === 'not_needed') {
    const reason = text.forecast.notNeeded[forecast.reason];
    return { when: text.forecast.none, certainty: text.certainty.stated, reason, sentence: reason };
  }
  const when =
    forecast.reason === 'needed_now'
      ? text.forecast.now
      : forecast.certainty === 'stated'
        ? text.forecast.before(moments.clock(forecast.atMs, nowMs))
        : text.forecast.around(moments.clock(forecast.atMs, nowMs));
  const reason = text.forecast.reason[forecast.reason](
    Math.max(1, Math.round((forecast.heldMs ?? 0) / dayMs)),
    forecast.seen,
  );
  return {
    when,
    certainty: text.certainty[forecast.certainty],
    reason,
    sentence: text.forecast.sentence(when, reason),
  };
}

/** One moment as it is said when the keyboard comes to it. */
export function momentWords(moment: Moment, text: Catalogue['timeline'], moments: Moments, nowMs: number): string {
  return text.moment(text.moments[moment.kind], moments.seconds(moment.atMs, nowMs));
}
