import { z } from 'zod';
import { realm } from './app.ts';
import { endpointKind, grantType } from './provider.ts';

/** Why the wizard is open. Signing in again keeps the connection, its label and its history. */
export const draftPurpose = z.discriminatedUnion('kind', [
  /** `appId`: an app the person already chose elsewhere, so the wizard begins at its keys. */
  z.strictObject({ kind: z.literal('connect'), realm, appId: z.string().optional() }),
  z.strictObject({ kind: z.literal('sign_in_again'), connectionId: z.string() }),
]);
export type DraftPurpose = z.infer<typeof draftPurpose>;

/** A sign-in through the browser that is under way, for the window. No code, no state, no address with either. */
export const signInView = z.strictObject({
  draftId: z.string(),
  stage: z.enum([
    /** Another sign-in uses the same port; this one begins when that has ended. */
    'queued',
    /** The browser is out; its answer is waited for. */
    'waiting',
    /** A code came that no request of ours can vouch for: a person says whose it is. */
    'confirming',
    'exchanging',
  ]),
  /** `paste`: the browser cannot come back to this computer, so a person brings the address it landed on. */
  comesBackBy: z.enum(['itself', 'paste']),
  /** The browser could not be started; the link can be copied, and the address pasted. */
  browserFailed: z.boolean(),
  startedAtMs: z.number(),
  /** When the wait is given up. Null while queued. */
  endsAtMs: z.number().nullable(),
  /** When the code was received, and its end where the provider states its life. */
  codeReceivedAtMs: z.number().nullable(),
  codeEndsAtMs: z.number().nullable(),
  /** Hits on the redirect address that were none of ours. */
  strays: z.number().int(),
  /** A code to be typed on another page (RFC 8628); null where the browser comes back. The page may have it filled in. */
  device: z.strictObject({ userCode: z.string(), page: z.string(), codeIsInLink: z.boolean() }).nullable(),
});
export type SignInView = z.infer<typeof signInView>;

/** What main keeps of a wizard in progress. A secret that went in is only ever "entered". */
export const draftView = z.strictObject({
  id: z.string(),
  purpose: draftPurpose,
  realm,
  providerId: z.string().nullable(),
  /** An app the person already has; its keys, region and addresses are used, none is typed. */
  appId: z.string().nullable(),
  appName: z.string(),
  clientId: z.string(),
  clientSecretEntered: z.boolean(),
  regionId: z.string(),
  /** Address of a server of the person's own, empty while none is typed; null where the hosts are fixed. */
  baseUrl: z.string().nullable(),
  /** The issuer that was typed, and whether its addresses were found; null where they are known anyway. */
  discovery: z.strictObject({ issuer: z.string(), found: z.boolean() }).nullable(),
  /** The person agreed that this server is asked without encryption. */
  unencryptedAgreed: z.boolean(),
  /** The keys were made by registering this vault. */
  registered: z.boolean(),
  /** Addresses as they would be used: the profile's, or what was typed over them. */
  endpoints: z.array(
    z.strictObject({
      kind: endpointKind,
      url: z.string(),
      edited: z.boolean(),
      /** What the provider's own metadata says, in place of the profile's. */
      found: z.string().nullable(),
    }),
  ),
  scopes: z.array(z.string()),
  grant: grantType,
  username: z.string(),
  passwordEntered: z.boolean(),
  /** An existing refresh token or personal access token. */
  pastedTokenEntered: z.boolean(),
  /** Where the browser comes back to; null where this way needs no browser. */
  redirectUri: z.string().nullable(),
  /** It is an address of this program's own on this computer, so the browser can come back by itself. */
  redirectIsHere: z.boolean(),
  /** By the choice's id; what is not in it stands on its first value. */
  choices: z.record(z.string(), z.string()),
  /** Whose sign-in it is to be, where the provider gives one for each company. */
  company: z.string(),
  label: z.string(),
});
export type DraftView = z.infer<typeof draftView>;

const typed = z.string().max(4096);

/** What a wizard step hands over when it is left. Absent = unchanged; an empty string = taken back. */
export const draftInput = z.strictObject({
  draftId: z.string().max(80),
  providerId: z.string().max(80).optional(),
  appId: z.string().max(80).nullable().optional(),
  appName: z.string().max(120).optional(),
  clientId: typed.optional(),
  clientSecret: typed.optional(),
  regionId: z.string().max(80).optional(),
  baseUrl: z.string().max(2048).optional(),
  issuer: z.string().max(2048).optional(),
  unencryptedAgreed: z.boolean().optional(),
  endpoints: z
    .array(z.strictObject({ kind: endpointKind, url: z.string().max(2048) }))
    .max(8)
    .optional(),
  scopes: z.array(z.string().max(200)).max(200).optional(),
  grant: grantType.optional(),
  username: typed.optional(),
  password: typed.optional(),
  /** Some refresh tokens are long. */
  pastedToken: z.string().max(16_384).optional(),
  /** Empty = this program's own address again. */
  redirectUri: z.string().max(2048).optional(),
  choices: z.record(z.string().max(40), z.string().max(40)).optional(),
  company: z.string().max(120).optional(),
  label: z.string().max(120).optional(),
});
export type DraftInput = z.infer<typeof draftInput>;
