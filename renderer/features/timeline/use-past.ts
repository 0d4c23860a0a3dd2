import { useEffect, useMemo, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { LanePast } from '../../../shared/model/forecast.ts';
import { useClient } from '../../program.tsx';

const mostAtOnce = 100;

/** Changes when there is something new to look back at. */
const stamp = ({ generation, failure, condition, revocation }: ConnectionSummary): string =>
  `${String(generation)} ${condition === 'renewing' ? '' : condition} ${String(failure?.atMs ?? 0)} ${String(revocation?.atMs ?? 0)}`;

/** What happened on the lanes that are drawn. Asked for once for each of them, and again when it changed. */
export function usePast(shown: readonly ConnectionSummary[], sinceMs: number): ReadonlyMap<string, LanePast> {
  const client = useClient();
  const [known, setKnown] = useState<ReadonlyMap<string, { stamp: string; lane: LanePast }>>(new Map());
  const wanted = shown.filter((one) => known.get(one.id)?.stamp !== stamp(one)).slice(0, mostAtOnce);
  const asked = wanted.map((one) => `${one.id} ${stamp(one)}`).join('\n');

  useEffect(() => {
    if (asked === '') return;
    let still = true;
    const stamps = new Map(
      asked.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
    );
    void client.connections.lookBack({ connectionIds: [...stamps.keys()], sinceMs }).then((answer) => {
      if (!still || !answer.ok) return;
      const came = new Map(answer.value.lanes.map((lane) => [lane.connectionId, lane]));
      setKnown((before) => {
        const next = new Map(before);
        for (const [id, at] of stamps) {
          const lane = came.get(id);
          if (lane !== undefined) next.set(id, { stamp: at, lane });
        }
        return next;
      });
    });
    return () => {
      still = false;
    };
  }, [client, asked, sinceMs]);

  return useMemo(() => new Map([...known].map(([id, { lane }]) => [id, lane])), [known]);
}
