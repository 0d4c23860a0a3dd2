import { useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { tileOf } from '../../ui/looks.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { isByHand, isRevocable } from '../connections/by-hand.ts';
import './revoke.css';
import { StillWorks } from './still-works.tsx';

export interface RemoveDialogProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  onClose: () => void;
  /** The thorough way, where the provider has one. */
  onRevokeInstead: () => void;
}

/** Deletes it here. The provider is not told, and the dialog says so. */
export function RemoveDialog({ connection, provider, onClose, onRevokeInstead }: RemoveDialogProps) {
  const { remove: text } = useText().connections;
  const client = useClient();
  const shell = useShell();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const app = useKnown((known) => known.apps).find((one) => one.id === connection.appId);
  const name = provider?.name ?? connection.providerId;
  const revoked = connection.condition === 'revoked';
  const practice = connection.realm === 'practice';
  const revocable = isRevocable(connection, provider);
  const byHand = isByHand(connection);
  const instead = byHand ? provider?.revocation.insteadForPersonalToken : provider?.revocation.instead;
  const worksUntilMs = revoked ? (connection.revocation?.worksUntilMs ?? null) : connection.expiresAtMs;

  async function remove(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await client.connections.remove({ connectionId: connection.id });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    shell.say(text.removed(connection.label));
    onClose();
  }

  return (
    <Dialog
      grave
      busy={busy}
      onClose={onClose}
      tile={<Tile {...tileOf(provider, connection)} size="large" />}
      title={text.title(connection.label)}
      lead={
        <p>
          {practice
            ? text.leadPractice
            : revoked
              ? text.leadRevoked
              : byHand
                ? text.leadPersonal(name)
                : text.lead(name)}
        </p>
      }
      foot={
        <>
          {revocable && <TextLink onPress={onRevokeInstead}>{text.revokeInstead(name)}</TextLink>}
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {text.cancel}
          </Button>
          <Button
            look="main"
            busy={busy}
            onPress={() => {
              void remove();
            }}
          >
            {text.act}
          </Button>
        </>
      }
    >
      <div className="well stops">
        <h3 className="label">{text.deleted}</h3>
        <ul className="plain-list">
          {text.deletedWhat.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
        {app !== undefined && <p className="note dim">{text.keptApp(app.name)}</p>}
      </div>
      {instead != null && !revoked && (
        <div className="dialog-note">
          <p className="label">{text.endAtProvider(name)}</p>
          <p className="note">{instead}</p>
        </div>
      )}
      {worksUntilMs !== null && (
        <StillWorks words={text.stillWorks} untilMs={worksUntilMs} issuedAtMs={connection.issuedAtMs} />
      )}
      {worksUntilMs === null && !revoked && <p className="note dialog-note">{text.stillWorksUnknown}</p>}
      {problem !== null && (
        <div className="dialog-note">
          <ProblemNote problem={problem} />
        </div>
      )}
    </Dialog>
  );
}
