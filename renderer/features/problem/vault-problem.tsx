import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { ProblemDetails, ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { DailyCopies } from '../backup/daily-copies.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import './problem.css';
import { SetAsideDialog } from './set-aside-dialog.tsx';

interface VaultProblemProps {
  vault: Extract<VaultStatus, { kind: 'problem' }>;
}

/** The vault did not open: why, what to do, and that nothing of it was touched. */
export function VaultProblem({ vault }: VaultProblemProps) {
  // No vault is here yet, and no keychain: a newcomer is told what this is, too.
  const isFirst = vault.problem.code === 'keychain_absent' && vault.canUsePassphrase === true;
  return isFirst ? <FirstRun /> : <Told vault={vault} />;
}

function Told({ vault }: VaultProblemProps) {
  const { welcome, errors } = useText();
  const words = welcome.problem;
  const client = useClient();
  const shell = useShell();
  const dataFolder = useKnown((known) => known.dataFolder);
  const [busy, setBusy] = useState<'retry' | 'practice' | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [settingAside, setSettingAside] = useState(false);
  const { problem } = vault;
  const { what, next } = errors[problem.code](problem.facts);

  async function act(which: 'retry' | 'practice', call: () => Promise<{ ok: true } | { ok: false; problem: Problem }>) {
    setBusy(which);
    const answer = await call();
    setBusy(null);
    setFailed(answer.ok ? null : answer.problem);
    return answer.ok;
  }

  async function practise(): Promise<void> {
    if (await act('practice', () => client.practice.open({}))) shell.openWizard({ kind: 'connect', realm: 'practice' });
  }

  async function openFolder(): Promise<void> {
    const answer = await client.program.openDataFolder({});
    setFailed(answer.ok ? null : answer.problem);
  }

  return (
    <main className="vault-problem scrolls">
      <div className="vault-problem-in">
        <span className="st-duty">
          <StateMark
            kind={problem.code.startsWith('keychain') || problem.code.startsWith('key_') ? 'signin' : 'duty'}
            size={40}
            plain
          />
        </span>
        <h1 className="title">{words.title[problem.code] ?? words.anyTitle}</h1>
        <p className="lead vault-problem-what">{what}</p>
        <p className="vault-problem-next">{next}</p>
        <div className="vault-problem-acts">
          <Button
            look="main"
            autoFocus
            busy={busy === 'retry'}
            onPress={() => void act('retry', () => client.program.retryVault({}))}
          >
            {words.tryAgain}
          </Button>
          <Button icon={<FolderOpen className="icon" aria-hidden />} onPress={() => void openFolder()}>
            {words.openDataFolder}
          </Button>
        </div>
        {vault.canUsePassphrase === true && (
          <Button look="plain" className="vault-problem-aside" onPress={shell.setPassphrase}>
            {words.usePassphrase}
          </Button>
        )}
        {vault.canSetAside && <DailyCopies />}
        {vault.canSetAside && (
          <Button look="plain" className="vault-problem-aside" onPress={() => setSettingAside(true)}>
            {words.setAside}
          </Button>
        )}
        {failed !== null && <ProblemNote problem={failed} />}
        <div className="vault-problem-facts">
          <FactList>
            <Fact term={words.dataFolder}>
              <span className="mono">{dataFolder}</span>
            </Fact>
          </FactList>
          <ProblemDetails problem={problem} />
        </div>
        <p className="note vault-problem-practice">
          <StateMark kind="practice" />
          <span>
            {words.practice}{' '}
            <TextLink note onPress={() => void practise()}>
              {words.practiceAct}
            </TextLink>
          </span>
        </p>
      </div>
      {settingAside && <SetAsideDialog dataFolder={dataFolder} onClose={() => setSettingAside(false)} />}
    </main>
  );
}
