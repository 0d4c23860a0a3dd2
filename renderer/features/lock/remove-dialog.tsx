import { useId, useRef, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { PassphraseInput, type PassphraseHandle } from './passphrase-input.tsx';

/** Back to the keychain. What cannot be done any more afterwards is said first. */
export function RemovePassphraseDialog({ keychain, onClose }: { keychain: string; onClose: () => void }) {
  const { lock } = useText();
  const words = lock.remove;
  const client = useClient();
  const shell = useShell();
  const form = useId();
  const current = useRef<PassphraseHandle>(null);
  const [bad, setBad] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function remove(): Promise<void> {
    if (busy) return;
    const typed = current.current?.read() ?? '';
    setProblem(null);
    setBad(typed === '' ? lock.set.emptyCurrent : undefined);
    if (typed === '') return;
    setBusy(true);
    current.current?.clear();
    const answer = await client.passphrase.remove({ current: typed });
    setBusy(false);
    if (answer.ok) {
      shell.tellDone(words.done);
      onClose();
    } else if (answer.problem.code === 'wrong_passphrase') setBad(lock.wrong);
    else setProblem(answer.problem);
  }

  return (
    <Dialog
      grave
      busy={busy}
      title={words.title}
      lead={words.lead(keychain)}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button look="main" type="submit" form={form} busy={busy}>
            {words.act}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="dialog-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <p className="note dim">{words.noLock}</p>
        <PassphraseInput
          label={lock.set.current}
          handle={current}
          autoFocus
          bad={bad}
          onTyped={() => setBad(undefined)}
        />
      </form>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
