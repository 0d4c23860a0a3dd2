import type { ReactNode } from 'react';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';

export interface HeadProps {
  sentence: string;
  /** The list is narrowed: what by, and the way back. */
  onShowAll: (() => void) | null;
  children?: ReactNode;
}

/** The sentence over the list. */
export function ListHead({ sentence, onShowAll, children }: HeadProps) {
  const { connections: text } = useText();
  return (
    <div className="list-head">
      <div className="row between">
        <h1 className="head">{sentence}</h1>
        {onShowAll !== null && (
          <TextLink note onPress={onShowAll}>
            {text.acts.showAll}
          </TextLink>
        )}
      </div>
      {children}
    </div>
  );
}
