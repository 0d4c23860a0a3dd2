import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import './problem.css';

/** Draws itself only while the open vault is an older copy; until it is accepted, nothing renews. */
export function OlderCopyBanner() {
  const { welcome } = useText();
  const words = welcome.problem;
  const client = useClient();
  const vault = useKnown((known) => known.vault);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (vault.kind !== 'open' || !vault.olderCopy) return null;

  async function accept(): Promise<void> {
    setBusy(true);
    const answer = await client.program.useOlderCopy({});
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <div className="older-copy">
      <Banner
        state="duty"
        what={words.older}
        next={words.olderNote}
        act={
          <Button size="small" busy={busy} tip={words.olderAfter} onPress={() => void accept()}>
            {words.useOlder}
          </Button>
        }
      />
      {problem !== null && <ProblemNote problem={problem} />}
    </div>
  );
}
