import { useRef, useState } from 'react';
import { backupPassphraseLength } from '../../../shared/model/backup.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { PassphraseInput, type PassphraseHandle } from '../lock/passphrase-input.tsx';
import './backup.css';

/** The passphrase twice, since nobody can say later what a slip of the finger was; then main asks where to. */
export function MakeBackupDialog({ onClose }: { onClose: () => void }) {
  const { backup } = useText();
  const words = backup.make;
  const client = useClient();
  const shell = useShell();
  const first = useRef<PassphraseHandle>(null);
  const second = useRef<PassphraseHandle>(null);
  const [busy, setBusy] = useState(false);
  const [bad, setBad] = useState<{ field: 'first' | 'second'; sentence: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function make(): Promise<void> {
    const passphrase = first.current?.read() ?? '';
    setProblem(null);
    if (passphrase.length < backupPassphraseLength) {
      setBad({ field: 'first', sentence: backup.passphrase.tooShort(backupPassphraseLength) });
      return;
    }
    if (passphrase !== second.current?.read()) {
      setBad({ field: 'second', sentence: backup.passphrase.differ });
      return;
    }
    setBusy(true);
    const answer = await client.backup.make({ passphrase });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    // The system's dialog was closed: what was typed stays for another try.
    if (answer.value.savedTo === null) return;
    shell.tellDone(words.saved(answer.value.savedTo));
    onClose();
  }

  const typed = (): void => setBad(null);
  return (
    <Dialog
      busy={busy}
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button look="main" type="submit" form="make-backup" busy={busy}>
            {words.act}
          </Button>
        </>
      }
    >
      <form
        id="make-backup"
        className="dialog-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <PassphraseInput
          label={backup.passphrase.label}
          handle={first}
          onTyped={typed}
          help={backup.passphrase.help(backupPassphraseLength)}
          bad={bad?.field === 'first' ? bad.sentence : undefined}
          autoFocus
        />
        <PassphraseInput
          label={backup.passphrase.repeat}
          handle={second}
          onTyped={typed}
          bad={bad?.field === 'second' ? bad.sentence : undefined}
        />
      </form>
      <div className="well backup-lines">
        <p>{words.forgotten}</p>
        <p className="note dim">{words.ages}</p>
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
