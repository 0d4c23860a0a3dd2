import { useMemo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Filter } from '../../shell-acts.ts';
import { useText } from '../../ui/text.ts';
import { countsOf } from './order.ts';
import { useEpoch } from './use-epoch.ts';

/** What the head of the list says of the rows it shows. */
export function useSentence(
  connections: readonly ConnectionSummary[],
  shownIds: readonly string[],
  filter: Filter,
  filterName: string | null,
  query: string,
): string {
  const { connections: text } = useText();
  const epochMs = useEpoch(connections);
  return useMemo(() => {
    if (query !== '') {
      const found = text.found(shownIds.length);
      return filterName === null ? found : text.headOf(filterName, found);
    }
    const shown = new Set(shownIds);
    const counted = filter.kind === 'all' ? connections : connections.filter((connection) => shown.has(connection.id));
    const counts = countsOf(counted, epochMs);
    const sentence = text.head({
      needYou: counts.needYou,
      kept: counts.kept,
      practice: counts.practice,
      total: counts.all,
    });
    return filter.kind === 'provider' && filterName !== null ? text.headOf(filterName, sentence) : sentence;
  }, [connections, shownIds, filter.kind, filterName, query, text, epochMs]);
}
