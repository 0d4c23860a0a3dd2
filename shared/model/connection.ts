import { z } from 'zod';
import { realm } from './app.ts';
import { problem } from './problem.ts';
import { grantType } from './provider.ts';

/** How the end of a token was learnt (R1). `assumed`: the profile's figure, since the answer named none. */
export const expirySource = z.enum(['jwt_exp', 'expires_in', 'assumed', 'not_stated']);
export type ExpirySource = z.infer<typeof expirySource>;

/**
 * The stored condition. What the row says also depends on the clock (`expires soon`, `ended`) and is worked out
 * by `stateOf` in state.ts, once, for window, tray and reports alike.
 */
export const condition = z.enum(['kept', 'renewing', 'retrying', 'sign_in_again', 'revoked']);
export type Condition = z.infer<typeof condition>;

export const failure = z.strictObject({
  problem,
  atMs: z.number(),
  /** Tries in a row that failed. */
  tries: z.number().int(),
  /** The next try by itself; null = a person is needed. */
  nextTryAtMs: z.number().nullable(),
});
export type Failure = z.infer<typeof failure>;

/** What the window may know of a connection: one grant under an app. */
export const connectionSummary = z.strictObject({
  id: z.string(),
  realm,
  appId: z.string(),
  providerId: z.string(),
  label: z.string(),
  /** Who is signed in, as the provider or the person named them. */
  account: z.string().nullable(),
  grant: grantType,
  condition,
  /** Can this program renew it without a person? */
  renewable: z.boolean(),
  issuedAtMs: z.number().nullable(),
  expiresAtMs: z.number().nullable(),
  expirySource,
  /** When the schedule will renew it; null where nothing is planned. */
  renewsAtMs: z.number().nullable(),
  lastRenewedAtMs: z.number().nullable(),
  createdAtMs: z.number(),
  scopesAsked: z.array(z.string()),
  /** Null: the provider did not say. */
  scopesGranted: z.array(z.string()).nullable(),
  /** First 8 hex digits of the SHA-256 of the bearer, to recognise it in a log. Null once revoked. */
  fingerprint: z.string().nullable(),
  /** 1 for the first token, one more at each renewal. */
  generation: z.number().int(),
  failure: failure.nullable(),
  revocation: z
    .strictObject({
      atMs: z.number(),
      /** Until when a token that was handed out may still work. */
      worksUntilMs: z.number().nullable(),
    })
    .nullable(),
});
export type ConnectionSummary = z.infer<typeof connectionSummary>;

/** One exchange with the provider. Never a secret, never a body. */
export const exchange = z.strictObject({
  atMs: z.number(),
  what: z.enum(['signed_in', 'renewed', 'asked_again', 'tested', 'revoked']),
  outcome: z.enum(['done', 'failed']),
  durationMs: z.number(),
  status: z.number().nullable(),
  /** For renewals: did the provider hand out a new refresh token? */
  refreshToken: z.enum(['new', 'kept', 'none']).nullable(),
  problem: problem.nullable(),
});
export type Exchange = z.infer<typeof exchange>;
