import type { Exchange } from '../../../shared/model/connection.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { useFromNow } from '../../ui/clock.ts';
import { useMoments } from '../../ui/moments.ts';
import { ProblemDetails } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

function sentenceOf(exchange: Exchange, text: Catalogue['connections']['exchanges']): string {
  if (exchange.outcome === 'failed') return text.failed[exchange.what];
  if (exchange.what === 'renewed') return text.renewed[exchange.refreshToken ?? 'none'];
  return text[exchange.what];
}

/** One exchange in words: when, how it ended, what it was, how long it took. */
export function ExchangeLine({ exchange, full = false }: { exchange: Exchange; full?: boolean }) {
  const { connections: text, errors } = useText();
  const moments = useMoments();
  const day = useFromNow((nowMs) => new Date(nowMs).setHours(12, 0, 0, 0));
  const { atMs, problem, outcome, status, durationMs } = exchange;
  const sentence = sentenceOf(exchange, text.exchanges);
  return (
    <li className="log-line">
      <time className="num log-when" dateTime={new Date(atMs).toISOString()} title={moments.whole(atMs)}>
        {moments.seconds(atMs, day)}
      </time>
      <span className={outcome === 'done' ? 'st-working' : 'st-failed'}>
        <StateMark kind={outcome === 'done' ? 'working' : 'failed'} size={14} />
      </span>
      <div className="log-what">
        <div className={full ? '' : 'clip'}>{sentence}</div>
        {full && problem !== null && (
          <>
            <div className="note">{errors[problem.code](problem.facts).what}</div>
            <ProblemDetails problem={problem} />
          </>
        )}
        {full && problem === null && status !== null && (
          <div className="note dim">{text.exchanges.answered(status)}</div>
        )}
      </div>
      <span className="num log-long">{text.exchanges.milliseconds(durationMs)}</span>
    </li>
  );
}
