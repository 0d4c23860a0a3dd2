import { useId, useRef, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import './lock.css';
import { PassphraseInput, type PassphraseHandle } from './passphrase-input.tsx';
import { strengthOf, type Strength } from './strength.ts';

type Field = 'current' | 'passphrase' | 'again';

/** Sets the first passphrase or changes it; says what it costs to forget it before it is set. */
export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { lock } = useText();
  const words = lock.set;
  const client = useClient();
  const shell = useShell();
  const vault = useKnown((known) => known.vault);
  const form = useId();
  const current = useRef<PassphraseHandle>(null);
  const passphrase = useRef<PassphraseHandle>(null);
  const again = useRef<PassphraseHandle>(null);
  const [strength, setStrength] = useState<Strength | null>(null);
  const [bad, setBad] = useState<{ field: Field; sentence: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  // As it was when the dialog opened: setting it changes the answer, and the words must not change under one's eyes.
  const [changes] = useState(vault.kind === 'open' && vault.passphrase === true);
  const [makes] = useState(vault.kind === 'absent' || vault.kind === 'problem');

  function fault(): { field: Field; sentence: string } | null {
    const typed = passphrase.current?.read() ?? '';
    if (changes && (current.current?.read() ?? '') === '') return { field: 'current', sentence: words.emptyCurrent };
    if (strengthOf(typed) === 'too_short') return { field: 'passphrase', sentence: words.strength.too_short };
    if (again.current?.read() !== typed) return { field: 'again', sentence: words.differ };
    return null;
  }

  async function set(): Promise<void> {
    if (busy) return;
    const wrong = fault();
    setBad(wrong);
    setProblem(null);
    if (wrong !== null) return;
    setBusy(true);
    const answer = await client.passphrase.set({
      passphrase: passphrase.current?.read() ?? '',
      ...(changes ? { current: current.current?.read() ?? '' } : {}),
    });
    setBusy(false);
    if (answer.ok) {
      shell.tellDone(changes ? words.doneChange : words.done);
      onClose();
    } else if (answer.problem.code === 'wrong_passphrase') {
      current.current?.clear();
      setBad({ field: 'current', sentence: lock.wrong });
    } else setProblem(answer.problem);
  }

  const badOf = (field: Field): string | undefined => (bad?.field === field ? bad.sentence : undefined);
  const typed = (field: Field): void => {
    if (bad?.field === field) setBad(null);
  };

  return (
    <Dialog
      busy={busy}
      title={changes ? words.titleChange : words.title}
      lead={changes ? words.leadChange : makes ? words.leadNew : words.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{words.cancel}</Button>
          <Button look="main" type="submit" form={form} busy={busy}>
            {changes ? words.actChange : words.act}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="dialog-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        {changes && (
          <PassphraseInput
            label={words.current}
            handle={current}
            autoFocus
            bad={badOf('current')}
            onTyped={() => typed('current')}
          />
        )}
        <PassphraseInput
          label={words.passphrase}
          handle={passphrase}
          autoFocus={!changes}
          bad={badOf('passphrase')}
          help={strength === null ? words.hint : words.strength[strength]}
          onTyped={(text) => {
            typed('passphrase');
            setStrength(text === '' ? null : strengthOf(text));
          }}
        />
        <PassphraseInput label={words.again} handle={again} bad={badOf('again')} onTyped={() => typed('again')} />
        <div className="well note passphrase-notes">
          <p className="label">{words.forgotten}</p>
          {!changes && !makes && <p>{words.copies}</p>}
          <p className="dim">{words.limits}</p>
        </div>
      </form>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
