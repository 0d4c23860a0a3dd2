import { useEffect, useLayoutEffect, useRef } from 'react';

/** What a bar shows; all places are shares of one whole life, 0 = issued, 1 = end (visual.md section 6). */
export type Life =
  /** Renews by itself at `ring`; what follows is spare. */
  | { kind: 'ring'; now: number; ring: number }
  /** Stops at the end unless a person acts. */
  | { kind: 'post'; now: number }
  /** Nobody can promise what comes at the end. */
  | { kind: 'open'; now: number }
  | { kind: 'renewing' }
  | { kind: 'ended' }
  | { kind: 'unknown' }
  | { kind: 'thread' };

export interface LifeBarProps {
  life: Life;
  size?: 'row' | 'wide';
}

/** A row's bar is some 112 px long: in steps of a quarter of one, it is drawn anew when something can be seen to move. */
const rowSteps = 448;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const inSteps = (share: number): number => Math.round(share * rowSteps) / rowSteps;
const percent = (share: number): string => `${(clamp(share) * 100).toFixed(2)}%`;

/**
 * The one graphic: a thread that thickens at now and thins out at the end. Colour comes from an ancestor's `.st-…`.
 * Boxes, not SVG: Chromium does not lay `calc()` lengths of SVG shapes out again when their frame is resized.
 */
export function LifeBar({ life, size = 'row' }: LifeBarProps) {
  return (
    <span className={size === 'wide' ? 'life wide' : 'life'} aria-hidden>
      {drawn(size === 'row' && 'now' in life ? { ...life, now: inSteps(life.now) } : life)}
    </span>
  );
}

function drawn(life: Life) {
  switch (life.kind) {
    case 'thread':
      return <span className="spent" style={{ width: '100%' }} />;
    case 'ended':
      return (
        <>
          <span className="gap" />
          <span className="post" />
        </>
      );
    case 'unknown':
      return (
        <>
          <span className="spent" style={{ width: '19%' }} />
          <span className="now" style={{ insetInlineStart: '20%' }} />
          <span className="fade" />
        </>
      );
    case 'renewing':
      return [0, 1, 2, 3, 4].map((dash) => (
        <span
          key={dash}
          className={`dash dash-${String(dash)}`}
          style={{ insetInlineStart: percent(0.037 + dash * 0.193) }}
        />
      ));
    case 'ring':
    case 'post':
    case 'open':
      return <Running life={life} />;
  }
}

function Running({ life }: { life: Extract<Life, { now: number }> }) {
  const now = clamp(life.now);
  const nowRef = useRef<HTMLSpanElement>(null);
  const leftRef = useRef<HTMLSpanElement>(null);
  const ringRef = useRef<HTMLSpanElement>(null);
  const before = useRef(now);

  // A renewal is the one thing that moves: now runs back to the start, the ring blinks once.
  useLayoutEffect(() => {
    const from = before.current;
    if (from - now < 0.02 || typeof nowRef.current?.animate !== 'function') return;
    if (typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timing = { duration: 620, easing: 'cubic-bezier(.2, .7, .2, 1)' };
    nowRef.current.animate([{ insetInlineStart: nowAt(from) }, { insetInlineStart: nowAt(now) }], timing);
    leftRef.current?.animate([{ insetInlineStart: percent(from), width: '0%' }, {}], timing);
    ringRef.current?.animate([{ opacity: 1 }, { opacity: 0 }, { opacity: 1 }], { duration: 310, delay: 310 });
  }, [now]);
  useEffect(() => {
    before.current = now;
  }, [now]);

  // A ring just before the end stays inside the bar; `--ring` is its radius with its edge.
  const ends = life.kind === 'ring' ? Math.max(life.ring, now) : 1;
  const endAt = life.kind === 'ring' ? `min(${percent(ends)}, 100% - var(--ring))` : '100%';
  // Room at the end: the ring and its gap, or the post and its gap.
  const gap = life.kind === 'ring' ? 'var(--ring) + 1px' : life.kind === 'post' ? '5px' : '0px';
  return (
    <>
      <span className="spent" style={{ width: percent(now) }} />
      <span
        ref={leftRef}
        className="left"
        style={{
          insetInlineStart: percent(now),
          width: `max(0px, calc(${endAt} - ${percent(now)} - (${gap})))`,
        }}
      />
      {life.kind === 'ring' && (
        <>
          <span className="spare" style={{ insetInlineStart: `calc(${endAt} + var(--ring) + 1px)` }} />
          <span ref={ringRef} className="ring" style={{ insetInlineStart: `calc(${endAt} - var(--ring))` }} />
        </>
      )}
      {life.kind === 'post' && <span className="post" />}
      <span ref={nowRef} className="now" style={{ insetInlineStart: nowAt(now) }} />
    </>
  );
}

const nowAt = (share: number): string => `clamp(0px, calc(${percent(share)} - 1px), calc(100% - 2px))`;
