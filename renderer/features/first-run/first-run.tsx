import { ArchiveRestore, ChevronRight, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as Pressable } from 'react-aria-components';
import type { Problem } from '../../../shared/model/problem.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { RestoreBackupDialog } from '../backup/restore-dialog.tsx';
import './first-run.css';

/** One sentence, the bar learnt once, three choices, and where the vault's key will live before anything is stored. */
export function FirstRun() {
  const { welcome } = useText();
  const words = welcome.firstRun;
  const client = useClient();
  const shell = useShell();
  const vault = useKnown((known) => known.vault);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'practice' | 'retry' | null>(null);
  const [restoring, setRestoring] = useState(false);
  const blocked = vault.kind === 'problem';
  const canUsePassphrase = blocked && vault.canUsePassphrase === true;

  async function practise(): Promise<void> {
    if (busy !== null) return;
    setBusy('practice');
    const answer = await client.practice.open({});
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) shell.openWizard({ kind: 'connect', realm: 'practice' });
  }

  async function retry(): Promise<void> {
    setBusy('retry');
    const answer = await client.program.retryVault({});
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <main className="first-run scrolls">
      <div className="first-run-in">
        <BrandMark size={64} />
        <h1 className="first-run-title">{words.title}</h1>
        <div className="first-run-bar st-working" aria-hidden>
          <LifeBar life={{ kind: 'ring', now: 0.3, ring: 0.8 }} size="wide" />
          <div className="first-run-words note dim">
            <span>{words.barStart}</span>
            <span>{words.barLeft}</span>
            <span>{words.barRenews}</span>
          </div>
        </div>
        {blocked && (
          <div className="first-run-note">
            <ProblemNote
              problem={vault.problem}
              state="duty"
              alert={false}
              act={
                <Button size="small" busy={busy === 'retry'} onPress={() => void retry()}>
                  {words.tryAgain}
                </Button>
              }
            />
          </div>
        )}
        <div className="first-run-choices" role="group" aria-label={words.choices}>
          <Choice
            key={blocked ? 'waits' : 'first'}
            first={!blocked}
            blocked={blocked}
            icon={<Plus aria-hidden />}
            name={words.connect}
            note={blocked ? words.connectWaits : words.connectNote}
            end={blocked ? null : <KeyCap>{words.enter}</KeyCap>}
            onPress={() => shell.openWizard({ kind: 'connect', realm: 'vault' })}
          />
          {canUsePassphrase && (
            <Choice
              first
              icon={<StateMark kind="locked" size={24} />}
              name={words.passphrase}
              note={words.passphraseNote}
              end={<ChevronRight className="icon" aria-hidden />}
              onPress={shell.setPassphrase}
            />
          )}
          <Choice
            first={false}
            blocked={blocked && !canUsePassphrase}
            icon={<ArchiveRestore aria-hidden />}
            name={words.restore}
            note={blocked && !canUsePassphrase ? words.restoreWaits : words.restoreNote}
            end={blocked && !canUsePassphrase ? null : <ChevronRight className="icon" aria-hidden />}
            onPress={() => setRestoring(true)}
          />
          <Choice
            first={blocked && !canUsePassphrase}
            icon={<StateMark kind="practice" size={24} />}
            name={words.practice}
            note={busy === 'practice' ? words.practiceOpening : words.practiceNote}
            end={<ChevronRight className="icon" aria-hidden />}
            onPress={() => void practise()}
          />
        </div>
        {problem !== null && (
          <div className="first-run-note">
            <ProblemNote problem={problem} />
          </div>
        )}
        {!blocked && (
          <p className="first-run-key">
            <StateMark kind="locked" plain />
            <KeyPlace vault={vault} />
          </p>
        )}
      </div>
      {restoring && <RestoreBackupDialog onClose={() => setRestoring(false)} />}
    </main>
  );
}

function KeyPlace({ vault }: { vault: VaultStatus }) {
  const words = useText().welcome.firstRun;
  if (vault.kind !== 'absent' && vault.kind !== 'open') return <span>{words.keyLooking}</span>;
  const lives = vault.kind === 'absent' ? words.keyWillLive(vault.keychain) : words.keyLives(vault.keychain);
  return (
    <span>
      <span className="label">{vault.kind === 'open' && vault.passphrase === true ? words.keySealed : lives}</span>{' '}
      {words.keyNote}
    </span>
  );
}

interface ChoiceProps {
  first: boolean;
  blocked?: boolean;
  icon: ReactNode;
  name: string;
  note: string;
  end: ReactNode;
  onPress: () => void;
}

function Choice({ first, blocked = false, icon, name, note, end, onPress }: ChoiceProps) {
  return (
    <Pressable
      className={`choice${first ? ' is-first' : ''}${blocked ? ' waits' : ''}`}
      autoFocus={first}
      aria-disabled={blocked || undefined}
      {...(blocked ? {} : { onPress })}
    >
      <span className="choice-icon">{icon}</span>
      <span className="grow">
        <span className="choice-name">{name}</span>
        <span className="note dim choice-note">{note}</span>
      </span>
      {end}
    </Pressable>
  );
}
