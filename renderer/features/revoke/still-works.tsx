import { useNow } from '../../ui/clock.ts';
import { Span } from '../../ui/countdown.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { useMoments } from '../../ui/moments.ts';

interface StillWorksProps {
  /** "A token already handed out may still work until" */
  words: string;
  untilMs: number;
  /** Start of its life, where it is known: the bar is one whole life. */
  issuedAtMs: number | null;
}

/** How long a token that was handed out may still work: the bar with its honest post. */
export function StillWorks({ words, untilMs, issuedAtMs }: StillWorksProps) {
  const nowMs = useNow();
  const moments = useMoments();
  if (untilMs <= nowMs) return null;
  const start = issuedAtMs ?? nowMs;
  const now = (nowMs - start) / Math.max(1, untilMs - start);
  return (
    <div className="still-works st-duty">
      <div className="row between">
        <span>
          {words}{' '}
          <time className="num label" dateTime={new Date(untilMs).toISOString()} title={moments.whole(untilMs)}>
            {moments.clock(untilMs, nowMs)}
          </time>
        </span>
        <span className="time" aria-hidden>
          <Span ms={untilMs - nowMs} />
        </span>
      </div>
      <LifeBar life={{ kind: 'post', now }} size="wide" />
    </div>
  );
}
