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
  /** The person agreed that this server is asked without encryption. */
  unencryptedAgreed: z.boolean(),
  /** The keys were made by registering this vault. */
  registered: z.boolean(),
  /** Addresses as they would be used: the profile's, or what was typed over them. */
  endpoints: z.array(z.strictObject({ kind: endpointKind, url: z.string(), edited: z.boolean() })),
  scopes: z.array(z.string()),
  grant: grantType,
  username: z.string(),
  passwordEntered: z.boolean(),
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
  unencryptedAgreed: z.boolean().optional(),
  endpoints: z
    .array(z.strictObject({ kind: endpointKind, url: z.string().max(2048) }))
    .max(8)
    .optional(),
  scopes: z.array(z.string().max(200)).max(200).optional(),
  username: typed.optional(),
  password: typed.optional(),
  label: z.string().max(120).optional(),
});
export type DraftInput = z.infer<typeof draftInput>;
