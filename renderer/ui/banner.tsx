import type { ReactNode } from 'react';
import { StateMark } from './state-mark.tsx';

export interface BannerProps {
  state: 'duty' | 'signin' | 'retry' | 'offline' | 'failed' | 'practice' | 'working';
  /** The first sentence, in the state's colour. */
  what: string;
  /** What follows: the next step. */
  next?: ReactNode;
  /** One act, a small Button. */
  act?: ReactNode;
  /** Under the sentences: a Details disclosure. */
  children?: ReactNode;
  /** Spoken when it appears (a failure of what the person just did). */
  alert?: boolean;
}

/** Only when something is wrong: sentence, next step, one act. */
export function Banner({ state, what, next, act, children, alert = false }: BannerProps) {
  return (
    <div className={`banner st-${state}`} role={alert ? 'alert' : undefined}>
      <div className="banner-line">
        <StateMark kind={state} />
        <div className="grow">
          <span className="label word">{what}</span> {next}
        </div>
        {act}
      </div>
      {children !== undefined && <div className="banner-more">{children}</div>}
    </div>
  );
}
