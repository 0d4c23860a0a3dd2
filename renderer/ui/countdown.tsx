import { Fragment } from 'react';
import { countdownParts } from '../../shared/model/time.ts';
import { useNow } from './clock.ts';
import { useText } from './text.ts';

/** A span as figures and units in two weights. `hero` is the one 40 px countdown of a detail. */
export function Span({ ms, coarse = false }: { ms: number; coarse?: boolean }) {
  const { shell } = useText();
  const parts = countdownParts(ms);
  return (coarse ? parts.slice(0, 1) : parts).map((part) => (
    <Fragment key={part.unit}>
      {part.figure}
      <i>{shell.units[part.unit]}</i>
    </Fragment>
  ));
}

export interface CountdownProps {
  /** The moment it runs to, ms since the epoch. */
  untilMs: number;
  size?: 'row' | 'hero';
  /** Read by screen readers once it is given; the figures alone change each second and are not spoken. */
  label?: string;
}

/** Ticks by itself. Not spoken each second: give the sentence beside it. */
export function Countdown({ untilMs, size = 'row', label }: CountdownProps) {
  const nowMs = useNow();
  return (
    <span className={size === 'hero' ? 'time hero' : 'time'}>
      <span aria-hidden>
        <Span ms={Math.max(0, untilMs - nowMs)} />
      </span>
      {label !== undefined && <span className="unseen">{label}</span>}
    </span>
  );
}
