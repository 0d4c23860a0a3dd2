import { UserRound } from 'lucide-react';
import { Fragment } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import type { Duty, Span } from './lane-plan.ts';
import { shareOf } from './lane.tsx';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
/** Pixels that a label of usual length takes, for deciding which are drawn. */
const labelWidth = 190;
const overdueLabelWidth = 120;
const gateWidth = 22;

interface YouLaneProps {
  duties: readonly Duty[];
  span: Span;
  nowMs: number;
  width: number;
  onOpen: (connectionId: string) => void;
}

/** First of all lanes: every sign-in that only a person can do. Overdue ones stand left of now. */
export function YouLane({ duties, span, nowMs, width, onOpen }: YouLaneProps) {
  const { timeline: text } = useText();
  const moments = useMoments();
  const overdue = duties.filter(({ kind }) => kind === 'overdue');
  const coming = duties.filter(({ kind }) => kind !== 'overdue');
  const now = shareOf(nowMs, span);
  const placed = placedIn(coming, span, width, nowMs);
  const room = Math.max(1, Math.floor((now * width - 8) / gateWidth));
  return (
    <div className="lane you" role="row" aria-label={text.you}>
      <div className="lane-who" role="gridcell">
        <UserRound className="icon" aria-hidden />
        <div className="grow">
          <div className="lane-name strong">{text.you}</div>
          <div className="lane-left note dim clip">{duties.length === 0 ? text.youNothing : text.youWhat}</div>
        </div>
      </div>
      <div className="lane-chart" role="gridcell">
        <span className="you-thread" style={{ insetInlineStart: percent(now) }} />
        <span className="you-overdue" style={{ insetInlineEnd: percent(1 - now) }}>
          {overdue.length === 1 && now * width > overdueLabelWidth && (
            <span className="you-label st-signin clip">{overdue[0]?.label}</span>
          )}
          {overdue.slice(0, room).map((duty) => (
            <Gate key={duty.connectionId} duty={duty} words={`${duty.label}: ${text.signInAgain}`} onOpen={onOpen} />
          ))}
        </span>
        {placed.map(({ duty, named, before }) => {
          const at = duty.atMs ?? nowMs;
          const words =
            duty.kind === 'forecast'
              ? text.dutyLikely(duty.label, moments.clock(at, nowMs))
              : text.dutyBefore(duty.label, moments.clock(at, nowMs));
          return (
            <Fragment key={duty.connectionId}>
              {duty.fromMs !== null && duty.fromMs < at && (
                <span
                  className="you-unsure"
                  style={{
                    insetInlineStart: percent(Math.max(now, shareOf(duty.fromMs, span))),
                    width: percent(shareOf(at, span) - Math.max(now, shareOf(duty.fromMs, span))),
                  }}
                />
              )}
              <span
                className={before ? 'you-duty before' : 'you-duty'}
                style={{ insetInlineStart: percent(shareOf(at, span)) }}
              >
                <Gate duty={duty} words={words} onOpen={onOpen} />
                {named && <span className="you-label st-duty num">{words}</span>}
              </span>
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

function Gate({ duty, words, onOpen }: { duty: Duty; words: string; onOpen: (id: string) => void }) {
  return (
    <Pressable className="you-gate" aria-label={words} onPress={() => onOpen(duty.connectionId)}>
      <StateMark kind={duty.kind === 'overdue' ? 'signin' : 'duty'} />
    </Pressable>
  );
}

/** Gates that would lie on one another are drawn once; a label is drawn where it has room, before or after its gate. */
export function placedIn(coming: readonly Duty[], span: Span, width: number, nowMs: number) {
  const placed: { duty: Duty; named: boolean; before: boolean }[] = [];
  let taken = shareOf(nowMs, span) * width;
  for (const [index, duty] of coming.entries()) {
    const x = shareOf(duty.atMs ?? nowMs, span) * width;
    if (placed.length > 0 && x < taken) continue;
    const next = coming[index + 1];
    const nextX = next === undefined ? width : shareOf(next.atMs ?? nowMs, span) * width;
    const after = nextX - x > labelWidth;
    const before = !after && x - taken > labelWidth;
    placed.push({ duty, named: after || before, before });
    taken = x + (after ? labelWidth : gateWidth);
  }
  return placed;
}
