import { useRef, useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { FieldName } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { type SecretHandle, SecretInput } from '../connect/secret-input.tsx';
import { NamedConnections } from './named-connections.tsx';

interface ReplaceDialogProps {
  app: AppSummary;
  connections: readonly ConnectionSummary[];
  onClose: () => void;
}

/** One secret serves all connections of an app; the dialog names them. */
export function ReplaceDialog({ app, connections, onClose }: ReplaceDialogProps) {
  const { apps, connect } = useText();
  const words = apps.replace;
  const client = useClient();
  const shell = useShell();
  const secret = useRef<SecretHandle>(null);
  const [clientId, setClientId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [marked, setMarked] = useState<FieldName | null>(null);

  async function replace(): Promise<void> {
    const typed = secret.current?.read() ?? '';
    const empty = typed === '' ? 'clientSecret' : clientId?.trim() === '' ? 'clientId' : null;
    if (empty !== null) {
      setProblem(null);
      setMarked(empty);
      return;
    }
    setBusy(true);
    const answer = await client.apps.replaceSecret({
      appId: app.id,
      clientSecret: typed,
      ...(clientId === null ? {} : { clientId }),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      setMarked(answer.problem.facts.field ?? null);
      return;
    }
    secret.current?.clear();
    shell.tellDone(words.done);
    onClose();
  }

  const badOf = (field: FieldName): string | undefined =>
    marked !== field ? undefined : problem === null ? connect.keys.empty(field) : connect.failure.here;

  return (
    <Dialog
      busy={busy}
      title={words.title(app.name)}
      lead={words.serves(connections.length)}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{apps.remove.cancel}</Button>
          <Button look="main" type="submit" form="replace-secret" busy={busy}>
            {words.act}
          </Button>
        </>
      }
    >
      <NamedConnections connections={connections} />
      <form
        id="replace-secret"
        className="dialog-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void replace();
        }}
      >
        <SecretInput
          label={words.secret}
          entered={false}
          handle={secret}
          onTyped={() => setMarked(null)}
          help={connect.keys.secretRest}
          bad={badOf('clientSecret')}
          checksEnds
          autoFocus
        />
        <CheckBox chosen={clientId !== null} onChange={(on) => setClientId(on ? app.clientId : null)}>
          {words.withId}
        </CheckBox>
        {clientId !== null && (
          <TextField
            label={words.clientId}
            mono
            value={clientId}
            onChange={(value) => {
              setClientId(value);
              setMarked(null);
            }}
            bad={badOf('clientId')}
          />
        )}
        <p className="note dim">{words.note}</p>
      </form>
      {problem !== null && <ProblemNote problem={problem} />}
    </Dialog>
  );
}
