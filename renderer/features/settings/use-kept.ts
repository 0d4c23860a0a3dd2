import { useEffect, useState } from 'react';
import type { Envelope } from '../../../shared/ipc/bridge.ts';
import type { Problem } from '../../../shared/model/problem.ts';

export interface Kept<View> {
  /** Null until main has answered. */
  view: View | null;
  problem: Problem | null;
  /** Asks main to keep a change; what it answers is what is shown. */
  keep: (change: () => Promise<Envelope<View>>) => void;
}

/** Settings that main keeps: read once, and shown as main says they are now. */
export function useKept<View>(read: () => Promise<Envelope<View>>): Kept<View> {
  const [view, setView] = useState<View | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let wanted = true;
    void read().then((answer) => {
      if (!wanted) return;
      if (answer.ok) setView(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      wanted = false;
    };
  }, [read]);

  function keep(change: () => Promise<Envelope<View>>): void {
    void change().then((answer) => {
      if (answer.ok) setView(answer.value);
      setProblem(answer.ok ? null : answer.problem);
    });
  }

  return { view, problem, keep };
}
