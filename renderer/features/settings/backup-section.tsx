import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { MakeBackupDialog } from '../backup/make-dialog.tsx';
import '../backup/backup.css';

/** Settings, Backup and restore. Restoring over a vault that is in use is not offered; how it is done is said. */
export function BackupSection() {
  const { backup } = useText();
  const words = backup.section;
  const client = useClient();
  const vault = useKnown((known) => known.vault);
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function openFolder(): Promise<void> {
    const answer = await client.program.openDataFolder({});
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <section className="backup-section" aria-label={words.title}>
      <h2 className="head">{words.title}</h2>
      <p>{words.what}</p>
      <p className="dim">{words.where}</p>
      <Button unavailable={vault.kind === 'open' ? null : words.closed} onPress={() => setMaking(true)}>
        {words.make}
      </Button>
      <h3 className="label">{words.restoreTitle}</h3>
      <p>{words.restore}</p>
      <p className="dim">
        {words.restoreHere} <TextLink onPress={() => void openFolder()}>{words.openDataFolder}</TextLink>
      </p>
      <p className="note dim">{words.daily}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      {making && <MakeBackupDialog onClose={() => setMaking(false)} />}
    </section>
  );
}
