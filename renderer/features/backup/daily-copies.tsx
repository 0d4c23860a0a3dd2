import { useEffect, useState } from 'react';
import type { DailyCopy } from '../../../shared/model/backup.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { useDated } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import './backup.css';

/** The sealed copies that could take the place of a vault that does not open. Each was opened just now. */
export function DailyCopies() {
  const { backup } = useText();
  const words = backup.copies;
  const client = useClient();
  const dated = useDated();
  const [copies, setCopies] = useState<readonly DailyCopy[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<DailyCopy | null>(null);

  // One that turned out to be damaged meanwhile is no longer offered: they are asked for again after each try.
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    void client.backup.copies({}).then((answer) => {
      if (!wanted) return;
      setProblem(answer.ok ? null : answer.problem);
      setCopies(answer.ok ? answer.value.copies : []);
    });
    return () => {
      wanted = false;
    };
  }, [client, tries]);

  return (
    <section className="daily-copies" aria-label={words.title}>
      <h2 className="label">{words.title}</h2>
      {copies === null && <p className="note dim">{words.looking}</p>}
      {copies?.length === 0 && problem === null && <p className="note dim">{words.none}</p>}
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
          onClose={() => {
            setAsking(null);
            setTries(tries + 1);
          }}
        />
      )}
    </section>
  );
}

function RestoreCopyDialog({ copy, onClose }: { copy: DailyCopy; onClose: () => void }) {
  const { backup } = useText();
  const words = backup.copies;
  const client = useClient();
  const shell = useShell();
  const dated = useDated();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function restore(): Promise<void> {
    setBusy(true);
    const answer = await client.backup.restoreCopy({ copyId: copy.id });
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
