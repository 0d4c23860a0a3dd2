import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { EndpointKind, ProviderView, ValueSource } from '../../shared/model/provider.ts';
import { endpointKinds } from '../../shared/model/provider.ts';
import connecteam from './connecteam.json' with { type: 'json' };
import erStudio from './er-studio.json' with { type: 'json' };
import { profileSchema, type Localised, type Profile } from './schema.ts';
import teamgantt from './teamgantt.json' with { type: 'json' };

/** Every provider, in the order of the choose page. A profile that does not fit the schema stops the program here. */
export const profiles: readonly Profile[] = [teamgantt, erStudio, connecteam].map((file) => profileSchema.parse(file));

const byId = new Map(profiles.map((profile) => [profile.id, profile]));

/** Throws `not_found`. */
export function profile(providerId: string): Profile {
  const found = byId.get(providerId);
  if (found === undefined) throw new AppError('not_found');
  return found;
}

/** The sentence for a BCP 47 tag (`de-AT`), English where there is none. */
export function inLanguage(text: Localised, language: string): string {
  const short = language.toLowerCase().split('-')[0] ?? 'en';
  return (Object.hasOwn(text, short) ? text[short] : undefined) ?? text.en;
}

/** An address of a profile on a server of the customer's own; null while that server is not known. */
function onServer(url: string, baseUrl: string | null): string | null {
  if (!url.startsWith('{base}')) return url;
  return baseUrl === null ? null : `${baseUrl}${url.slice('{base}'.length)}`;
}

/**
 * The profile's addresses of a region, as an app is given them; on a server of the customer's own, made from its
 * address (E6). Throws `bad_input` for a region it does not have.
 */
export function endpointsFor(
  of: Profile,
  regionId: string,
  baseUrl: string | null = null,
): { kind: EndpointKind; url: string | null; source: ValueSource }[] {
  if (!of.regions.some((region) => region.id === regionId)) throw new AppError('bad_input', { field: 'region' });
  return endpointKinds.map((kind) => {
    const { urls, source } = of.endpoints[kind];
    const url = urls[regionId] ?? null;
    return { kind, url: url === null ? null : onServer(url, baseUrl), source };
  });
}

/** Where this vault registers itself (E11); null: not here, or not yet known. */
export function registrationUrl(of: Profile, regionId: string, baseUrl: string | null): string | null {
  const url = of.registration?.urls[regionId];
  return url === undefined ? null : onServer(url, baseUrl);
}

/** The page behind a set-up step's button. Throws `not_found`. */
export function pageUrl(providerId: string, pageId: string, regionId: string): string {
  const url = profile(providerId).pages.find((page) => page.id === pageId)?.urls[regionId];
  if (url === undefined) throw new AppError('not_found');
  return url;
}

/** What this provider's profile adds to an ending. */
export function errorHint(providerId: string, code: ErrorCode, language: string): string | null {
  const hint = byId.get(providerId)?.errorHints[code];
  return hint === undefined ? null : inLanguage(hint, language);
}

function viewOf(of: Profile, language: string): ProviderView {
  const say = (text: Localised): string => inLanguage(text, language);
  const sayIf = (text: Localised | null): string | null => (text === null ? null : say(text));
  const pageOf = (pageId: string): ProviderView['setup'][number]['page'] => {
    const page = of.pages.find((candidate) => candidate.id === pageId);
    if (page === undefined) return null;
    const hosts = Object.entries(page.urls).map(([region, url]) => [region, new URL(url).host] as const);
    return { id: page.id, label: say(page.label), hosts: Object.fromEntries(hosts) };
  };
  return {
    id: of.id,
    name: of.name,
    tile: of.tile,
    hue: of.hue,
    chooseLead: say(of.chooseLead),
    chooseNeeds: say(of.chooseNeeds),
    lifetimeSeconds: of.lifetimeSeconds?.value ?? null,
    grants: of.grants.map((grant) => grant.type),
    renewsBy: of.renewal.by,
    signInEnds: of.renewal.by === 'refresh_token' ? of.renewal.refreshTokenEnds : 'when_revoked',
    passwordNote: sayIf(of.passwordNote),
    signsInWith: of.signsInWith,
    ownServer: sayIf(of.ownServer),
    registers: of.registration !== null,
    regions: of.regions.map((region) => ({ id: region.id, label: say(region.label) })),
    endpoints: endpointKinds.map((kind) => {
      const { urls, source, note } = of.endpoints[kind];
      return { kind, urls: { ...urls }, source, note: sayIf(note) };
    }),
    setup: of.setup.map((step) => ({
      text: say(step.text),
      note: sayIf(step.note),
      path: [...step.path],
      page: step.page === null ? null : pageOf(step.page),
      fields: [...step.fields],
      copiesScopes: step.copiesScopes,
    })),
    scopes:
      of.scopes === null
        ? null
        : {
            features: of.scopes.features.map(({ prefix, name, actions }) => ({ prefix, name, actions: [...actions] })),
            testScope: of.scopes.testScope,
            warning: sayIf(of.scopes.warning),
          },
    presentation:
      of.presentation.place === 'header'
        ? { place: 'header', name: of.presentation.scheme }
        : { place: 'query', name: of.presentation.parameter },
    errorHints: Object.fromEntries(Object.entries(of.errorHints).map(([code, hint]) => [code, say(hint)])),
    revocation:
      of.revocation.kind === 'none'
        ? { reach: 'none', instead: say(of.revocation.instead) }
        : { reach: of.revocation.reach, instead: null },
  };
}

/** What the window may know of the providers, in the person's language. */
export function providerViews(language: string): ProviderView[] {
  return profiles.map((each) => viewOf(each, language));
}
