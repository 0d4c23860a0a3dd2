import { z } from 'zod';
import { endpointKind, valueSource } from './provider.ts';

/** Real things live in the vault; practice lives in memory and is gone when closed. */
export const realm = z.enum(['vault', 'practice']);
export type Realm = z.infer<typeof realm>;

export const endpointView = z.strictObject({ kind: endpointKind, url: z.string().nullable(), source: valueSource });
export type EndpointView = z.infer<typeof endpointView>;

/** What the window may know of an app: a registration at a provider. The secret is only ever "set". */
export const appSummary = z.strictObject({
  id: z.string(),
  realm,
  providerId: z.string(),
  name: z.string(),
  clientId: z.string(),
  clientSecretSet: z.boolean(),
  regionId: z.string(),
  endpoints: z.array(endpointView),
  scopes: z.array(z.string()),
  /** Where the browser comes back to, as it is registered at the provider. */
  redirectUri: z.string().nullable(),
  /** What was chosen where the provider's documents leave a corner open, by the choice's id. */
  choices: z.record(z.string(), z.string()),
  createdAtMs: z.number(),
  /** A person agreed that this origin is asked without encryption (E7). */
  unencryptedConsent: z.strictObject({ origin: z.string(), agreedAtMs: z.number() }).nullable(),
});
export type AppSummary = z.infer<typeof appSummary>;
