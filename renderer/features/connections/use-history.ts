import { useEffect, useState } from 'react';
import type { ConnectionSummary, Exchange } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';

export type History =
  { phase: 'reading' } | { phase: 'read'; exchanges: readonly Exchange[] } | { phase: 'failed'; problem: Problem };

/** The exchanges of a connection, newest first; asked for anew whenever the connection changed. */
export function useHistory(connection: ConnectionSummary): History {
  const client = useClient();
  const [history, setHistory] = useState<History>({ phase: 'reading' });
  useEffect(() => {
    let wanted = true;
    void client.connections.history({ connectionId: connection.id }).then((answer) => {
      if (!wanted) return;
      setHistory(
        answer.ok
          ? { phase: 'read', exchanges: [...answer.value.exchanges].sort((a, b) => b.atMs - a.atMs) }
          : { phase: 'failed', problem: answer.problem },
      );
    });
    return () => {
      wanted = false;
    };
  }, [client, connection]);
  return history;
}
