import type { ReactNode } from 'react';

/** Facts as term and value; values can be selected and taken along. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd className="selectable">{children}</dd>
    </>
  );
}
