import { useState } from 'react';
import type { Envelope } from '../../../shared/ipc/bridge.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import type { SecretHandle } from './secret-input.tsx';

export interface SignInActs {
  /** What went wrong with the last act here. The wait goes on. */
  problem: Problem | null;
  busy: boolean;
  /** Hands over what was pasted, and empties its field once main has it. */
  paste: (field: SecretHandle | null) => Promise<boolean>;
  /** The person's word that the code is that company's; `evenLate`: also past its stated life. */
  confirm: (evenLate: boolean) => Promise<boolean>;
  openAgain: () => Promise<boolean>;
  copyLink: () => Promise<boolean>;
  /** What was wrong with the pasted address is no longer so once another one is typed. */
  settle: () => void;
}

/** The acts beside a sign-in that is out in the browser. The one long call that waits for it is the draft's. */
export function useSignIn(draftId: string): SignInActs {
  const { drafts } = useClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function told(call: Promise<Envelope<unknown>>): Promise<boolean> {
    setBusy(true);
    const answer = await call;
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    return answer.ok;
  }

  return {
    problem,
    busy,
    paste: async (field) => {
      const taken = await told(drafts.pasteRedirect({ draftId, pasted: field?.read() ?? '' }));
      if (taken) field?.clear();
      return taken;
    },
    confirm: (evenLate) => told(drafts.confirmCompany({ draftId, evenLate })),
    openAgain: () => told(drafts.openBrowserAgain({ draftId })),
    copyLink: () => told(drafts.copySignInLink({ draftId })),
    settle: () => setProblem(null),
  };
}
