import { useMemo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useFromNow } from '../../ui/clock.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { horizonMs, planOf } from './horizon-plan.ts';

const minuteMs = 60_000;
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** Whole hours the axis names: each sixth of the clock that is not under the now. */
function axisOf(nowMs: number): number[] {
  const hour = new Date(nowMs);
  hour.setMinutes(0, 0, 0);
  const marks: number[] = [];
  for (let step = 1; step <= 24; step += 1) {
    const atMs = hour.getTime() + step * 3_600_000;
    const share = (atMs - nowMs) / horizonMs;
    if (new Date(atMs).getHours() % 6 === 0 && share > 0.09 && share < 0.95) marks.push(atMs);
  }
  return marks;
}

/** 24 hours on one line: a tick for each renewal by itself, an open gate for each sign-in a person must do. */
export function Horizon({ connections }: { connections: readonly ConnectionSummary[] }) {
  const { connections: text } = useText();
  const moments = useMoments();
  const nowMs = useFromNow((ms) => Math.floor(ms / minuteMs) * minuteMs);
  const plan = useMemo(() => planOf(connections, nowMs), [connections, nowMs]);
  if (plan.renewals === 0 && plan.signIns.length === 0) return null;
  const share = (ms: number): number => (ms - nowMs) / horizonMs;
  const gates = plan.signIns.filter(
    (ms, index) => index === 0 || share(ms) - share(plan.signIns[index - 1] ?? 0) > 0.04,
  );
  return (
    <div
      className="horizon"
      role="img"
      aria-label={text.horizon(
        plan.renewals,
        plan.signIns.map((ms) => moments.clock(ms, nowMs)),
      )}
    >
      <svg className="horizon-line" width="100%" height="16" aria-hidden>
        <line className="horizon-thread" x1="0" x2="100%" y1="8" y2="8" />
        {plan.ticks.map((at) => (
          <rect key={at} className="horizon-tick" x={percent(at)} y="4.5" width="2" height="7" rx="1" />
        ))}
        <rect className="horizon-now" x="0" y="0" width="2" height="16" rx="1" />
      </svg>
      {gates.map((ms) => (
        <span
          key={ms}
          className="horizon-gate"
          style={{ insetInlineStart: `max(14px, ${percent(share(ms))})` }}
          title={moments.whole(ms)}
        >
          <StateMark kind="duty" />
        </span>
      ))}
      <div className="horizon-axis num" aria-hidden>
        <span style={{ insetInlineStart: 0 }}>{moments.clock(nowMs, nowMs)}</span>
        {axisOf(nowMs).map((ms) => (
          <span key={ms} className="centred" style={{ insetInlineStart: percent(share(ms)) }}>
            {moments.clock(ms, ms)}
          </span>
        ))}
      </div>
    </div>
  );
}
