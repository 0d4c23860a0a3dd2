import type { Output } from '../../../shared/ipc/contract.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { tileOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { StillWorks } from './still-works.tsx';

interface ReceiptProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  receipt: Output<'connections.revoke'>;
  onClose: () => void;
}

/** What the provider answered, what was deleted here, and what still has to end by itself. */
export function Receipt({ connection, provider, receipt, onClose }: ReceiptProps) {
  const { revoke: text } = useText().connections;
  const moments = useMoments();
  const connections = useKnown((known) => known.connections);
  const also = connections.filter((one) => receipt.alsoEnded.includes(one.id));
  const name = provider?.name ?? connection.providerId;
  const at = moments.seconds(receipt.atMs, receipt.atMs);
  return (
    <Dialog
      onClose={onClose}
      tile={<Tile {...tileOf(provider, connection)} size="large" />}
      title={text.done(connection.label)}
      foot={
        <>
          <DialogSpace />
          <Button autoFocus onPress={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <ul className="well receipt">
        <Line mark="working" words={text.receiptAnswered(name, receipt.status)} at={at} />
        <Line mark="working" words={text.receiptDeleted} at={at} />
        {also.map((one) => (
          <Line key={one.id} mark="signin" words={text.receiptAlso(one.label)} at="" />
        ))}
      </ul>
      {receipt.worksUntilMs === null ? (
        <p className="note dialog-note">
          {provider?.revocation.reach === 'this_access_token' ? text.receiptAccessToken(name) : text.receiptNothingLeft}
        </p>
      ) : (
        <StillWorks words={text.stillWorks} untilMs={receipt.worksUntilMs} issuedAtMs={connection.issuedAtMs} />
      )}
    </Dialog>
  );
}

function Line({ mark, words, at }: { mark: 'working' | 'signin'; words: string; at: string }) {
  return (
    <li className={`stops-line st-${mark}`}>
      <span className="stops-icon">
        <StateMark kind={mark} />
      </span>
      <span className="grow">{words}</span>
      <span className="num note dim">{at}</span>
    </li>
  );
}
