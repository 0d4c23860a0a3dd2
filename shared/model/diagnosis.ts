import { z } from 'zod';
import { problem } from './problem.ts';

/** Why a connection may have stopped. Each has a title, and what to do, in `shared/text`. */
export const causeKinds = [
  'offline',
  'name_not_found',
  'network_between',
  'certificate_unknown',
  'clock_wrong',
  'provider_down',
  'provider_fault',
  'provider_busy',
  'address_wrong',
  'secret_wrong',
  'used_elsewhere',
  'access_removed',
  'idle_too_long',
  'consent_withdrawn',
  'plan_or_scope',
  'answer_lost',
  'ended_here',
  'addresses_changed',
  'made_by_hand',
  'nobody_renews',
] as const;
export const causeKind = z.enum(causeKinds);
export type CauseKind = z.infer<typeof causeKind>;

/** Four blocks, and the word beside them. */
export const likelihoods = ['most_likely', 'likely', 'possible', 'unlikely'] as const;
export const likelihood = z.enum(likelihoods);
export type Likelihood = z.infer<typeof likelihood>;

/** What speaks for a cause, or against it. `atMs` null: it is so now. Never a secret, never a body. */
export const fact = z.discriminatedUnion('kind', [
  /** The provider's answer to the last try: status and code, and which refresh token was sent, by its fingerprint. */
  z.strictObject({
    kind: z.literal('answered'),
    atMs: z.number(),
    status: z.number().nullable(),
    code: z.string().max(80).nullable(),
    refreshToken: z.string().max(8).nullable(),
  }),
  /** The way there broke: the system's own code for it. */
  z.strictObject({
    kind: z.literal('way_broke'),
    atMs: z.number(),
    host: z.string().max(260),
    systemCode: z.string().max(60).nullable(),
  }),
  z.strictObject({
    kind: z.literal('not_the_provider'),
    atMs: z.number(),
    contentType: z.string().max(100).nullable(),
    status: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal('last_good'), atMs: z.number() }),
  /** It hands out a new refresh token at each renewal, so an older copy of it is worth nothing. */
  z.strictObject({ kind: z.literal('rotates'), atMs: z.number() }),
  z.strictObject({ kind: z.literal('does_not_rotate'), atMs: z.null() }),
  z.strictObject({ kind: z.literal('older_copy'), atMs: z.null() }),
  z.strictObject({ kind: z.literal('unused_for'), atMs: z.number(), ms: z.number() }),
  z.strictObject({ kind: z.literal('clock_off'), atMs: z.number(), aheadMs: z.number(), host: z.string().max(260) }),
  /** Another connection of the same app, or of the same system, works. */
  z.strictObject({
    kind: z.literal('other_works'),
    atMs: z.number(),
    label: z.string().max(120),
    sameApp: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('others_fail'), atMs: z.number(), hosts: z.number().int() }),
  z.strictObject({ kind: z.literal('others_answer'), atMs: z.number(), hosts: z.number().int() }),
  z.strictObject({ kind: z.literal('would_say'), atMs: z.null(), code: z.string().max(80) }),
  z.strictObject({ kind: z.literal('same_answer'), atMs: z.null() }),
  z.strictObject({ kind: z.literal('scopes_missing'), atMs: z.null(), scopes: z.string().max(400) }),
  z.strictObject({ kind: z.literal('happened_here'), atMs: z.number(), name: z.string().max(300).nullable() }),
  z.strictObject({ kind: z.literal('ended'), atMs: z.number() }),
]);
export type Fact = z.infer<typeof fact>;

/** The one thing that may mend it. */
export const remedy = z.enum(['renew', 'sign_in', 'replace_secret', 'addresses', 'test']);
export type Remedy = z.infer<typeof remedy>;

export const cause = z.strictObject({
  kind: causeKind,
  likelihood,
  facts: z.array(fact).max(6),
  remedy: remedy.nullable(),
});
export type Cause = z.infer<typeof cause>;

/** What it is not, with the value that shows it. */
export const ruledOut = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('online'), atMs: z.number() }),
  z.strictObject({ kind: z.literal('name_and_certificate'), atMs: z.number() }),
  z.strictObject({ kind: z.literal('clock'), aheadMs: z.number() }),
  z.strictObject({ kind: z.literal('answers'), durationMs: z.number() }),
  z.strictObject({ kind: z.literal('client_accepted'), atMs: z.number() }),
]);
export type RuledOut = z.infer<typeof ruledOut>;

/** What is known of one connection's trouble, as main found it at `atMs`. */
export const diagnosis = z.strictObject({
  connectionId: z.string(),
  atMs: z.number(),
  /** Ranked, the likeliest first. None: nothing is wrong, or nothing is known of what is. */
  causes: z.array(cause).max(8),
  ruledOut: z.array(ruledOut),
  /** The last exchange that failed, word for word as far as it may be shown. */
  answer: z
    .strictObject({ atMs: z.number(), durationMs: z.number(), problem, refreshToken: z.string().max(8).nullable() })
    .nullable(),
  lastGoodMs: z.number().nullable(),
  /** When the sign-in that is in use began. */
  signedInMs: z.number().nullable(),
  /** Null: no call was answered since the program started. */
  aheadMs: z.number().nullable(),
  host: z.string().max(260).nullable(),
});
export type Diagnosis = z.infer<typeof diagnosis>;
