import type { ReactNode } from 'react';

export const markKinds = [
  'working',
  'soon',
  'duty',
  'renewing',
  'retry',
  'signin',
  'offline',
  'revoked',
  'unknown',
  'practice',
  'locked',
  'failed',
] as const;
export type MarkKind = (typeof markKinds)[number];

const line = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** Silhouettes that differ without colour (visual.md section 7). `--cut` is the colour of the ground they lie on. */
const shapes: Record<MarkKind, ReactNode> = {
  working: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path {...line} className="mark-cut" d="m4.9 8.3 2.2 2.2 4-4.7" strokeWidth="1.8" />
    </>
  ),
  soon: (
    <>
      <circle cx="8" cy="8" r="6.15" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M8 8V3.7A4.3 4.3 0 0 0 3.7 8z" fill="currentColor" />
    </>
  ),
  duty: (
    <>
      <path {...line} d="M3.1 14.1V7.6a4.9 4.9 0 0 1 9.8 0v6.5z" strokeWidth="1.7" />
      <path {...line} d="M8 6.5v4" strokeWidth="1.9" />
    </>
  ),
  renewing: (
    <g className="turns">
      <path {...line} d="M13.6 8a5.6 5.6 0 0 1-10.2 3.2M2.4 8a5.6 5.6 0 0 1 10.2-3.2" strokeWidth="1.7" />
      <path {...line} d="M13.3 1.7v3.6H9.7M2.7 14.3v-3.6h3.6" strokeWidth="1.7" />
    </g>
  ),
  retry: (
    <>
      <circle cx="8" cy="8" r="6.15" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="2.6 2.23" />
      <path {...line} d="M8 5v3.2l2 1.3" strokeWidth="1.6" />
    </>
  ),
  signin: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M2.5 13.7V7.5a5.5 5.5 0 0 1 11 0v6.2a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM8 5.6a1.7 1.7 0 0 0-.85 3.17V11.4h1.7V8.77A1.7 1.7 0 0 0 8 5.6z"
    />
  ),
  offline: (
    <>
      <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path className="mark-cut" d="M1.9 14.1 14.1 1.9" strokeWidth="4.5" />
      <path {...line} d="M2.4 13.6 13.6 2.4" strokeWidth="1.7" />
    </>
  ),
  revoked: (
    <>
      <rect x="2.35" y="2.35" width="11.3" height="11.3" rx="2.5" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path {...line} d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" strokeWidth="1.6" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.15" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path {...line} d="M6.3 6.5c0-2.3 3.5-2.2 3.5 0 0 1.4-1.8 1.3-1.8 2.6M8 11.3v.01" strokeWidth="1.6" />
    </>
  ),
  practice: (
    <>
      <path {...line} d="M8 1.6 14.4 8 8 14.4 1.6 8z" strokeWidth="1.7" />
      <circle cx="8" cy="8" r="1.9" fill="currentColor" />
    </>
  ),
  locked: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M4.5 6.8V5a3.5 3.5 0 0 1 7 0v1.8h.5a1.5 1.5 0 0 1 1.5 1.5v4.7a1.5 1.5 0 0 1-1.5 1.5H4a1.5 1.5 0 0 1-1.5-1.5V8.3A1.5 1.5 0 0 1 4 6.8zm1.7 0h3.6V5a1.8 1.8 0 0 0-3.6 0z"
    />
  ),
  failed: (
    <>
      <path d="M8 2 14 8l-6 6-6-6z" fill="currentColor" />
      <path {...line} className="mark-cut" d="m6.3 6.3 3.4 3.4m0-3.4-3.4 3.4" strokeWidth="1.5" />
    </>
  ),
};

export interface StateMarkProps {
  kind: MarkKind;
  size?: 13 | 14 | 16 | 24 | 40;
  /** Takes the colour of the words round it instead of the state's. */
  plain?: boolean;
}

/** Shape of a state. It never stands alone: the word is beside it, so it is not spoken. */
export function StateMark({ kind, size = 16, plain = false }: StateMarkProps) {
  return (
    <svg className={plain ? 'mark' : `mark st-${kind}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      {shapes[kind]}
    </svg>
  );
}
