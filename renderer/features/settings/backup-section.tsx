import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { MakeBackupDialog } from '../backup/make-dialog.tsx';
import { SettingRow } from './setting-row.tsx';

/** Backup and restore. Restoring over a vault that is in use is not offered; how it is done is said. */
export function BackupSection() {
  const { backup, settings } = useText();
  const words = backup.section;
  const client = useClient();
  const vault = useKnown((known) => known.vault);
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const closed = vault.kind === 'open' ? null : words.closed;

  async function openFolder(): Promise<void> {
    const answer = await client.program.openDataFolder({});
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <>
      <h1 className="title">{settings.sections.backup}</h1>
      <p className="settings-key">{words.what}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      <div className="card">
        <SettingRow name={words.makeName} note={words.where} reason={closed}>
          <Button unavailable={closed} onPress={() => setMaking(true)}>
            {words.make}
          </Button>
        </SettingRow>
        <SettingRow name={words.restoreName} note={words.restore}>
          <Button icon={<FolderOpen className="icon" aria-hidden />} onPress={() => void openFolder()}>
            {words.openDataFolder}
          </Button>
        </SettingRow>
      </div>
      <h2 className="settings-head">{words.dailyName}</h2>
      <p className="note dim">{words.daily}</p>
      {making && <MakeBackupDialog onClose={() => setMaking(false)} />}
    </>
  );
}
