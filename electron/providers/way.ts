import { endpointKinds, type EndpointKind, type ProviderView } from '../../shared/model/provider.ts';
import type {
  ClientAuthentication,
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
  /** Its metadata says so (RFC 9207 section 3). */
  answersNameIssuer?: boolean | undefined;
  /** What it is called here. */
  name?: string | undefined;
  clientSecretSet?: boolean | undefined;
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

/** Names of RFC 8414's `token_endpoint_auth_methods_supported`, in the order in which they are preferred here. */
const methods = [
  ['client_secret_basic', 'basic'],
  ['client_secret_post', 'body'],
  ['none', 'none'],
] as const;

/**
 * What a provider's metadata says of how an app proves itself, as a choice of its profile. Null: the profile leaves
 * none, or nothing that is known here is offered. `valueId` null is the usual value.
 */
export function clientAuthenticationChoice(
  { choices }: Pick<ProviderView, 'choices'>,
  offered: readonly string[] | null,
): { id: string; valueId: string | null } | null {
  const choice = choices.find(({ id }) => id === 'client_authentication');
  // Nothing said means Basic (RFC 8414 section 2).
  const valueId = offered === null ? 'basic' : methods.find(([name]) => offered.includes(name))?.[1];
  if (choice === undefined || valueId === undefined) return null;
  return { id: choice.id, valueId: choice.values[0]?.id === valueId ? null : valueId };
}

/** How one app proves itself in every call that asks for it. */
type Proves = (usual: ClientAuthentication) => ClientAuthentication;

/**
 * As it was chosen, or as the profile has it. An app without a secret has nothing to put into a header: it names itself
 * in the body (RFC 6749 section 3.2.1).
 */
function provesBy({ clientSecret }: Profile, sets: ChoiceSets, { clientSecretSet }: AppCorners): Proves {
  const isPublic = clientSecret === 'confidential_only' && clientSecretSet === false;
  return (usual) => {
    const how = sets.clientAuthentication ?? usual;
    return isPublic && (how === 'basic_rfc' || how === 'basic_raw') ? 'id_alone' : how;
  };
}

/** A body in form or in JSON; what goes into the query stays there. */
function encoded(request: RequestShape, { tokenParameters }: ChoiceSets): RequestShape {
  if (tokenParameters === undefined || request.parameters === 'query') return request;
  return { ...request, parameters: tokenParameters };
}

function renewalOf({ renewal }: Profile, sets: ChoiceSets, proves: Proves): RenewalWay {
  if (renewal.by === 'asking_again') return { by: 'asking_again' };
  const request = encoded(renewal.request, sets);
  const usual = sets.renewalClientAuthentication ?? request.clientAuthentication;
  return {
    by: 'refresh_token',
    request: { ...request, clientAuthentication: proves(usual) },
    sendsRedirectUri: sets.renewalSendsRedirectUri ?? renewal.sendsRedirectUri,
  };
}

function revocationOf({ revocation }: Profile, sets: ChoiceSets, proves: Proves): RevocationWay {
  if (revocation.kind === 'rfc7009')
    return { ...revocation, clientAuthentication: proves(revocation.clientAuthentication) };
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
  const proves = provesBy(profile, sets, app);
  const { introspection } = profile;
  return {
    providerId: profile.id,
    // Where a profile stands for any provider, the app's own name says which one it is.
    providerName: profile.discovery !== null && app.name !== undefined && app.name !== '' ? app.name : profile.name,
    addresses: Object.fromEntries(endpointKinds.map((kind) => [kind, address(kind)])) as ProviderWay['addresses'],
    issuer: app.issuer ?? null,
    answersNameIssuer: app.answersNameIssuer === true,
    redirectUri: app.redirectUri ?? null,
    dangerouslyUnencryptedOrigin: app.unencryptedConsent?.origin ?? null,
    grants: Object.fromEntries(
      profile.grants.map(({ type, request, scope }): [string, GrantWay] => [
        type,
        {
          request: { ...encoded(request, sets), clientAuthentication: proves(request.clientAuthentication) },
          scope,
        },
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
    renewal: renewalOf(profile, sets, proves),
    answer: {
      bearer: sets.bearer ?? profile.answer.bearer.field,
      expiry: expiryRules(profile, sets),
      lacks: profile.answer.lacks,
    },
    presentation: presentationOf(profile, sets),
    revocation: revocationOf(profile, sets, proves),
    introspection: introspection === null ? null : { clientAuthentication: proves(introspection.clientAuthentication) },
    tests: profile.tests,
    rateWindows: profile.rateWindows,
  };
}
