import type { AppSummary } from '../../../shared/model/app.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { ConnectWay, EndpointKind, GrantType, ProviderView } from '../../../shared/model/provider.ts';

/** What a way to connect asks of a person. Only the grant decides; a provider's name never does. */
export interface OfWay {
  grant: GrantType;
}

/** Is there a step at which a person signs in or brings something, after the keys? */
export const signsIn = ({ grant }: OfWay): boolean =>
  grant !== 'client_credentials' && grant !== 'personal_access_token';

export const usesBrowser = ({ grant }: OfWay): boolean => grant === 'authorization_code';

/** Signs in with a code on another page. */
export const usesDevice = ({ grant }: OfWay): boolean => grant === 'device_code';

/** A token that was made by hand needs no client ID and no secret. */
export const usesKeys = ({ grant }: OfWay): boolean => grant !== 'personal_access_token';

export const pastesToken = ({ grant }: OfWay): boolean =>
  grant === 'refresh_token' || grant === 'personal_access_token';

/** The keys alone prove who asks, so an app without a secret proves nothing (RFC 6749 section 4.4). */
export function needsSecret({ grant }: OfWay, provider: Pick<ProviderView, 'clientSecret'> | undefined): boolean {
  return provider?.clientSecret !== 'optional' || grant === 'client_credentials';
}

/** Does this way make a connection that stands for a company, which a person has to name? */
export function asksCompany({ grant }: OfWay, provider: Pick<ProviderView, 'company'> | undefined): boolean {
  return provider?.company != null && (grant === 'authorization_code' || grant === 'refresh_token');
}

/** Practice has people to sign in, but nobody there who has a token to paste. */
function isOffered({ grant }: ConnectWay, { realm }: Pick<DraftView, 'realm'>): boolean {
  return realm === 'vault' || !pastesToken({ grant });
}

/** What is offered at the keys: the usual ways, and one of the others once it was turned on. */
export function waysAtKeys(provider: ProviderView, view: Pick<DraftView, 'realm'>, chosen: GrantType): ConnectWay[] {
  return provider.ways.filter((way) => isOffered(way, view) && (way.advanced === null || way.grant === chosen));
}

/** What is offered under Advanced alone. */
export function otherWays(provider: ProviderView): (ConnectWay & { advanced: string })[] {
  return provider.ways.flatMap((way) => (way.advanced === null ? [] : { ...way, advanced: way.advanced }));
}

export function stepsOf(provider: ProviderView, grant: GrantType): ProviderView['setup'] {
  return provider.setup.filter(({ ways }) => ways === null || ways.includes(grant));
}

/**
 * An address this way cannot do without and nobody published (G7). An empty one that is made from a server's address,
 * still to be typed, is not among them.
 */
export function missingAddress(
  view: Pick<DraftView, 'endpoints' | 'realm'>,
  { grant, regionId }: OfWay & { regionId: string },
  provider: ProviderView,
  app: AppSummary | undefined,
): EndpointKind | null {
  const needed: EndpointKind[] = usesKeys({ grant }) ? ['token'] : ['test'];
  if (usesBrowser({ grant })) needed.unshift('authorization');
  if (usesDevice({ grant })) needed.unshift('device');
  return needed.find((kind) => isEmpty(view, regionId, provider, app, kind)) ?? null;
}

function isEmpty(
  view: Pick<DraftView, 'endpoints' | 'realm'>,
  regionId: string,
  provider: ProviderView,
  app: AppSummary | undefined,
  kind: EndpointKind,
): boolean {
  const known = provider.endpoints.find((endpoint) => endpoint.kind === kind);
  if (known === undefined) return false;
  if (app !== undefined) return app.endpoints.every((endpoint) => endpoint.kind !== kind || endpoint.url === null);
  const used = view.endpoints.find((endpoint) => endpoint.kind === kind)?.url ?? '';
  return used === '' && (known.urls[regionId] ?? null) === null;
}
