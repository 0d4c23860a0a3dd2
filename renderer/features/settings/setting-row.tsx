import type { ReactNode } from 'react';

interface SettingRowProps {
  name: string;
  note?: string | undefined;
  /** Why it is not available; stands in the note's place. */
  reason?: string | null;
  /** The control at the end; absent where there is only something to know. */
  children?: ReactNode;
}

/** One line of a card: name, what it means, and its control. */
export function SettingRow({ name, note, reason = null, children }: SettingRowProps) {
  const words = reason ?? note;
  return (
    <div className="setting">
      <div>
        <div className="label">{name}</div>
        {words !== undefined && <div className="note dim">{words}</div>}
      </div>
      {children}
    </div>
  );
}
