import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { SettingRow } from './setting-row.tsx';

export function AboutSection() {
  const { settings } = useText();
  const words = settings.about;
  const client = useClient();
  const version = useKnown((known) => known.version);
  const dataFolder = useKnown((known) => known.dataFolder);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function openFolder(): Promise<void> {
    const answer = await client.program.openDataFolder({});
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <>
      <h1 className="title">{settings.sections.about}</h1>
      <p className="settings-key">{words.what}</p>
      <div className="card">
        <SettingRow name={words.version}>
          <span className="num selectable">{version}</span>
        </SettingRow>
        <SettingRow name={words.updates} note={words.updatesNote} />
        <SettingRow name={words.licence}>
          <span>{words.licenceName}</span>
        </SettingRow>
        <SettingRow name={words.dataFolder} note={dataFolder}>
          <Button icon={<FolderOpen className="icon" aria-hidden />} onPress={() => void openFolder()}>
            {words.openDataFolder}
          </Button>
        </SettingRow>
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </>
  );
}
