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

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const percent = (share: number): string => `${(clamp(share) * 100).toFixed(2)}%`;

/** The one graphic: a thread that thickens at now and thins out at the end. Colour comes from an ancestor's `.st-…`. */
export function LifeBar({ life, size = 'row' }: LifeBarProps) {
  const wide = size === 'wide';
  const height = wide ? 16 : 10;
  const middle = height / 2;
  const thick = wide ? 6 : 4;
  const radius = wide ? 4 : 2.75;
  return (
    <svg className="life" width="100%" height={height} aria-hidden>
      {drawn(life, { height, middle, thick, radius })}
    </svg>
  );
}

interface Measure {
  height: number;
  middle: number;
  thick: number;
  radius: number;
}

function drawn(life: Life, at: Measure) {
  switch (life.kind) {
    case 'thread':
      return <line className="spent" x1="1" x2="100%" y1={at.middle} y2={at.middle} />;
    case 'ended':
      return (
        <>
          <svg style={{ width: 'calc(100% - 7px)' }} overflow="visible">
            <line className="gap" x1="1" x2="100%" y1={at.middle} y2={at.middle} />
          </svg>
          <Post height={at.height} />
        </>
      );
    case 'unknown':
      return (
        <>
          <line className="spent" x1="1" x2="19%" y1={at.middle} y2={at.middle} />
          <rect className="now" x="20%" width="2" height={at.height} rx="1" />
          <line className="fade" x1="29%" x2="97%" y1={at.middle} y2={at.middle} />
        </>
      );
    case 'renewing':
      return [0, 1, 2, 3, 4].map((dash) => (
        <rect
          key={dash}
          className={`dash dash-${dash}`}
          x={percent(0.037 + dash * 0.193)}
          y={at.middle - at.thick / 2}
          width="13%"
          height={at.thick}
          rx={at.thick / 2}
        />
      ));
    case 'ring':
    case 'post':
    case 'open':
      return <Running life={life} at={at} />;
  }
}

function Post({ height }: { height: number }) {
  return <rect className="post" style={{ x: 'calc(100% - 3px)' }} width="3" height={height} rx="1" />;
}

function Running({ life, at }: { life: Extract<Life, { now: number }>; at: Measure }) {
  const now = clamp(life.now);
  const nowRef = useRef<SVGRectElement>(null);
  const leftRef = useRef<SVGRectElement>(null);
  const ringRef = useRef<SVGCircleElement>(null);
  const before = useRef(now);

  // A renewal is the one thing that moves: now runs back to the start, the ring blinks once.
  useLayoutEffect(() => {
    const from = before.current;
    if (from - now < 0.02 || typeof nowRef.current?.animate !== 'function') return;
    if (typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timing = { duration: 620, easing: 'cubic-bezier(.2, .7, .2, 1)' };
    nowRef.current.animate([{ x: nowAt(from) }, { x: nowAt(now) }], timing);
    leftRef.current?.animate([{ x: percent(from), width: '0%' }, {}], timing);
    ringRef.current?.animate([{ opacity: 1 }, { opacity: 0 }, { opacity: 1 }], { duration: 310, delay: 310 });
  }, [now]);
  useEffect(() => {
    before.current = now;
  }, [now]);

  // Room at the end: the ring and its gap, or the post and its gap.
  const end = life.kind === 'ring' ? Math.max(life.ring, now) : 1;
  // A ring just before the end stays inside the bar.
  const endAt = life.kind === 'ring' ? `min(${percent(end)}, 100% - ${String(at.radius + 1)}px)` : percent(end);
  const gap = life.kind === 'ring' ? at.radius + 2 : life.kind === 'post' ? 5 : 0;
  return (
    <>
      <line className="spent" x1="1" x2={percent(now)} y1={at.middle} y2={at.middle} />
      <rect
        ref={leftRef}
        className="left"
        y={at.middle - at.thick / 2}
        height={at.thick}
        rx={at.thick / 2}
        style={{ x: percent(now), width: `max(0px, calc(${endAt} - ${percent(now)} - ${String(gap)}px))` }}
      />
      {life.kind === 'ring' && (
        <>
          <rect
            className="spare"
            y={at.middle - 1}
            height="2"
            rx="1"
            style={{
              x: `calc(${endAt} + ${String(at.radius + 2)}px)`,
              width: `max(0px, calc(100% - ${endAt} - ${String(at.radius + 2)}px))`,
            }}
          />
          <circle ref={ringRef} className="ring" style={{ cx: `calc(${endAt})` }} cy={at.middle} r={at.radius} />
        </>
      )}
      {life.kind === 'post' && <Post height={at.height} />}
      <rect ref={nowRef} className="now" width="2" height={at.height} rx="1" style={{ x: nowAt(now) }} />
    </>
  );
}

const nowAt = (share: number): string => `clamp(0px, calc(${percent(share)} - 1px), calc(100% - 2px))`;
