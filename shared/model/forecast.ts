import { z } from 'zod';

/** How sure a forecast is: said by the provider, seen several times, or seen once. */
export const certainty = z.enum(['stated', 'likely', 'guess']);
export type Certainty = z.infer<typeof certainty>;

/** When a person will have to sign in again, as far as that is known. */
export const forecast = z.discriminatedUnion('kind', [
  /** Nothing that is known would call for a person. */
  z.strictObject({ kind: z.literal('not_needed'), reason: z.enum(['asks_again', 'until_revoked']) }),
  /** Nobody says and nothing was seen, so nothing is claimed. */
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({
    kind: z.literal('due'),
    atMs: z.number(),
    /** As long as it is unsure: from the shortest that was seen. The same as `atMs` where it is stated. */
    fromMs: z.number(),
    certainty,
    reason: z.enum(['needed_now', 'token_ends', 'stated_life', 'stated_idle', 'seen']),
    /** How long sign-ins held, and how many were seen, where that is the reason. */
    heldMs: z.number().nullable(),
    seen: z.number().int(),
  }),
]);
export type Forecast = z.infer<typeof forecast>;

export interface ForecastInput {
  condition: 'kept' | 'renewing' | 'retrying' | 'sign_in_again' | 'revoked';
  renewable: boolean;
  /** Client credentials: the token is asked for again, and nobody signs in. */
  asksAgain: boolean;
  expiresAtMs: number | null;
  /** The next renewal by itself. */
  renewsAtMs: number | null;
  /** When the sign-in in use began, and when it was last used. */
  signedInMs: number;
  lastUsedMs: number;
  stated: {
    /** `when_revoked`: the provider says that a sign-in lasts until then. */
    ends: 'when_revoked' | 'not_stated';
    lifeMs: number | null;
    idleMs: number | null;
  };
  /** How long earlier sign-ins at this provider held before it refused them. */
  heldMs: readonly number[];
  nowMs: number;
}

/** Spans that differ by less are the same limit at work. */
const alike = 0.2;
const enoughSeen = 3;

/** The earliest of what is known. What a provider states wins over what was seen here. */
export function forecastOf(input: ForecastInput): Forecast {
  const { condition, expiresAtMs, nowMs, stated, signedInMs } = input;
  if (condition === 'revoked') return { kind: 'unknown' };
  if (condition === 'sign_in_again') return due(nowMs, 'stated', 'needed_now');
  if (!input.renewable) {
    if (expiresAtMs === null) return { kind: 'unknown' };
    return expiresAtMs <= nowMs ? due(nowMs, 'stated', 'needed_now') : due(expiresAtMs, 'stated', 'token_ends');
  }
  if (input.asksAgain) return { kind: 'not_needed', reason: 'asks_again' };
  const limits: Forecast[] = [];
  if (stated.lifeMs !== null) limits.push(due(signedInMs + stated.lifeMs, 'stated', 'stated_life'));
  if (stated.idleMs !== null) {
    const idleEndMs = input.lastUsedMs + stated.idleMs;
    // A renewal that comes first uses the sign-in, and its time begins anew.
    if (input.renewsAtMs === null || input.renewsAtMs >= idleEndMs)
      limits.push(due(idleEndMs, 'stated', 'stated_idle'));
  }
  const first = limits.toSorted((a, b) => whenOf(a) - whenOf(b))[0];
  if (first !== undefined) return first;
  if (stated.ends === 'when_revoked') return { kind: 'not_needed', reason: 'until_revoked' };
  return seenBefore(input);
}

function seenBefore({ heldMs, signedInMs, nowMs }: ForecastInput): Forecast {
  const spans = heldMs.toSorted((a, b) => a - b);
  const shortest = spans[0];
  const longest = spans.at(-1);
  const middle = spans[Math.floor((spans.length - 1) / 2)];
  if (shortest === undefined || longest === undefined || middle === undefined || middle <= 0)
    return { kind: 'unknown' };
  // It has outlived all that was seen: whatever ended those, it was no limit.
  if (signedInMs + longest < nowMs) return { kind: 'unknown' };
  const isAlike = longest - shortest <= middle * alike;
  return {
    kind: 'due',
    atMs: Math.max(signedInMs + middle, nowMs),
    fromMs: Math.max(signedInMs + shortest, nowMs),
    certainty: spans.length >= enoughSeen && isAlike ? 'likely' : 'guess',
    reason: 'seen',
    heldMs: middle,
    seen: spans.length,
  };
}

type Due = Extract<Forecast, { kind: 'due' }>;

function due(atMs: number, sure: Certainty, reason: Due['reason']): Forecast {
  return { kind: 'due', atMs, fromMs: atMs, certainty: sure, reason, heldMs: null, seen: 0 };
}

const whenOf = (one: Forecast): number => (one.kind === 'due' ? one.atMs : Infinity);

/** What happened on a lane of the timeline. */
export const pastMoment = z.strictObject({
  atMs: z.number(),
  what: z.enum(['signed_in', 'renewed', 'failed', 'revoked']),
});
export type PastMoment = z.infer<typeof pastMoment>;

export const lanePast = z.strictObject({
  connectionId: z.string(),
  moments: z.array(pastMoment).max(200),
  signedInMs: z.number().nullable(),
  forecast,
});
export type LanePast = z.infer<typeof lanePast>;
