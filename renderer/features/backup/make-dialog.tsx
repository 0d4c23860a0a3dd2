import { useRef, useState } from 'react';
import { backupPassphraseLength } from '../../../shared/model/backup.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { type SecretHandle, SecretInput } from '../connect/secret-input.tsx';
import './backup.css';

/** The passphrase twice, since nobody can say later what a slip of the finger was; then main asks where to. */
export function MakeBackupDialog({ onClose }: { onClose: () => void }) {
  const { backup } = useText();
  const words = backup.make;
  const client = useClient();
  const shell = useShell();
  const first = useRef<SecretHandle>(null);
  const second = useRef<SecretHandle>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function make(): Promise<void> {
    const passphrase = first.current?.read() ?? '';
    setProblem(null);
    if (passphrase.length < backupPassphraseLength) {
      setWrong(backup.passphrase.tooShort(backupPassphraseLength));
      return;
    }
    if (passphrase !== second.current?.read()) {
      setWrong(backup.passphrase.differ);
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

  const typed = (): void => setWrong(null);
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
        <SecretInput
          label={backup.passphrase.label}
          entered={false}
          handle={first}
          onTyped={typed}
          help={backup.passphrase.help(backupPassphraseLength)}
          autoFocus
        />
        <SecretInput label={backup.passphrase.repeat} entered={false} handle={second} onTyped={typed} />
      </form>
      <div className="well backup-lines">
        <p>{words.forgotten}</p>
        <p className="note dim">{words.ages}</p>
      </div>
      {wrong !== null && <Banner state="failed" what={wrong} alert />}
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
