import { useNow } from '../../ui/clock.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

interface TimeLeftProps {
  startedAtMs: number;
  endsAtMs: number;
  /** What is waited for. */
  says: string;
  /** The same with its end, read out. */
  ends: (at: string) => string;
}

/** How long the wait lasts: the bar with its honest post, in the colour of waiting for somebody else. */
export function TimeLeft({ startedAtMs, endsAtMs, says, ends }: TimeLeftProps) {
  const { connect } = useText();
  const moments = useMoments();
  const nowMs = useNow();
  const at = moments.seconds(endsAtMs, nowMs);
  return (
    <section className="card out-card st-retry">
      <div className="out-head">
        <p className="first-says">
          <StateMark kind="retry" />
          <span className="word">{says}</span>
        </p>
        <span className="note num dim" aria-hidden>
          {connect.browser.ends(at)}
        </span>
      </div>
      <Countdown untilMs={endsAtMs} size="hero" label={ends(at)} />
      <LifeBar life={{ kind: 'post', now: (nowMs - startedAtMs) / Math.max(1, endsAtMs - startedAtMs) }} size="wide" />
    </section>
  );
}
