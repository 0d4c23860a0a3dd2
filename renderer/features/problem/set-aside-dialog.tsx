import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';

/** A rename, never a deletion: the dialog says so, and where it goes. */
export function SetAsideDialog({ dataFolder, onClose }: { dataFolder: string; onClose: () => void }) {
  const { welcome } = useText();
  const words = welcome.problem;
  const client = useClient();
  const shell = useShell();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function setAside(): Promise<void> {
    setBusy(true);
    const answer = await client.program.setVaultAside({});
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    shell.say(words.movedTo(answer.value.movedTo));
    onClose();
  }

  return (
    <Dialog
      grave
      busy={busy}
      title={words.setAsideTitle}
      lead={words.setAsideWhat}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {words.cancel}
          </Button>
          <Button look="main" busy={busy} onPress={() => void setAside()}>
            {words.setAsideAct}
          </Button>
        </>
      }
    >
      <div className="well set-aside">
        <p>
          <span className="dim">{words.setAsideWhere}</span>{' '}
          <span className="selectable">{words.setAsideFolder(dataFolder)}</span>
        </p>
        <p>{words.setAsideStops}</p>
        <p className="note dim">{words.setAsideBack}</p>
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
