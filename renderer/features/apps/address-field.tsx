import type { AppSummary } from '../../../shared/model/app.ts';
import type { EndpointKind, ProviderView, ValueSource } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { addressFault, fieldOfEndpoint, profileUrl } from '../connect/checks.ts';

interface AppAddressFieldProps {
  app: AppSummary;
  provider: ProviderView;
  kind: EndpointKind;
  typed: string;
  onChange: (url: string) => void;
  bad: string | undefined;
}

/** One address of an app that is there: as it stands, where that is from, and the ways back (R8). */
export function AppAddressField({ app, provider, kind, typed, onChange, bad }: AppAddressFieldProps) {
  const { apps, connect } = useText();
  const words = connect.addresses;
  const agreed = app.unencryptedConsent?.origin ?? null;
  const stored = storedUrl(app, kind);
  const published = profileUrl(provider, kind, app.regionId, null) ?? '';
  const profile = provider.endpoints.find((endpoint) => endpoint.kind === kind);
  const value = typed.trim();
  const fault = addressFault(typed, agreed);
  const host = fault === null && value !== stored ? newHost(app, kind, value) : null;
  const source: ValueSource =
    value === stored
      ? (app.endpoints.find((endpoint) => endpoint.kind === kind)?.source ?? 'assumed')
      : value === published
        ? (profile?.source ?? 'assumed')
        : 'entered_by_you';
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
        placeholder={apps.change.askVendor}
      />
      <div className="address-note">
        {value === '' ? (
          <span className="note dim">{profile?.note ?? words.nobody}</span>
        ) : (
          <Tag>{words.sources[source]}</Tag>
        )}
        {host !== null && <span className="note selectable">{apps.change.newHost(host)}</span>}
        {value !== stored && (
          <Button
            look="plain"
            size="small"
            aria-label={apps.change.asWasOf(words.names[kind])}
            onPress={() => onChange(stored)}
          >
            {apps.change.asWas}
          </Button>
        )}
        {published !== '' && published !== stored && value !== published && (
          <Button
            look="plain"
            size="small"
            aria-label={words.resetOf(words.names[kind])}
            onPress={() => onChange(published)}
          >
            {words.reset}
          </Button>
        )}
      </div>
    </div>
  );
}

export function storedUrl(app: AppSummary, kind: EndpointKind): string {
  return app.endpoints.find((endpoint) => endpoint.kind === kind)?.url ?? '';
}

/** A hint while typing; main decides what it asks about. */
function newHost(app: AppSummary, kind: EndpointKind, value: string): string | null {
  if (value === '') return null;
  const { origin, host } = new URL(value);
  const known = app.endpoints.some(({ url }) => url !== null && new URL(url).origin === origin);
  return known && storedUrl(app, kind) !== '' ? null : host;
}
