import { useRef, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { PassphraseInput, type PassphraseHandle } from '../lock/passphrase-input.tsx';
import { strengthOf, type Strength } from '../lock/strength.ts';
import './backup.css';

/** First the file, which main asks for and keeps; then its passphrase. A wrong one may be typed again. */
export function RestoreBackupDialog({ onClose }: { onClose: () => void }) {
  const { backup, lock } = useText();
  const words = backup.restore;
  const client = useClient();
  const shell = useShell();
  const passphrase = useRef<PassphraseHandle>(null);
  const vaultPassphrase = useRef<PassphraseHandle>(null);
  const again = useRef<PassphraseHandle>(null);
  const vault = useKnown((known) => known.vault);
  // As it was when the dialog opened: the vault that is made meanwhile must not take the fields away.
  const [noKeychain] = useState(vault.kind === 'problem');
  const [strength, setStrength] = useState<Strength | null>(null);
  const [bad, setBad] = useState<{ field: 'vaultPassphrase' | 'again'; sentence: string } | null>(null);
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

  function fault(): typeof bad {
    const chosen = vaultPassphrase.current?.read() ?? '';
    if (!noKeychain) return null;
    if (strengthOf(chosen) === 'too_short') return { field: 'vaultPassphrase', sentence: lock.set.strength.too_short };
    return again.current?.read() === chosen ? null : { field: 'again', sentence: lock.set.differ };
  }

  async function restore(): Promise<void> {
    const wrong = fault();
    setBad(wrong);
    if (wrong !== null) return;
    setBusy('restoring');
    const answer = await client.backup.restore({
      passphrase: passphrase.current?.read() ?? '',
      ...(noKeychain ? { vaultPassphrase: vaultPassphrase.current?.read() ?? '' } : {}),
    });
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
        <PassphraseInput
          label={words.passphrase}
          handle={passphrase}
          onTyped={(text) => {
            setTyped(text !== '');
            setProblem(null);
          }}
        />
        {noKeychain && (
          <>
            <p className="note">{words.noKeychain}</p>
            <PassphraseInput
              label={words.vaultPassphrase}
              handle={vaultPassphrase}
              bad={bad?.field === 'vaultPassphrase' ? bad.sentence : undefined}
              help={strength === null ? lock.set.hint : lock.set.strength[strength]}
              onTyped={(text) => {
                setBad(null);
                setStrength(text === '' ? null : strengthOf(text));
              }}
            />
            <PassphraseInput
              label={words.again}
              handle={again}
              bad={bad?.field === 'again' ? bad.sentence : undefined}
              onTyped={() => setBad(null)}
            />
            <p className="note dim">{lock.set.forgotten}</p>
          </>
        )}
      </form>
      <p className="note dim backup-lines">{words.older}</p>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
