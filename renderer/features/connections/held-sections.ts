import { useMemo, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useKnown } from '../../program.tsx';
import type { Filter } from '../../shell-acts.ts';
import { type Section, sectionsOf } from './order.ts';
import { useEpoch } from './use-epoch.ts';

/** The sections, held still while the pointer is in the list: nothing moves under a hand. */
export function useHeldSections(connections: readonly ConnectionSummary[], filter: Filter, query: string) {
  const providers = useKnown((known) => known.providers);
  const [inside, setInside] = useState(false);
  const [held, setHeld] = useState<readonly Section[] | null>(null);
  const epochMs = useEpoch(connections);
  const sections = useMemo(
    () => sectionsOf(connections, providers, { filter, query }, epochMs),
    [connections, providers, filter, query, epochMs],
  );
  const holds = useMemo(() => inside && held !== null && sameRows(held, sections), [inside, held, sections]);
  return {
    sections: holds && held !== null ? held : sections,
    onPointerInside: (now: boolean) => {
      setInside(now);
      setHeld(now ? sections : null);
    },
  };
}

/** Are the same rows in both, wherever they stand? */
function sameRows(a: readonly Section[], b: readonly Section[]): boolean {
  const there = new Set(a.flatMap((section) => section.ids));
  const here = b.flatMap((section) => section.ids);
  return here.length === there.size && here.every((id) => there.has(id));
}
