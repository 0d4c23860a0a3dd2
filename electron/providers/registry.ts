/// <reference types="vite/types/importMeta.d.ts" />
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { EndpointKind, ProviderView, ValueSource } from '../../shared/model/provider.ts';
import { endpointKinds } from '../../shared/model/provider.ts';
import { profileSchema, type Localised, type Profile } from './schema.ts';

/** Every file of this folder that ends in .json, put into the program when it is built: a new one needs no other line. */
const files = import.meta.glob<unknown>('./*.json', { eager: true, import: 'default' });

/** Each schema reads a handful of files in a run: to compile them first costs more than it saves. */
const readOnce = { jitless: true };

let known: readonly Profile[] | null = null;

/**
 * Every provider, in the order of the choose page. Read when first asked for, since holding them against their schema
 * takes longer than opening the window; one that does not fit it stops whoever asks.
 */
export function profiles(): readonly Profile[] {
  known ??= Object.values(files)
    .map((file) => profileSchema.parse(file, readOnce))
    .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'en'));
  return known;
}

/** Throws `not_found`. */
export function profile(providerId: string): Profile {
  const found = profiles().find(({ id }) => id === providerId);
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
  return endpointKinds.flatMap((kind) => {
    const known = of.endpoints[kind];
    if (known === undefined) return [];
    const url = known.urls[regionId] ?? null;
    return { kind, url: url === null ? null : onServer(url, baseUrl), source: known.source };
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
  const hint = profiles().find(({ id }) => id === providerId)?.errorHints[code];
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
    ways: waysOf(of, say),
    clientSecret: of.clientSecret === 'always' ? 'required' : 'optional',
    browser:
      of.authorization === null
        ? null
        : {
            startedBy: of.authorization.startedBy,
            codeSeconds: of.authorization.codeSeconds,
            redirectNote: sayIf(of.authorization.redirect.note),
            redirectSource: of.authorization.redirect.source,
          },
    company: of.company === null ? null : { name: say(of.company.name), help: say(of.company.help) },
    choices: of.choices.map(({ id, name, note, values }) => ({
      id,
      name: say(name),
      note: sayIf(note),
      values: values.map((value) => ({ id: value.id, name: say(value.name) })),
    })),
    personalTokenBegins: of.personalAccessToken?.begins ?? null,
    renewsBy: of.renewal.by,
    signInEnds: of.renewal.by === 'refresh_token' ? of.renewal.refreshTokenEnds : 'when_revoked',
    passwordNote: sayIf(of.passwordNote),
    signsInWith: of.signsInWith,
    ownServer: sayIf(of.ownServer),
    discovery: sayIf(of.discovery),
    registers: of.registration !== null,
    regions: of.regions.map((region) => ({ id: region.id, label: say(region.label) })),
    endpoints: endpointKinds.flatMap((kind) => {
      const known = of.endpoints[kind];
      return known === undefined
        ? []
        : { kind, urls: { ...known.urls }, source: known.source, note: sayIf(known.note) };
    }),
    setup: of.setup.map((step) => ({
      text: say(step.text),
      note: sayIf(step.note),
      path: [...step.path],
      page: step.page === null ? null : pageOf(step.page),
      fields: [...step.fields],
      copiesScopes: step.copiesScopes,
      ways: step.ways === null ? null : [...step.ways],
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
    revocation: {
      ...(of.revocation.kind === 'none'
        ? { reach: 'none', instead: say(of.revocation.instead) }
        : { reach: of.revocation.reach, instead: null }),
      insteadForPersonalToken: sayIf(of.personalAccessToken?.instead ?? null),
    },
  };
}

/** The ways to connect: the grants, then what can be pasted in; those under Advanced last. */
function waysOf(of: Profile, say: (text: Localised) => string): ProviderView['ways'] {
  const sayIf = (text: Localised | null): string | null => (text === null ? null : say(text));
  const pasted = of.personalAccessToken;
  const all: ProviderView['ways'] = [
    ...of.grants.map(({ type, name, lead, advanced }) => ({
      grant: type,
      name: say(name),
      lead: sayIf(lead),
      advanced: sayIf(advanced),
    })),
    ...(pasted === null
      ? []
      : [
          {
            grant: 'personal_access_token' as const,
            name: say(pasted.name),
            lead: sayIf(pasted.lead),
            advanced: null,
          },
        ]),
    ...(of.renewal.by === 'refresh_token'
      ? [
          {
            grant: 'refresh_token' as const,
            name: say(of.renewal.pasteName),
            lead: sayIf(of.renewal.pasteLead),
            advanced: null,
          },
        ]
      : []),
  ];
  return [...all.filter((way) => way.advanced === null), ...all.filter((way) => way.advanced !== null)];
}

/** What the window may know of the providers, in the person's language. */
export function providerViews(language: string): ProviderView[] {
  return profiles().map((each) => viewOf(each, language));
}
