import { z } from 'zod';

/** Which token a pasted value or fingerprint was. Neither the value nor its hash comes back. */
export const tokenMatch = z.strictObject({
  connectionId: z.string(),
  token: z.enum(['access_token', 'id_token', 'refresh_token']),
  /** The generations it served; the same one unless it was kept through renewals. */
  fromGeneration: z.number().int(),
  toGeneration: z.number().int(),
  issuedAtMs: z.number().nullable(),
  /** Null where it is the one in use. */
  replacedAtMs: z.number().nullable(),
  /** `in_use`: kept here now. `replaced`: a later one took its place. `gone`: it was the last, and is not kept any more. */
  state: z.enum(['in_use', 'replaced', 'gone']),
});
export type TokenMatch = z.infer<typeof tokenMatch>;
