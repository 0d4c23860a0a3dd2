import { ChevronLeft } from 'lucide-react';
import type { AppSummary, EndpointView } from '../../../shared/model/app.ts';
import type { EndpointKind, ProviderView, ValueSource } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { addressFault, agreedOrigin, fieldOfEndpoint, profileUrl } from './checks.ts';
import { Choices } from './choices.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { OtherWays } from './other-ways.tsx';
import type { DraftActs } from './use-draft.ts';
import { otherWays } from './way.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface AddressesPageProps {
  draft: DraftActs;
  provider: ProviderView;
  app: AppSummary | undefined;
}

/**
 * The side road: every address, where its value came from and the way back to the profile's; the corners that the
 * provider's documents leave open; and the ways that are off unless a person turns one on.
 */
export function AddressesPage({ draft, provider, app }: AddressesPageProps) {
  const { connect } = useText();
  const { state } = draft;
  const { view } = state;
  // An app's addresses are sealed with it; practice speaks to its own server and to nothing else.
  const fixed = app !== undefined || view.realm === 'practice' || view.purpose.kind === 'sign_in_again';
  const again = view.purpose.kind === 'sign_in_again';
  const others = again ? [] : otherWays(provider);
  const words = connect.addresses;
  return (
    <Page
      marked={state.marked}
      notice={<FailureNotice draft={draft} />}
      onSubmit={() => void draft.next(state.step)}
      foot={
        <>
          <Button icon={<ChevronLeft className="icon" aria-hidden />} onPress={() => void draft.next(state.step)}>
            {connect.foot.back}
          </Button>
          <span className="grow" />
          {(!fixed || others.length > 0) && (
            <Button look="main" type="submit" busy={state.busy !== null}>
              {connect.foot.useAddresses}
            </Button>
          )}
        </>
      }
    >
      <PageTitle
        title={connect.advanced.heading}
        lead={view.realm === 'practice' ? words.leadPractice : fixed ? words.leadFixed : words.lead(provider.name)}
      />
      <div className="addresses">
        {fixed
          ? fixedOf(view.endpoints, app).map((endpoint) => (
              <FixedAddress key={endpoint.kind} endpoint={endpoint} practice={view.realm === 'practice'} />
            ))
          : view.endpoints.map(({ kind, found }) => (
              <AddressField
                key={kind}
                kind={kind}
                provider={provider}
                regionId={state.form.regionId}
                baseUrl={state.form.baseUrl}
                found={found}
                agreed={agreedOrigin(state.form)}
                typed={state.form.endpoints[kind] ?? ''}
                onChange={(url) =>
                  draft.typed({ endpoints: { ...state.form.endpoints, [kind]: url } }, fieldOfEndpoint(kind))
                }
                bad={draft.badOf(fieldOfEndpoint(kind))}
              />
            ))}
      </div>
      {view.realm === 'vault' && provider.choices.length > 0 && (
        <Choices
          choices={provider.choices}
          chosen={app?.choices ?? state.form.choices}
          onChoose={fixed ? null : (choices) => draft.typed({ choices })}
        />
      )}
      {others.length > 0 && (
        <OtherWays
          ways={others}
          chosen={state.form.grant}
          onChoose={(grant) => draft.typed({ grant: grant ?? provider.ways[0]?.grant ?? state.form.grant })}
        />
      )}
    </Page>
  );
}

function fixedOf(
  endpoints: readonly { kind: EndpointKind; url: string }[],
  app: AppSummary | undefined,
): EndpointView[] {
  if (app !== undefined) return app.endpoints;
  return endpoints.map(({ kind, url }) => ({ kind, url: url === '' ? null : url, source: 'practice' }));
}

export function FixedAddress({ endpoint, practice = false }: { endpoint: EndpointView; practice?: boolean }) {
  const { connect } = useText();
  const words = connect.addresses;
  return (
    <div className="address">
      <TextField
        label={words.names[endpoint.kind]}
        hint={words.whats[endpoint.kind]}
        value={endpoint.url ?? ''}
        onChange={() => undefined}
        placeholder={words.nobodyShort}
        mono
        readOnly
      />
      {endpoint.url !== null && (
        <p className="address-note note dim">
          <Tag>{words.sources[practice ? 'practice' : endpoint.source]}</Tag>
        </p>
      )}
    </div>
  );
}

interface AddressFieldProps {
  kind: EndpointKind;
  provider: ProviderView;
  regionId: string;
  baseUrl: string | null;
  /** What the provider's own metadata says, in place of the profile's. */
  found?: string | null;
  /** The origin that may be asked without encryption. */
  agreed: string | null;
  typed: string;
  onChange: (url: string) => void;
  bad?: string | undefined;
}

export function AddressField({ kind, provider, regionId, baseUrl, found = null, agreed, ...props }: AddressFieldProps) {
  const { typed, onChange, bad } = props;
  const { connect } = useText();
  const words = connect.addresses;
  const profile = provider.endpoints.find((endpoint) => endpoint.kind === kind);
  const given = found ?? profileUrl(provider, kind, regionId, baseUrl) ?? '';
  const edited = typed.trim() !== given && typed.trim() !== '';
  const usual: ValueSource = found === null ? (profile?.source ?? 'assumed') : 'found';
  const source = edited ? 'entered_by_you' : usual;
  const fault = addressFault(typed, agreed);
  const nothing = provider.ownServer === null ? words.nobodyShort : words.fromServer;
  const faults = {
    not_an_address: words.notAnAddress,
    not_secure: words.notSecure,
    user_info: words.userInfo,
    fragment: words.fragment,
  };
  return (
    <div className="address" data-field={fieldOfEndpoint(kind)}>
      <TextField
        label={words.names[kind]}
        hint={words.whats[kind]}
        value={typed}
        onChange={onChange}
        mono
        bad={fault === null ? bad : faults[fault]}
        placeholder={given === '' ? nothing : given}
      />
      <div className="address-note">
        {given === '' && !edited ? (
          <span className="note dim">{profile?.note ?? words.nobody}</span>
        ) : (
          typed.trim() !== '' && <Tag>{words.sources[source]}</Tag>
        )}
        {given !== '' && found === null && !edited && profile?.note != null && (
          <span className="note dim">{profile.note}</span>
        )}
        {edited && given !== '' && (
          <span className="note dim selectable">{found === null ? words.was(given) : words.wasFound(given)}</span>
        )}
        {typed !== given && given !== '' && (
          <Button
            look="plain"
            size="small"
            aria-label={words.resetOf(words.names[kind])}
            onPress={() => onChange(given)}
          >
            {found === null ? words.reset : words.resetFound}
          </Button>
        )}
      </div>
    </div>
  );
}
