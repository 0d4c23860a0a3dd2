import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { type SecretHandle, SecretInput } from '../connect/secret-input.tsx';
import './backup.css';

/** First the file, which main asks for and keeps; then its passphrase. A wrong one may be typed again. */
export function RestoreBackupDialog({ onClose }: { onClose: () => void }) {
  const { backup } = useText();
  const words = backup.restore;
  const client = useClient();
  const shell = useShell();
  const passphrase = useRef<SecretHandle>(null);
  const [fileName, setFileName] = useState<string | null>(null);
  const [typed, setTyped] = useState(false);
  const [busy, setBusy] = useState<'choosing' | 'restoring' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function choose(): Promise<void> {
    setBusy('choosing');
    const answer = await client.backup.choose({});
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && answer.value.fileName !== null) setFileName(answer.value.fileName);
  }

  async function restore(): Promise<void> {
    setBusy('restoring');
    const answer = await client.backup.restore({ passphrase: passphrase.current?.read() ?? '' });
    setBusy(null);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    shell.say(words.done);
    onClose();
  }

  const missing = fileName === null ? words.noFile : typed ? null : words.passphrase;
  return (
    <Dialog
      busy={busy !== null}
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button look="main" type="submit" form="restore-backup" busy={busy === 'restoring'} unavailable={missing}>
            {words.act}
          </Button>
        </>
      }
    >
      <div className="backup-file">
        <span className="grow">
          <span className="label">{words.file}</span>{' '}
          <span className={fileName === null ? 'dim' : 'mono'}>{fileName ?? words.noFile}</span>
        </span>
        <Button autoFocus busy={busy === 'choosing'} onPress={() => void choose()}>
          {fileName === null ? words.choose : words.chooseAnother}
        </Button>
      </div>
      <form
        id="restore-backup"
        className="dialog-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null && busy === null) void restore();
        }}
      >
        <SecretInput
          label={words.passphrase}
          entered={false}
          handle={passphrase}
          onTyped={() => {
            setTyped((passphrase.current?.read() ?? '') !== '');
            setProblem(null);
          }}
        />
      </form>
      <p className="note dim backup-lines">{words.older}</p>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
