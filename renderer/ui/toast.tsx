import type { ReactNode } from 'react';
import { type MarkKind, StateMark } from './state-mark.tsx';

export interface ToastProps {
  mark: MarkKind;
  /** What is shown; may hold a running figure. */
  children: ReactNode;
  /** One act, a plain small Button. */
  act?: ReactNode;
  /** Share of its time that is left, 1 to 0: the 3 px bar. */
  left?: number;
}

export function Toast({ mark, children, act, left }: ToastProps) {
  return (
    <div className={`toast st-${mark}`}>
      <StateMark kind={mark} />
      <span className="grow">{children}</span>
      {act}
      {left !== undefined && <span className="toast-left" style={{ width: `${(left * 100).toFixed(1)}%` }} />}
    </div>
  );
}

/** Where toasts stand: bottom end, at most two. `said` is spoken once, without the running figures. */
export function ToastRegion({ label, said, children }: { label: string; said: string; children: ReactNode }) {
  return (
    <section className="toasts" aria-label={label}>
      <div className="unseen" role="status">
        {said}
      </div>
      {children}
    </section>
  );
}
