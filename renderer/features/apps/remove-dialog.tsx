import { type ReactNode, useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { NamedConnections } from './named-connections.tsx';

interface RemoveDialogProps {
  app: AppSummary;
  providerName: string;
  tile: ReactNode;
  connections: readonly ConnectionSummary[];
  onClose: () => void;
}

/** Names what stops, and removes exactly what was shown: if that changed meanwhile, nothing is removed. */
export function RemoveDialog({ app, providerName, tile, connections, onClose }: RemoveDialogProps) {
  const { apps } = useText();
  const words = apps.remove;
  const client = useClient();
  const [shown, setShown] = useState(connections);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const count = shown.length;

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await client.apps.remove({ appId: app.id, connectionIds: shown.map((one) => one.id) });
    setBusy(false);
    if (answer.ok) {
      onClose();
      return;
    }
    setProblem(answer.problem);
    setShown(connections);
  }

  return (
    <Dialog
      grave
      busy={busy}
      tile={tile}
      title={words.title(app.name)}
      lead={words.effect(count, providerName)}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {words.cancel}
          </Button>
          <Button look="main" busy={busy} onPress={() => void remove()}>
            {words.act(count)}
          </Button>
        </>
      }
    >
      {count > 0 && (
        <div className="dialog-fields">
          <p className="label">{words.stops(count)}</p>
          <NamedConnections connections={shown} />
          <p className="note dim">{words.stillWorks}</p>
        </div>
      )}
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
