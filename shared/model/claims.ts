import { z } from 'zod';

/**
 * The claims that are told, in their order. Left out: `jti`, `sid`, `nonce`, `at_hash` and `cnf`, which some servers take
 * as a handle to a token or session, and e-mail, names and all that is not registered: nobody knows what is in it.
 */
export const claimNames = [
  'iss',
  'sub',
  'aud',
  'azp',
  'client_id',
  'token_use',
  'scope',
  'scp',
  'acr',
  'iat',
  'nbf',
  'auth_time',
  'exp',
] as const;
export const claimName = z.enum(claimNames);
export type ClaimName = z.infer<typeof claimName>;

/** What one token says of itself. Nobody checked it. */
export const tokenClaims = z.strictObject({
  token: z.enum(['access_token', 'id_token']),
  /** Is it the one that the provider's API takes? */
  isBearer: z.boolean(),
  /** `opaque`: it says nothing of itself that could be read here. */
  form: z.enum(['jwt', 'opaque']),
  fingerprint: z.string().max(8),
  claims: z.array(
    z.strictObject({ name: claimName, text: z.string().max(200).nullable(), atMs: z.number().nullable() }),
  ),
  /** Names alone of the claims that are not told. */
  notShown: z.array(z.string().max(60)).max(40),
});
export type TokenClaims = z.infer<typeof tokenClaims>;
