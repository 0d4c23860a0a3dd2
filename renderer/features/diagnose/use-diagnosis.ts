import { useCallback, useEffect, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Diagnosis } from '../../../shared/model/diagnosis.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';

export interface DiagnosisNow {
  diagnosis: Diagnosis | null;
  problem: Problem | null;
  checking: boolean;
  /** When a check was last asked for and answered. */
  checkedAtMs: number | null;
  check: () => void;
}

/** What main knows of a connection's trouble; asked anew whenever the connection changed. */
export function useDiagnosis(connection: ConnectionSummary): DiagnosisNow {
  const client = useClient();
  const { id } = connection;
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [checking, setChecking] = useState(false);
  const [checkedAtMs, setCheckedAtMs] = useState<number | null>(null);

  useEffect(() => {
    let wanted = true;
    void client.connections.diagnose({ connectionId: id, check: false }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setDiagnosis(answer.value);
      setProblem(answer.ok ? null : answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [client, id, connection]);

  const check = useCallback(() => {
    setChecking(true);
    void client.connections.diagnose({ connectionId: id, check: true }).then((answer) => {
      setChecking(false);
      if (answer.ok) {
        setDiagnosis(answer.value);
        setCheckedAtMs(answer.value.atMs);
      }
      setProblem(answer.ok ? null : answer.problem);
    });
  }, [client, id]);

  return { diagnosis, problem, checking, checkedAtMs, check };
}
