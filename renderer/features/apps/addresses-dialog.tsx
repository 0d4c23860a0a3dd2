import { useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { FieldName } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import {
  endpointKinds,
  type EndpointKind,
  type ProviderChoice,
  type ProviderView,
} from '../../../shared/model/provider.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useText } from '../../ui/text.ts';
import { addressFault, fieldOfEndpoint } from '../connect/checks.ts';
import { AppAddressField, storedUrl } from './address-field.tsx';

interface AddressesProps {
  app: AppSummary;
  provider: ProviderView;
}

/** The last row of the addresses: its button and the dialog behind it. */
export function ChangeAddresses(props: AddressesProps) {
  const { apps } = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="set app-connect">
      <Button size="small" onPress={() => setOpen(true)}>
        {apps.change.open}
      </Button>
      {open && <AddressesDialog {...props} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Every address, editable. Whether a change may be made is asked by main, in a dialog that nothing here can press. */
export function AddressesDialog({ app, provider, onClose }: AddressesProps & { onClose: () => void }) {
  const { apps, connect } = useText();
  const words = apps.change;
  const client = useClient();
  const shell = useShell();
  const kinds = endpointKinds.filter((kind) =>
    [...provider.endpoints, ...app.endpoints].some((endpoint) => endpoint.kind === kind),
  );
  const [typed, setTyped] = useState<Partial<Record<EndpointKind, string>>>({});
  const [chosen, setChosen] = useState<Record<string, string>>(app.choices);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [marked, setMarked] = useState<FieldName | null>(null);
  /** One that the profile no longer offers stands on its usual value. */
  const choiceOf = ({ id, values }: ProviderChoice): string =>
    (values.find((value) => value.id === chosen[id]) ?? values[0])?.id ?? '';
  const typedAt = (kind: EndpointKind): string => typed[kind] ?? storedUrl(app, kind);

  async function save(): Promise<void> {
    if (busy) return;
    setProblem(null);
    const wrong = kinds.find((kind) => addressFault(typedAt(kind), app.unencryptedConsent?.origin ?? null) !== null);
    setMarked(wrong === undefined ? null : fieldOfEndpoint(wrong));
    if (wrong !== undefined) return;
    const changed = kinds.filter((kind) => typedAt(kind).trim() !== storedUrl(app, kind));
    setBusy(true);
    const answer = await client.apps.changeAddresses({
      appId: app.id,
      endpoints: changed.map((kind) => ({ kind, url: typedAt(kind).trim() })),
      ...(provider.choices.length === 0
        ? {}
        : { choices: Object.fromEntries(provider.choices.map((choice) => [choice.id, choiceOf(choice)])) }),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      setMarked(answer.problem.facts.field ?? null);
      return;
    }
    const { asked, dropped } = answer.value;
    shell.tellDone(
      dropped.length > 0 ? words.dropped(dropped.length) : asked.length > 0 ? words.kept(asked) : words.saved,
    );
    onClose();
  }

  return (
    <Dialog
      busy={busy}
      title={words.title(app.name)}
      lead={words.lead}
      onClose={onClose}
      foot={
        <>
          {busy && (
            <span className="note dim" role="status">
              {words.asking}
            </span>
          )}
          <DialogSpace />
          <Button onPress={onClose}>{apps.remove.cancel}</Button>
          <Button look="main" type="submit" form="change-addresses" busy={busy}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        id="change-addresses"
        className="dialog-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {kinds.map((kind) => (
          <AppAddressField
            key={kind}
            app={app}
            provider={provider}
            kind={kind}
            typed={typedAt(kind)}
            onChange={(url) => {
              setTyped({ ...typed, [kind]: url });
              setMarked(null);
            }}
            bad={marked === fieldOfEndpoint(kind) ? connect.failure.here : undefined}
          />
        ))}
        {provider.choices.length > 0 && <h3 className="label">{words.choices}</h3>}
        {provider.choices.map((choice) => (
          <div key={choice.id}>
            <Segments
              label={choice.name}
              labelSeen
              options={choice.values.map(({ id, name }) => ({ id, words: name }))}
              chosen={choiceOf(choice)}
              onChoose={(value) => setChosen({ ...chosen, [choice.id]: value })}
            />
            {choice.note !== null && <p className="note dim">{choice.note}</p>}
          </div>
        ))}
      </form>
      {problem !== null && (
        <ProblemNote problem={problem} state={problem.code === 'not_confirmed' ? 'duty' : 'failed'} />
      )}
    </Dialog>
  );
}
