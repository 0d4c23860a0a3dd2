import { useCallback, useRef, useState } from 'react';
import { RadioGroup } from 'react-aria-components';
import type { FieldName } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { EndpointKind, ProviderView } from '../../../shared/model/provider.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { AddressField } from '../connect/addresses-page.tsx';
import { addressFault, agreedOrigin, fieldOfEndpoint, missingServer, profileUrl } from '../connect/checks.ts';
import '../connect/connect.css';
import { KeysForm, type KeyValues } from '../connect/keys-form.tsx';
import type { SecretHandle } from '../connect/secret-input.tsx';
import { Page, PageTitle } from '../connect/wizard-frame.tsx';
import { Pick } from '../connect/pick.tsx';

/** An app by itself, without a connection yet: the wizard's keys page with the system chosen on top. */
export function AddApp({ onClose }: { onClose: (appId: string | null) => void }) {
  const { apps, connect } = useText();
  const words = apps.addApp;
  const client = useClient();
  const providers = useKnown((known) => known.providers);
  const secret = useRef<SecretHandle>(null);
  const [provider, setProvider] = useState<ProviderView | null>(null);
  const [values, setValues] = useState<KeyValues>(emptyValues);
  const [addresses, setAddresses] = useState<Partial<Record<EndpointKind, string>>>({});
  const [marked, setMarked] = useState<FieldName[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  function choose(next: ProviderView): void {
    secret.current?.clear();
    setProvider(next);
    setValues({
      ...emptyValues,
      appName: next.name,
      regionId: next.regions[0]?.id ?? '',
      baseUrl: next.ownServer === null ? null : '',
      scopes: next.scopes?.testScope == null ? [] : [next.scopes.testScope],
    });
    setAddresses({});
    setMarked([]);
    setProblem(null);
  }

  const given = (kind: EndpointKind): string =>
    provider === null ? '' : (profileUrl(provider, kind, values.regionId, values.baseUrl) ?? '');
  const typedAt = (kind: EndpointKind): string => addresses[kind] ?? given(kind);

  async function add(): Promise<void> {
    if (provider === null || busy) return;
    const clientSecret = secret.current?.read() ?? '';
    const kinds = provider.endpoints.map((endpoint) => endpoint.kind);
    const wrong: FieldName[] = [
      ...missingServer(values),
      ...(values.clientId.trim() === '' ? (['clientId'] as const) : []),
      ...(clientSecret === '' ? (['clientSecret'] as const) : []),
      ...kinds.filter((kind) => addressFault(typedAt(kind), agreedOrigin(values)) !== null).map(fieldOfEndpoint),
    ];
    setProblem(null);
    setMarked(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    const answer = await client.apps.add({
      realm: 'vault',
      providerId: provider.id,
      name: values.appName,
      clientId: values.clientId,
      clientSecret,
      regionId: values.regionId,
      ...(values.baseUrl === null ? {} : { baseUrl: values.baseUrl, unencryptedAgreed: values.unencryptedAgreed }),
      scopes: values.scopes,
      endpoints: kinds.flatMap((kind) => {
        const url = typedAt(kind).trim();
        return url === '' || url === given(kind) ? [] : [{ kind, url }];
      }),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.problem);
      setMarked(answer.problem.facts.field === undefined ? [] : [answer.problem.facts.field]);
      return;
    }
    secret.current?.clear();
    onClose(answer.value.appId);
  }

  /** Main copies scopes out of a draft; here one is opened for just that. */
  async function copyScopes(): Promise<Problem | null> {
    if (provider === null) return null;
    const opened = await client.drafts.open({ kind: 'connect', realm: 'vault' });
    if (!opened.ok) return opened.problem;
    const draftId = opened.value.id;
    const kept = await client.drafts.keep({ draftId, providerId: provider.id, scopes: values.scopes });
    const copied = kept.ok ? await client.drafts.copyScopes({ draftId }) : kept;
    await client.drafts.discard({ draftId });
    return copied.ok ? null : copied.problem;
  }

  const badOf = (field: FieldName): string | undefined =>
    !marked.includes(field) ? undefined : problem === null ? connect.keys.empty(field) : connect.failure.here;

  const unmark = useCallback(
    (field: FieldName) => setMarked((now) => (now.includes(field) ? now.filter((one) => one !== field) : now)),
    [],
  );
  const change = useCallback(
    (patch: Partial<KeyValues>, field: FieldName) => {
      setValues((now) => ({ ...now, ...patch }));
      unmark(field);
    },
    [unmark],
  );

  const head = (
    <>
      <PageTitle title={words.title} lead={apps.lead} />
      <RadioGroup
        className="app-systems"
        aria-label={words.whichSystem}
        value={provider?.id ?? null}
        onChange={(id) => {
          const next = providers.find((one) => one.id === id);
          if (next !== undefined) choose(next);
        }}
      >
        {providers.map((one) => (
          <Pick key={one.id} value={one.id} slim>
            <Tile letters={one.tile} hue={one.hue} size="small" />
            <span className="label">{one.name}</span>
          </Pick>
        ))}
      </RadioGroup>
    </>
  );

  return (
    <div className="add-app">
      <Page
        marked={marked}
        notice={problem === null ? null : <ProblemNote problem={problem} />}
        onSubmit={() => void add()}
        foot={
          <>
            <Button onPress={() => onClose(null)}>{connect.foot.cancel}</Button>
            <span className="grow" />
            {marked.length > 0 && problem === null && (
              <span className="note dim foot-note">{connect.foot.missing(marked)}</span>
            )}
            <Button
              look="main"
              type="submit"
              busy={busy}
              unavailable={provider === null ? connect.foot.chooseFirst : null}
            >
              {provider === null ? words.act : words.actOf(provider.name)}
            </Button>
          </>
        }
      >
        {provider === null ? (
          head
        ) : (
          <>
            <KeysForm
              key={provider.id}
              provider={provider}
              // An app by itself is made for the usual way; its redirect address comes with the first sign-in.
              grant={provider.ways[0]?.grant ?? 'password'}
              values={values}
              secretEntered={false}
              secret={secret}
              badOf={badOf}
              onChange={change}
              onSecretTyped={() => unmark('clientSecret')}
              onCopyScopes={copyScopes}
              practice={false}
              registration={null}
              issuer={null}
              redirect={null}
              token={null}
            >
              {head}
            </KeysForm>
            <div className="app-addresses">
              <Disclosure title={connect.foot.advanced}>
                <div className="addresses">
                  {provider.endpoints.map(({ kind }) => (
                    <AddressField
                      key={kind}
                      kind={kind}
                      provider={provider}
                      regionId={values.regionId}
                      baseUrl={values.baseUrl}
                      agreed={agreedOrigin(values)}
                      typed={typedAt(kind)}
                      onChange={(url) => {
                        setAddresses({ ...addresses, [kind]: url });
                        unmark(fieldOfEndpoint(kind));
                      }}
                      bad={badOf(fieldOfEndpoint(kind))}
                    />
                  ))}
                </div>
              </Disclosure>
            </div>
          </>
        )}
      </Page>
    </div>
  );
}

const emptyValues: KeyValues = {
  appName: '',
  clientId: '',
  regionId: '',
  baseUrl: null,
  unencryptedAgreed: false,
  scopes: [],
};
