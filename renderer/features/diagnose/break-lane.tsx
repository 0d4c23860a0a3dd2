import type { Exchange } from '../../../shared/model/connection.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

const hourMs = 3_600_000;
/** Now stands a little before the end, so that the break has room after it. */
const nowShare = 0.955;
const steps = [
  hourMs / 4,
  hourMs / 2,
  hourMs,
  2 * hourMs,
  6 * hourMs,
  12 * hourMs,
  24 * hourMs,
  72 * hourMs,
  168 * hourMs,
];
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** The last hours of a connection on one line: a ring at each renewal, a diamond at each failure, dots since the break. */
export function BreakLane({ exchanges, nowMs }: { exchanges: readonly Exchange[]; nowMs: number }) {
  const { diagnose, connections } = useText();
  const moments = useMoments();
  const seen = exchanges.filter(({ what }) => what !== 'tested').slice(0, 12);
  const oldest = seen.at(-1);
  if (oldest === undefined) return null;
  const spanMs = Math.max(hourMs, (nowMs - oldest.atMs) * 1.08);
  const startMs = nowMs - spanMs;
  const at = (ms: number): number => ((ms - startMs) / spanMs) * nowShare;
  const step = steps.find((one) => spanMs / one <= 7) ?? Math.ceil(spanMs / 7 / (24 * hourMs)) * 24 * hourMs;
  const first = new Date(startMs);
  first.setMinutes(0, 0, 0);
  if (step >= 6 * hourMs) first.setHours(0);
  const marks: number[] = [];
  for (let ms = first.getTime(); ms < nowMs; ms += step) {
    const share = at(ms);
    if (share > 0.03 && share < nowShare - 0.06) marks.push(ms);
  }
  const newest = exchanges[0];
  const broke = newest?.outcome === 'failed' ? seen.findLast((one, index) => isBreak(seen, one, index)) : undefined;
  return (
    <div
      className="well lane-well"
      role="img"
      aria-label={diagnose.laneSpoken(seen.length, moments.clock(oldest.atMs, nowMs))}
    >
      {marks.map((ms) => (
        <span key={ms} className="lane-hour num" style={{ insetInlineStart: percent(at(ms)) }}>
          <span>{step >= 24 * hourMs ? moments.clock(ms, ms + 30 * 24 * hourMs) : moments.clock(ms, nowMs)}</span>
        </span>
      ))}
      <span className="lane-thread" style={{ width: percent(at(broke?.atMs ?? nowMs)) }} />
      {broke !== undefined && (
        <span
          className="lane-dots"
          style={{
            insetInlineStart: percent(at(broke.atMs) + 0.02),
            width: percent(Math.max(0, nowShare - at(broke.atMs) - 0.03)),
          }}
        />
      )}
      {seen.map((one, index) => (
        <span
          key={`${String(one.atMs)} ${String(index)}`}
          className={one.outcome === 'done' ? 'lane-ring' : 'lane-failed'}
          style={{ insetInlineStart: percent(at(one.atMs)) }}
          title={`${moments.seconds(one.atMs, nowMs)} ${one.outcome === 'done' ? connections.exchanges[one.what === 'renewed' ? 'asked_again' : one.what] : connections.exchanges.failed[one.what]}`}
        >
          {one.outcome === 'failed' && <StateMark kind="failed" />}
        </span>
      ))}
      <span className="lane-now num" style={{ insetInlineStart: percent(nowShare) }}>
        <span>{moments.clock(nowMs, nowMs)}</span>
      </span>
    </div>
  );
}

/** The first of the failures that nothing good came after. The newest exchange comes first. */
function isBreak(all: readonly Exchange[], one: Exchange, index: number): boolean {
  return one.outcome === 'failed' && all.slice(0, index).every(({ outcome }) => outcome === 'failed');
}
