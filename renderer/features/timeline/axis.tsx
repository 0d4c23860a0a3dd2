import { useMoments } from '../../ui/moments.ts';
import type { Span } from './lane-plan.ts';
import { shareOf } from './lane.tsx';

const hourMs = 3_600_000;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Whole hours (each second or fourth by room) or midnights, by the clock on the wall. */
export function axisMarks({ startMs, endMs }: Span, isWeek: boolean, stepHours: number): number[] {
  const first = new Date(startMs);
  first.setMinutes(0, 0, 0);
  const marks: number[] = [];
  for (let hour = 0; ; hour += 1) {
    const at = new Date(first);
    at.setHours(first.getHours() + hour);
    const ms = at.getTime();
    if (ms >= endMs) return marks;
    if (ms > startMs && at.getHours() % (isWeek ? 24 : stepHours) === 0) marks.push(ms);
    // A clock that is set forward skips an hour, and never the loop's end.
    if (hour > (endMs - startMs) / hourMs + 2) return marks;
  }
}

interface AxisProps {
  span: Span;
  nowMs: number;
  marks: readonly number[];
  isWeek: boolean;
}

/** The hours over the lanes, and the time now on its pill. */
export function Axis({ span, nowMs, marks, isWeek }: AxisProps) {
  const moments = useMoments();
  return (
    <div className="axis num" aria-hidden>
      {marks.map((ms) => {
        const share = shareOf(ms, span);
        const midnight = new Date(ms).getHours() === 0;
        if (share < 0.02 || share > 0.985 || Math.abs(share - shareOf(nowMs, span)) < (isWeek ? 0.08 : 0.06))
          return null;
        return (
          <span
            key={ms}
            className={midnight && !isWeek ? 'axis-at day' : 'axis-at'}
            style={{ insetInlineStart: percent(share) }}
          >
            {midnight ? moments.day(ms) : moments.clock(ms, ms)}
          </span>
        );
      })}
      <span className="axis-now" style={{ insetInlineStart: percent(shareOf(nowMs, span)) }}>
        {moments.clock(nowMs, nowMs)}
      </span>
    </div>
  );
}

/** The hairlines, the ground of the past and the line of now, behind all lanes. */
export function Ground({ span, nowMs, marks }: Omit<AxisProps, 'isWeek'>) {
  const now = percent(shareOf(nowMs, span));
  return (
    <div className="ground" aria-hidden>
      <span className="ground-past" style={{ width: now }} />
      {marks.map((ms) => (
        <span key={ms} className="ground-line" style={{ insetInlineStart: percent(shareOf(ms, span)) }} />
      ))}
    </div>
  );
}
