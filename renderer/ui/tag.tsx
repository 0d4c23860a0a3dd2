import type { ReactNode } from 'react';

export function Tag({ children, state }: { children: ReactNode; state?: 'duty' | 'signin' | 'retry' | 'practice' }) {
  return <span className={state === undefined ? 'tag' : `tag tinted st-${state}`}>{children}</span>;
}
