import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';

export type Reach =
  | { phase: 'asking' }
  | { phase: 'known'; reach: Output<'connections.revokeReach'> }
  | { phase: 'failed'; problem: Problem };

/** What revoking this connection would end, as main works it out. */
export function useReach(connectionId: string): Reach {
  const client = useClient();
  const [reach, setReach] = useState<Reach>({ phase: 'asking' });
  useEffect(() => {
    let wanted = true;
    void client.connections.revokeReach({ connectionId }).then((answer) => {
      if (!wanted) return;
      setReach(answer.ok ? { phase: 'known', reach: answer.value } : { phase: 'failed', problem: answer.problem });
    });
    return () => {
      wanted = false;
    };
  }, [client, connectionId]);
  return reach;
}
