import type { ReactNode } from 'react';
import { type Cause, likelihoods } from '../../../shared/model/diagnosis.ts';
import { useMoments } from '../../ui/moments.ts';
import { useText } from '../../ui/text.ts';

interface CauseCardProps {
  cause: Cause;
  provider: string;
  nowMs: number;
  first: boolean;
  acts: ReactNode;
}

/** One cause with the facts that speak for it, its likelihood in words and blocks, and what mends it. */
export function CauseCard({ cause, provider, nowMs, first, acts }: CauseCardProps) {
  const { diagnose: text } = useText();
  const moments = useMoments();
  const words = text.cause[cause.kind];
  const filled = likelihoods.length - likelihoods.indexOf(cause.likelihood);
  return (
    <li className={first ? 'card cause first' : 'card cause'}>
      <div className="row between cause-top">
        <h3 className="cause-title selectable">{words.title(provider)}</h3>
        <span className="row cause-odds">
          <span className="note">{text.likelihood[cause.likelihood]}</span>
          <span className="blocks" aria-hidden>
            {likelihoods.map((one, index) => (
              <span key={one} className={index < filled ? 'block filled' : 'block'} />
            ))}
          </span>
        </span>
      </div>
      <ul className="cause-facts selectable">
        {cause.facts.map((fact, index) => (
          <li key={`${fact.kind} ${String(index)}`}>
            <span className="note num dim cause-when" title={fact.atMs === null ? undefined : moments.whole(fact.atMs)}>
              {fact.atMs === null ? '' : moments.seconds(fact.atMs, nowMs)}
            </span>
            <span className="note cause-fact">{text.fact(fact, provider)}</span>
          </li>
        ))}
      </ul>
      {first && <p className="note cause-next">{words.next(provider)}</p>}
      {acts}
    </li>
  );
}
