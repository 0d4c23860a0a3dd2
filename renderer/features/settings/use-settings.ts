import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { useClient } from '../../program.tsx';

export interface KeptSettings {
  settings: Settings | null;
  problem: Problem | null;
  keep: (change: Partial<Settings>) => void;
}

/** What main holds: read when the page opens, kept at once, and drawn as main answered. */
export function useSettings(): KeptSettings {
  const client = useClient();
  const [settings, setSettings] = useState<Settings | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let here = true;
    void client.settings.read({}).then((answer) => {
      if (!here) return;
      if (answer.ok) setSettings(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      here = false;
    };
  }, [client]);

  return {
    settings,
    problem,
    keep: (change) => {
      void client.settings.keep(change).then((answer) => {
        setProblem(answer.ok ? null : answer.problem);
        if (answer.ok) setSettings(answer.value);
      });
    },
  };
}
