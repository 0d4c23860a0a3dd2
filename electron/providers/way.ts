import type { EndpointKind } from '../../shared/model/provider.ts';
import type { GrantWay, ProviderWay } from '../oauth/way.ts';
import type { Profile } from './schema.ts';

/** The profile's ways at the addresses of one app: what the app has wins, so a new profile never moves an old app. */
export function wayOf(
  profile: Profile,
  app: {
    endpoints: readonly { kind: EndpointKind; url: string | null }[];
    unencryptedConsent?: { origin: string } | undefined;
  },
): ProviderWay {
  const address = (kind: EndpointKind): string | null =>
    app.endpoints.find((endpoint) => endpoint.kind === kind)?.url ?? null;
  const { revocation } = profile;
  return {
    providerId: profile.id,
    providerName: profile.name,
    addresses: { token: address('token'), revocation: address('revocation'), test: address('test') },
    dangerouslyUnencryptedOrigin: app.unencryptedConsent?.origin ?? null,
    grants: Object.fromEntries(
      profile.grants.map(({ type, request, scope }): [string, GrantWay] => [type, { request, scope }]),
    ),
    renewal:
      profile.renewal.by === 'refresh_token'
        ? { by: 'refresh_token', request: profile.renewal.request }
        : { by: 'asking_again' },
    answer: {
      bearer: profile.answer.bearer.field,
      expiry: profile.answer.expiry,
      lacks: profile.answer.lacks,
    },
    presentation: profile.presentation,
    revocation:
      revocation.kind === 'form_with_token' ? { ...revocation, parameter: revocation.parameter.name } : revocation,
    tests: profile.tests,
    rateWindows: profile.rateWindows,
  };
}
