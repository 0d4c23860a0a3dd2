import { useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';

/** As many as a colleague can look through in the dialog that takes them over. */
const mostApps = 20;

interface ShareDialogProps {
  apps: readonly AppSummary[];
  /** Ticked at first. */
  appId: string | null;
  onClose: () => void;
}

/** Which apps go into the file. Where it is saved is main's question. */
export function ShareDialog({ apps, appId, onClose }: ShareDialogProps) {
  const { apps: text } = useText();
  const words = text.setUp;
  const client = useClient();
  const shell = useShell();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(apps.filter(({ id }) => id === appId).map(({ id }) => id)),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const why = chosen.size === 0 ? words.none : chosen.size > mostApps ? words.tooMany(mostApps) : null;

  async function share(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await client.setUp.share({ appIds: apps.map(({ id }) => id).filter((id) => chosen.has(id)) });
    setBusy(false);
    if (!answer.ok) setProblem(answer.problem);
    else if (answer.value.saved) {
      shell.tellDone(words.shared);
      onClose();
    }
  }

  return (
    <Dialog
      busy={busy}
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{text.remove.cancel}</Button>
          <Button look="main" busy={busy} unavailable={why} onPress={() => void share()}>
            {words.act}
          </Button>
        </>
      }
    >
      <div className="dialog-fields" role="group" aria-label={words.which}>
        {apps.map((app) => (
          <CheckBox
            key={app.id}
            chosen={chosen.has(app.id)}
            onChange={(on) =>
              setChosen(on ? new Set([...chosen, app.id]) : new Set([...chosen].filter((id) => id !== app.id)))
            }
          >
            <span className="label">{app.name}</span>
          </CheckBox>
        ))}
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
