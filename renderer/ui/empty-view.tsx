import type { ReactNode } from 'react';

export interface EmptyViewProps {
  /** The picture above; optional. */
  picture?: ReactNode;
  title: string;
  children: ReactNode;
  /** One main button, at most one other. */
  acts?: ReactNode;
  note?: ReactNode;
}

/** One title, one paragraph, one main button. */
export function EmptyView({ picture, title, children, acts, note }: EmptyViewProps) {
  return (
    <div className="empty">
      <div className="empty-in">
        {picture}
        <h1 className="title" tabIndex={-1}>
          {title}
        </h1>
        <p className="lead">{children}</p>
        {acts !== undefined && <div className="empty-acts">{acts}</div>}
        {note !== undefined && <p className="note dim">{note}</p>}
      </div>
    </div>
  );
}
