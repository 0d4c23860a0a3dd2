import { z } from 'zod';
import { errorCodes } from '../errors.ts';

/**
 * How a connection came to be: a grant of RFC 6749, or a token that a person had already. `refresh_token`: an existing
 * one was pasted in. `personal_access_token`: made by hand at the provider, and nobody here can renew it. `device_code`:
 * signed in on another page with a short code (RFC 8628).
 */
export const grantTypes = [
  'password',
  'client_credentials',
  'authorization_code',
  'device_code',
  'refresh_token',
  'personal_access_token',
] as const;
export const grantType = z.enum(grantTypes);
export type GrantType = z.infer<typeof grantType>;

/** The addresses a profile can name. Which of them a provider has is data. */
export const endpointKinds = ['authorization', 'token', 'device', 'revocation', 'introspection', 'test'] as const;
export const endpointKind = z.enum(endpointKinds);
export type EndpointKind = z.infer<typeof endpointKind>;

/** Where a value came from (R8). */
export const valueSource = z.enum([
  'provider_documents',
  'seed',
  'third_party',
  'assumed',
  'entered_by_you',
  /** The provider's own metadata, asked for by its issuer (RFC 8414). */
  'found',
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

/** One way to connect, in the person's words. */
export const connectWay = z.strictObject({
  grant: grantType,
  /** "Sign in with the browser" */
  name: z.string(),
  /** What it is, in a sentence; null where the name says it. */
  lead: z.string().nullable(),
  /** Offered under Advanced only, and why. */
  advanced: z.string().nullable(),
});
export type ConnectWay = z.infer<typeof connectWay>;

/** A corner that an admin may have to turn where the documents leave it open; the first value is the usual one. */
export const providerChoice = z.strictObject({
  id: z.string(),
  name: z.string(),
  note: z.string().nullable(),
  values: z.array(z.strictObject({ id: z.string(), name: z.string() })).min(2),
});
export type ProviderChoice = z.infer<typeof providerChoice>;

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
  fields: z.array(
    z.enum([
      'scopes',
      'scopeWords',
      'region',
      'baseUrl',
      'issuer',
      'registration',
      'redirectUri',
      'clientId',
      'clientSecret',
      'pastedToken',
    ]),
  ),
  /** Offers a Copy of the chosen scopes. */
  copiesScopes: z.boolean(),
  /** The ways to connect that it belongs to; null = all of them. */
  ways: z.array(grantType).nullable(),
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
  /** The usual way first; those under Advanced last. */
  ways: z.array(connectWay).min(1),
  /** `optional`: an app may be a public client, which has none (RFC 6749 section 2.1). */
  clientSecret: z.enum(['required', 'optional']),
  /** Signing in through the browser, where the provider has it. */
  browser: z
    .strictObject({
      /** `provider`: it begins at a page of the provider's, not with a request of ours. */
      startedBy: z.enum(['client', 'provider']),
      /** Life of a code as the provider states it. */
      codeSeconds: z.number().int().positive().nullable(),
      /** Beside the redirect address: what the provider wants of it, and where that is known from. */
      redirectNote: z.string().nullable(),
      redirectSource: valueSource,
    })
    .nullable(),
  /** A connection stands for a company there: words for the field that asks which one. Null: for an account. */
  company: z.strictObject({ name: z.string(), help: z.string() }).nullable(),
  choices: z.array(providerChoice),
  /** How such a token begins, for a check as it is typed; null: nothing is known, or there are none. */
  personalTokenBegins: z.string().nullable(),
  /** Does renewing need a refresh token, or is the token simply asked for again? */
  renewsBy: z.enum(['refresh_token', 'asking_again']),
  /** How long a saved sign-in is good, as far as the provider says. */
  signInEnds: z.enum(['when_revoked', 'not_stated']),
  /** Words under the password fields: why a password is asked for and what happens to it. */
  passwordNote: z.string().nullable(),
  signsInWith: signInName,
  /** Words beside the field for an issuer, by which the addresses are found; null where they are known. */
  discovery: z.string().nullable(),
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
    /** The same for a personal access token, which no provider takes back by a call. */
    insteadForPersonalToken: z.string().nullable(),
  }),
});
export type ProviderView = z.infer<typeof providerView>;
