import { z } from 'zod';
import { errorCodes } from '../errors.ts';

/** Grants a profile may declare; RFC 6749 names, plus the paste of an existing token (issue of its own). */
export const grantTypes = ['password', 'client_credentials', 'authorization_code'] as const;
export const grantType = z.enum(grantTypes);
export type GrantType = z.infer<typeof grantType>;

/** The addresses a profile can name. Which of them a provider has is data. */
export const endpointKinds = ['token', 'revocation', 'test'] as const;
export const endpointKind = z.enum(endpointKinds);
export type EndpointKind = z.infer<typeof endpointKind>;

/** Where a value came from (R8). */
export const valueSource = z.enum([
  'provider_documents',
  'seed',
  'third_party',
  'assumed',
  'entered_by_you',
  'practice',
]);
export type ValueSource = z.infer<typeof valueSource>;

/** Which of the tile colours of the visual language a provider wears. */
export const tileHue = z.enum(['teamgantt', 'taskade', 'erstudio', 'connecteam', 'tgate', 'other']);
export type TileHue = z.infer<typeof tileHue>;

/** What taking a token back ends (R7). */
export const revocationReach = z.enum(['every_sign_in_of_the_person', 'this_sign_in', 'this_access_token', 'none']);
export type RevocationReach = z.infer<typeof revocationReach>;

/** What a person types beside the password. */
export const signInName = z.enum(['email', 'user_name']);

export const scopeFeature = z.strictObject({
  prefix: z.string(),
  name: z.string(),
  actions: z.array(z.enum(['read', 'write', 'delete'])),
});

/** One numbered step of the set-up, in the person's language; `path` holds the provider's own words. */
export const setupStep = z.strictObject({
  text: z.string(),
  note: z.string().nullable(),
  /** Menu path on the provider's site, drawn as boxes joined by chevrons. */
  path: z.array(z.string()),
  /** A page of the provider to open, by its id in the profile; main knows the URL. Hosts by region. */
  page: z.strictObject({ id: z.string(), label: z.string(), hosts: z.record(z.string(), z.string()) }).nullable(),
  /** Which inputs belong to this step. */
  fields: z.array(z.enum(['scopes', 'region', 'baseUrl', 'registration', 'clientId', 'clientSecret'])),
  /** Offers a Copy of the chosen scopes. */
  copiesScopes: z.boolean(),
});

/** What the window may know of a provider profile. No quirk of the protocol is in it. */
export const providerView = z.strictObject({
  id: z.string(),
  name: z.string(),
  tile: z.string().length(2),
  hue: tileHue,
  /** "You sign in with your e-mail and password." */
  chooseLead: z.string(),
  /** "Needs a client ID and secret, and a TeamGantt admin." */
  chooseNeeds: z.string(),
  /** Life of a token as the provider states it, in seconds. */
  lifetimeSeconds: z.number().int().positive().nullable(),
  grants: z.array(grantType).min(1),
  /** Does renewing need a refresh token, or is the token simply asked for again? */
  renewsBy: z.enum(['refresh_token', 'asking_again']),
  /** How long a saved sign-in is good, as far as the provider says. */
  signInEnds: z.enum(['when_revoked', 'not_stated']),
  /** Words under the password fields: why a password is asked for and what happens to it. */
  passwordNote: z.string().nullable(),
  signsInWith: signInName,
  /** Words beside the field for the address of a server of one's own; null where the hosts are fixed. */
  ownServer: z.string().nullable(),
  /** Can this vault register itself there (E11)? */
  registers: z.boolean(),
  /** Regions decide the host of every address together (C3). One region: no choice is drawn. */
  regions: z.array(z.strictObject({ id: z.string(), label: z.string() })).min(1),
  endpoints: z.array(
    z.strictObject({
      kind: endpointKind,
      /** By region id; null = nobody published it. `{base}/…` on a server of one's own. */
      urls: z.record(z.string(), z.string().nullable()),
      source: valueSource,
      note: z.string().nullable(),
    }),
  ),
  setup: z.array(setupStep),
  /** The provider's documented scopes, or null where it documents none. */
  scopes: z
    .strictObject({
      features: z.array(scopeFeature),
      /** The scope the test call needs. */
      testScope: z.string().nullable(),
      warning: z.string().nullable(),
    })
    .nullable(),
  /** How an API call carries the token: `Bearer` in a header, or a parameter of that name in the query. */
  presentation: z.strictObject({ place: z.enum(['header', 'query']), name: z.string() }),
  /** What else is worth knowing when an ending of that code comes from here. */
  errorHints: z.partialRecord(z.enum(errorCodes), z.string()),
  revocation: z.strictObject({
    reach: revocationReach,
    /** What to do at the provider instead, where it has no way to revoke. */
    instead: z.string().nullable(),
  }),
});
export type ProviderView = z.infer<typeof providerView>;
