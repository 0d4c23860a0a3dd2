import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Envelope } from '../../../shared/ipc/bridge.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { DailyCopy } from '../../../shared/model/backup.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { useDated } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { PassphraseInput, type PassphraseHandle } from '../lock/passphrase-input.tsx';
import './backup.css';

/** What the copies are opened with: nothing beside the keychain, or what stands in the field at that moment. */
type Given = { passphrase?: string };

/** The sealed copies that could take the place of a vault that does not open. Each was opened just now. */
export function DailyCopies() {
  const { backup, lock } = useText();
  const words = backup.copies;
  const client = useClient();
  const dated = useDated();
  const form = useId();
  const field = useRef<PassphraseHandle>(null);
  const [copies, setCopies] = useState<readonly DailyCopy[] | null>(null);
  const [asksPassphrase, setAsksPassphrase] = useState(false);
  const [bad, setBad] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState<'first' | 'again' | 'no'>('first');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<DailyCopy | null>(null);

  const tell = useCallback(
    (answer: Envelope<Output<'backup.copies'>>): void => {
      const wrong = !answer.ok && answer.problem.code === 'wrong_passphrase';
      setBad(wrong ? lock.wrong : undefined);
      setProblem(answer.ok || wrong ? null : answer.problem);
      if (answer.ok && answer.value.needsPassphrase) setAsksPassphrase(true);
      setCopies(answer.ok && !answer.value.needsPassphrase ? answer.value.copies : null);
      setBusy('no');
    },
    [lock],
  );
  useEffect(() => {
    let wanted = true;
    void client.backup.copies({}).then((answer) => {
      if (wanted) tell(answer);
    });
    return () => {
      wanted = false;
    };
  }, [client, tell]);

  const given = (): Given => (asksPassphrase ? { passphrase: field.current?.read() ?? '' } : {});

  async function look(): Promise<void> {
    tell(await client.backup.copies(given()));
  }

  function lookWithPassphrase(): void {
    if (busy !== 'no') return;
    if ((field.current?.read() ?? '') === '') {
      setBad(lock.empty);
      return;
    }
    setBusy('again');
    void look();
  }

  return (
    <section className="daily-copies" aria-label={words.title}>
      <h2 className="label">{words.title}</h2>
      {busy === 'first' && <p className="note dim">{words.looking}</p>}
      {asksPassphrase && (
        <form
          id={form}
          className="daily-copies-key"
          onSubmit={(event) => {
            event.preventDefault();
            lookWithPassphrase();
          }}
        >
          <PassphraseInput
            label={words.passphrase}
            handle={field}
            help={words.passphraseHelp}
            bad={bad}
            onTyped={() => setBad(undefined)}
          />
          <Button type="submit" form={form} busy={busy === 'again'}>
            {words.look}
          </Button>
        </form>
      )}
      {copies?.length === 0 && <p className="note dim">{words.none}</p>}
      {copies !== null && copies.length > 0 && (
        <ul>
          {copies.map((copy) => (
            <li key={copy.id}>
              <Button onPress={() => setAsking(copy)}>{words.restore(dated(copy.madeAtMs))}</Button>
            </li>
          ))}
        </ul>
      )}
      {problem !== null && <ProblemNote problem={problem} alert={false} />}
      {asking !== null && (
        <RestoreCopyDialog
          copy={asking}
          given={given}
          onClose={() => {
            setAsking(null);
            // One that turned out to be damaged meanwhile is no longer offered.
            void look();
          }}
        />
      )}
    </section>
  );
}

function RestoreCopyDialog({ copy, given, onClose }: { copy: DailyCopy; given: () => Given; onClose: () => void }) {
  const { backup } = useText();
  const words = backup.copies;
  const client = useClient();
  const shell = useShell();
  const dated = useDated();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function restore(): Promise<void> {
    setBusy(true);
    const answer = await client.backup.restoreCopy({ copyId: copy.id, ...given() });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    shell.tellDone(words.movedTo(answer.value.movedTo));
    onClose();
  }

  return (
    <Dialog
      grave
      busy={busy}
      title={words.askTitle(dated(copy.madeAtMs))}
      lead={words.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {words.cancel}
          </Button>
          <Button look="main" busy={busy} onPress={() => void restore()}>
            {words.act}
          </Button>
        </>
      }
    >
      <div className="well backup-lines">
        <p>{words.aside}</p>
        <p>{words.older}</p>
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
