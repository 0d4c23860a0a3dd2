import { endpointKinds, type EndpointKind } from '../../shared/model/provider.ts';
import type {
  ExpiryRule,
  GrantWay,
  Presentation,
  ProviderWay,
  RenewalWay,
  RequestShape,
  RevocationWay,
} from '../oauth/way.ts';
import type { ChoiceSets, Profile } from './schema.ts';

/** The corners of one app, of which an app without any record of its own has none. */
export interface AppCorners {
  endpoints: readonly { kind: EndpointKind; url: string | null }[];
  issuer?: string | null | undefined;
  redirectUri?: string | null | undefined;
  choices?: Readonly<Record<string, string>> | undefined;
  unencryptedConsent?: { origin: string } | undefined;
}

/** What was chosen, laid over each other; a choice that nobody made, or that the profile no longer has, sets its first. */
function chosenSets(profile: Profile, chosen: Readonly<Record<string, string>>): ChoiceSets {
  return profile.choices.reduce<ChoiceSets>((all, { id, values }) => {
    const value = values.find((candidate) => candidate.id === chosen[id]) ?? values[0];
    return { ...all, ...value?.sets };
  }, {});
}

/** A body in form or in JSON; what goes into the query stays there. */
function encoded(request: RequestShape, { tokenParameters }: ChoiceSets): RequestShape {
  if (tokenParameters === undefined || request.parameters === 'query') return request;
  return { ...request, parameters: tokenParameters };
}

function renewalOf({ renewal }: Profile, sets: ChoiceSets): RenewalWay {
  if (renewal.by === 'asking_again') return { by: 'asking_again' };
  const request = encoded(renewal.request, sets);
  return {
    by: 'refresh_token',
    request: { ...request, clientAuthentication: sets.renewalClientAuthentication ?? request.clientAuthentication },
    sendsRedirectUri: sets.renewalSendsRedirectUri ?? renewal.sendsRedirectUri,
  };
}

function revocationOf({ revocation }: Profile, sets: ChoiceSets): RevocationWay {
  if (revocation.kind !== 'form_with_token') return revocation;
  return { ...revocation, parameter: sets.revocationParameter ?? revocation.parameter.name };
}

function presentationOf({ presentation }: Profile, sets: ChoiceSets): Presentation {
  return sets.presentation === 'header' ? { place: 'header', scheme: 'Bearer' } : presentation;
}

/** When the bearer ends is said by the bearer: with another one chosen, its `exp` and not the usual one's. */
function expiryRules({ answer }: Profile, { bearer }: ChoiceSets): ExpiryRule[] {
  return answer.expiry.map((rule) =>
    rule.from === 'jwt_exp' && bearer !== undefined ? { from: 'jwt_exp', of: bearer } : rule,
  );
}

/** The profile's ways at the addresses of one app: what the app has wins, so a new profile never moves an old app. */
export function wayOf(profile: Profile, app: AppCorners): ProviderWay {
  const address = (kind: EndpointKind): string | null =>
    app.endpoints.find((endpoint) => endpoint.kind === kind)?.url ?? null;
  const sets = chosenSets(profile, app.choices ?? {});
  return {
    providerId: profile.id,
    providerName: profile.name,
    addresses: Object.fromEntries(endpointKinds.map((kind) => [kind, address(kind)])) as ProviderWay['addresses'],
    issuer: app.issuer ?? null,
    redirectUri: app.redirectUri ?? null,
    dangerouslyUnencryptedOrigin: app.unencryptedConsent?.origin ?? null,
    grants: Object.fromEntries(
      profile.grants.map(({ type, request, scope }): [string, GrantWay] => [
        type,
        { request: encoded(request, sets), scope },
      ]),
    ),
    authorization:
      profile.authorization === null
        ? null
        : {
            startedBy: profile.authorization.startedBy,
            extraParameters: profile.authorization.extraParameters,
            port: profile.authorization.redirect.port,
            codeSeconds: profile.authorization.codeSeconds,
          },
    renewal: renewalOf(profile, sets),
    answer: {
      bearer: sets.bearer ?? profile.answer.bearer.field,
      expiry: expiryRules(profile, sets),
      lacks: profile.answer.lacks,
    },
    presentation: presentationOf(profile, sets),
    revocation: revocationOf(profile, sets),
    tests: profile.tests,
    rateWindows: profile.rateWindows,
  };
}
