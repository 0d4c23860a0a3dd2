import { Globe } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { tileOf } from '../../ui/looks.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { Receipt } from './receipt.tsx';
import './revoke.css';
import { StillWorks } from './still-works.tsx';
import { useReach } from './use-reach.ts';

export interface RevokeDialogProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  onClose: () => void;
  /** The softer way. */
  onRemoveInstead: () => void;
}

type Done = { receipt: Output<'connections.revoke'> } | { problem: Problem } | null;

/** Takes the access away at the provider. First what it reaches, then the act, then the receipt. */
export function RevokeDialog({ connection, provider, onClose, onRemoveInstead }: RevokeDialogProps) {
  const { revoke: text } = useText().connections;
  const client = useClient();
  const reach = useReach(connection.id);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done>(null);
  const name = provider?.name ?? connection.providerId;

  async function revoke(): Promise<void> {
    setBusy(true);
    setDone(null);
    const answer = await client.connections.revoke({ connectionId: connection.id });
    setBusy(false);
    setDone(answer.ok ? { receipt: answer.value } : { problem: answer.problem });
  }

  if (done !== null && 'receipt' in done) {
    return <Receipt connection={connection} provider={provider} receipt={done.receipt} onClose={onClose} />;
  }

  const known = reach.phase === 'known' ? reach.reach : null;
  const ends = known?.reach ?? provider?.revocation.reach;
  const every = ends === 'every_sign_in_of_the_person';
  const tokenOnly = ends === 'this_access_token';
  return (
    <Dialog
      grave
      busy={busy}
      onClose={onClose}
      tile={<Tile {...tileOf(provider, connection)} size="large" />}
      title={text.title(connection.label, name)}
      lead={
        every ? (
          <p>
            {text.everyBefore}
            <b>{text.every(name, connection.account)}</b>
            {text.everyAfter(name)}
          </p>
        ) : (
          <p>
            {text.thisBefore}
            <b>{tokenOnly ? text.accessToken : text.this}</b>
            {tokenOnly ? text.accessTokenAfter(name) : text.thisAfter(name)}
          </p>
        )
      }
      foot={
        <>
          <TextLink onPress={onRemoveInstead}>{text.onlyRemove}</TextLink>
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {text.cancel}
          </Button>
          <Button
            look="end"
            busy={busy}
            unavailable={reach.phase === 'asking' ? text.asking : null}
            onPress={() => {
              void revoke();
            }}
          >
            {text.act(name)}
          </Button>
        </>
      }
    >
      <div className="well stops">
        <h3 className="label">{text.stops}</h3>
        <ul>
          <Stopping connection={connection} provider={provider} why={text.thisConnection} />
          {known?.alsoEnds.map((id) => (
            <AlsoStopping key={id} connectionId={id} provider={provider} why={text.samePerson} />
          ))}
          {every && (
            <li className="stops-line">
              <span className="stops-icon">
                <Globe className="icon" aria-hidden />
              </span>
              <span>{text.otherApps}</span>
              <span className="dim">{text.notVisible}</span>
            </li>
          )}
        </ul>
      </div>
      {known?.worksUntilMs != null && (
        <StillWorks words={text.stillWorks} untilMs={known.worksUntilMs} issuedAtMs={connection.issuedAtMs} />
      )}
      {known !== null && known.worksUntilMs === null && !tokenOnly && (
        <p className="note dialog-note">{text.stillWorksUnknown(name)}</p>
      )}
      {reach.phase === 'failed' && (
        <div className="dialog-note">
          <ProblemNote problem={reach.problem} />
        </div>
      )}
      {done !== null && (
        <div className="dialog-note">
          <ProblemNote problem={done.problem} />
        </div>
      )}
    </Dialog>
  );
}

interface StoppingProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  why: string;
}

function Stopping({ connection, provider, why }: StoppingProps) {
  return (
    <li className="stops-line">
      <Tile {...tileOf(provider, connection)} size="small" />
      <span className="label clip">{connection.label}</span>
      <span className="dim">{why}</span>
    </li>
  );
}

function AlsoStopping({ connectionId, ...rest }: Omit<StoppingProps, 'connection'> & { connectionId: string }) {
  const connection = useKnown((known) => known.connections).find((one) => one.id === connectionId);
  return connection === undefined ? null : <Stopping connection={connection} {...rest} />;
}
