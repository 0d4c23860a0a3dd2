import { memo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useNow } from '../../ui/clock.ts';
import { Span as Time } from '../../ui/countdown.tsx';
import { markOf, tileOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { useWords } from '../connections/words.ts';
import type { LanePlan, Span } from './lane-plan.ts';

/** A label that begins after it would leave the chart. */
const nearEnd = 0.82;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Where a moment stands on the chart, from 0 to 1. */
export const shareOf = (atMs: number, { startMs, endMs }: Span): number => (atMs - startMs) / (endMs - startMs);

/** Name, what is left, and the state's mark. */
export const LaneWho = memo(function LaneWho({
  connection,
  provider,
}: {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
}) {
  const { connections: text } = useText();
  const words = useWords();
  const nowMs = useNow();
  const { expiresAtMs, condition } = connection;
  const mark = markOf(connection, nowMs);
  const alive = expiresAtMs !== null && expiresAtMs > nowMs && condition === 'kept' && mark !== 'offline';
  return (
    <div className="lane-who">
      <Tile {...tileOf(provider, connection)} size="small" />
      <div className="grow">
        <div className="lane-name clip" title={connection.label}>
          {connection.label}
        </div>
        <div className="lane-left note dim num clip">
          {alive ? (
            <span className="time quiet">
              <Time ms={expiresAtMs - nowMs} /> {text.leftWord}
            </span>
          ) : (
            words.why(connection, nowMs)
          )}
        </div>
      </div>
      <StateMark kind={mark} size={14} />
    </div>
  );
});

/** Rings that would lie on one another are drawn once; a failure is always drawn. */
function apartPast(past: LanePlan['past'], { startMs, endMs }: Span): LanePlan['past'] {
  const leastMs = (endMs - startMs) / 110;
  let lastMs = -Infinity;
  return past.filter(({ what, atMs }) => {
    if (what === 'failed') return true;
    if (atMs - lastMs < leastMs) return false;
    lastMs = atMs;
    return true;
  });
}

interface ChartProps {
  plan: LanePlan;
  connection: ConnectionSummary;
  span: Span;
  nowMs: number;
  /** The moment that the keyboard stands on; null: none. */
  at: number | null;
}

/** The picture of one lane. Its words are in the row's label; here is nothing to be read aloud. */
export const LaneChart = memo(function LaneChart({ plan, connection, span, nowMs, at }: ChartProps) {
  const { timeline: text } = useText();
  const moments = useMoments();
  const place = (one: Span) => ({
    insetInlineStart: percent(shareOf(one.startMs, span)),
    width: percent(shareOf(one.endMs, span) - shareOf(one.startMs, span)),
  });
  // Two lives are told apart by a gap.
  const apart = (one: Span) => ({ ...place(one), width: `calc(${place(one).width} - 3px)` });
  const start = (atMs: number) => ({ insetInlineStart: percent(shareOf(atMs, span)) });
  const mark = markOf(connection, nowMs);
  const post = plan.postMs;
  const nextTry = connection.failure?.nextTryAtMs ?? null;
  const signIn = plan.broken !== null;
  const likely = plan.unsure !== null || (post !== null && plan.planned.length + (plan.band === null ? 0 : 1) > 0);
  return (
    <div className="lane-chart" aria-hidden>
      {plan.spent !== null && <span className="c-spent" style={place(plan.spent)} />}
      {plan.broken !== null && <span className="c-broken" style={place(plan.broken)} />}
      {plan.unknown !== null && <span className="c-unknown" style={place(plan.unknown)} />}
      {plan.unsure !== null && <span className="c-unsure" style={place(plan.unsure)} />}
      {plan.left !== null && <span className="c-left" style={place(plan.left)} />}
      {plan.planned.map((one) => (
        <span key={one.startMs} className="c-plan" style={apart(one)} />
      ))}
      {plan.band !== null && (
        <>
          <span className="c-plan" style={apart(plan.band)} />
          <span className="c-label num" style={start(plan.band.startMs)}>
            {text.renewals(plan.band.renewals)}
          </span>
        </>
      )}
      {apartPast(plan.past, span).map((one, index) =>
        one.what === 'failed' ? (
          <span key={`${String(one.atMs)} ${String(index)}`} className="c-mark" style={start(one.atMs)}>
            <StateMark kind="failed" />
          </span>
        ) : (
          <span key={`${String(one.atMs)} ${String(index)}`} className="c-ring" style={start(one.atMs)} />
        ),
      )}
      {post !== null && (
        <>
          <span className="c-post" style={start(post)} />
          <span
            className={shareOf(post, span) > nearEnd ? 'c-label before num' : 'c-label after num'}
            style={start(post)}
          >
            {likely ? text.signInLikely(moments.clock(post, nowMs)) : text.signInBefore(moments.clock(post, nowMs))}
          </span>
        </>
      )}
      {signIn && (
        <span className="c-label now num" style={start(nowMs)}>
          <StateMark kind={mark === 'signin' ? 'signin' : 'duty'} />
          {text.signInAgain}
        </span>
      )}
      {!signIn && mark === 'retry' && nextTry !== null && (
        <span className="c-label now num" style={start(Math.max(nowMs, nextTry))}>
          <StateMark kind="retry" />
          {text.nextTry(moments.clock(nextTry, nowMs))}
        </span>
      )}
      {at !== null && <span className="c-cursor" style={start(at)} />}
    </div>
  );
});
