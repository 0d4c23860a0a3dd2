import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { HappeningsDialog } from './happenings-dialog.tsx';
import './practice.css';

/** On every screen while practice is open, so that nobody takes it for the real thing. */
export function PracticeBand() {
  const { welcome, practice: room } = useText();
  const words = welcome.practice;
  const client = useClient();
  const practice = useKnown((known) => known.practice);
  const connections = useKnown((known) => known.connections);
  const [asking, setAsking] = useState(false);
  const [drilling, setDrilling] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!practice.open) return null;
  const inIt = connections.filter((connection) => connection.realm === 'practice').length;

  async function close(): Promise<void> {
    setBusy(true);
    const answer = await client.practice.close({});
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setAsking(false);
  }

  return (
    <section className="practice-band st-practice" aria-label={words.band}>
      <StateMark kind="practice" />
      <span className="label">{words.band}</span>
      <span className="note clip practice-hosts selectable">{words.hosts(practice.hosts)}</span>
      <span className="grow" />
      <Button look="plain" size="small" onPress={() => setDrilling(true)}>
        {room.panel.open}
      </Button>
      {drilling && <HappeningsDialog onClose={() => setDrilling(false)} />}
      <Button look="plain" size="small" onPress={() => setAsking(true)}>
        {words.close}
      </Button>
      {asking && (
        <Dialog
          grave
          busy={busy}
          title={words.closeTitle}
          lead={words.closeWhat(inIt)}
          onClose={() => setAsking(false)}
          foot={
            <>
              <DialogSpace />
              <Button autoFocus onPress={() => setAsking(false)}>
                {words.keep}
              </Button>
              <Button look="main" busy={busy} onPress={() => void close()}>
                {words.closeAct}
              </Button>
            </>
          }
        >
          <p className="note dim practice-again">{words.closeAgain}</p>
          {problem !== null && <ProblemNote problem={problem} />}
        </Dialog>
      )}
    </section>
  );
}
