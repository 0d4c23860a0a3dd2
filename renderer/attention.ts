import { useEffect, useRef } from 'react';
import { useKnown } from './program.tsx';

/** A press on a notification or in the tray leads here: to a connection, or to the whole list (null). */
export function useAttention(lead: (connectionId: string | null) => void): void {
  const attention = useKnown((known) => known.attention);
  const followed = useRef(0);
  useEffect(() => {
    // A snapshot that is asked for anew repeats the last call; it was followed already.
    if (attention === undefined || attention.call === followed.current) return;
    followed.current = attention.call;
    lead(attention.connectionId);
  }, [attention, lead]);
}
