import { z } from 'zod';
import { errorCodes, fieldNames } from '../../shared/errors.ts';
import { realm } from '../../shared/model/app.ts';
import { connectionSummary, exchange, failure } from '../../shared/model/connection.ts';
import { problem } from '../../shared/model/problem.ts';
import { endpointKind, valueSource } from '../../shared/model/provider.ts';
import { Secret } from '../secret.ts';
import {
  historyLimit,
  tokenKinds,
  trailLimit,
  type AppRecord,
  type AppSecrets,
  type ConnectionRecord,
  type ConnectionSecrets,
  type PastTokens,
} from './records.ts';
import type { Exchange } from '../../shared/model/connection.ts';

/**
 * The inside of each sealed record: JSON, and these schemas are its format. Strict both ways: what is written can be
 * read back, and what lies on disk is not trusted to have a shape. A new member is a new row schema number.
 */

/** Ids are random and ours; anything else could make one row's id read as another's. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);

/** The origin of anything but http and https is "null", which would bind two different hosts to the same word. */
const address = z
  .string()
  .max(2048)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));

/** A code that only a later program knows must not make this one call the whole vault damaged. */
const storedProblem = problem.extend({
  code: z.enum(errorCodes).catch('internal'),
  facts: problem.shape.facts.extend({ field: z.enum(fieldNames).optional().catch(undefined) }),
});

const appRecord: z.ZodType<AppRecord> = z.strictObject({
  id,
  realm,
  providerId: z.string(),
  name: z.string(),
  clientId: z.string(),
  clientSecretSet: z.boolean(),
  regionId: z.string(),
  issuer: z.string().nullable(),
  answersNameIssuer: z.literal(true).optional(),
  endpoints: z.array(z.strictObject({ kind: endpointKind, url: address.nullable(), source: valueSource })),
  scopes: z.array(z.string()),
  redirectUri: z.string().nullable(),
  createdAtMs: z.number(),
  choices: z.record(z.string().max(40), z.string().max(40)).optional(),
  unencryptedConsent: z
    .strictObject({ origin: z.string().regex(/^http:\/\/[^/?#@\s]{1,260}$/), agreedAtMs: z.number() })
    .optional(),
});

const connectionRecord: z.ZodType<ConnectionRecord> = connectionSummary
  .omit({ renewsAtMs: true, condition: true })
  .extend({
    id,
    appId: id,
    condition: z.enum(['kept', 'sign_in_again', 'revoked']),
    failure: failure.extend({ problem: storedProblem }).nullable(),
    renewalIntent: z
      .strictObject({ attemptId: z.string(), tokenHash: z.string().regex(/^[0-9a-f]{64}$/), atMs: z.number() })
      .nullable(),
    username: z.string().nullable(),
    accountId: z.string().nullable(),
  });

const history: z.ZodType<Exchange[]> = z
  .array(exchange.extend({ problem: storedProblem.nullable() }))
  .max(historyLimit);

/** A row of a kind of its own: a program that knows none counts it and leaves it alone. */
const tokenTrail: z.ZodType<PastTokens[]> = z
  .array(
    z.strictObject({
      generation: z.number().int(),
      issuedAtMs: z.number(),
      tokens: z
        .array(z.strictObject({ kind: z.enum(tokenKinds), hash: z.string().regex(/^[0-9a-f]{64}$/) }))
        .max(tokenKinds.length),
    }),
  )
  .max(trailLimit);

const secret = z.string().nullable();
const appSecrets = z.strictObject({ clientSecret: secret });
const connectionSecrets = z.strictObject({ accessToken: secret, idToken: secret, refreshToken: secret });

export const tallyBody = z.strictObject({
  commitNumber: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  xor: z.string().regex(/^[0-9a-f]{64}$/),
  /** The vault was found to be an older copy and nobody has said yet that it should be used. */
  olderCopy: z.boolean(),
});
export type TallyBody = z.infer<typeof tallyBody>;

const hidden = (text: string | null): Secret | null => (text === null ? null : new Secret(text));
const shown = (value: Secret | null): string | null => (value === null ? null : value.reveal());

export const readApp = (body: unknown): AppRecord => freeze(appRecord.parse(body));
export const readConnection = (body: unknown): ConnectionRecord => freeze(connectionRecord.parse(body));
export const readHistory = (body: unknown): readonly Exchange[] => freeze(history.parse(body));
export const readTokenTrail = (body: unknown): readonly PastTokens[] => freeze(tokenTrail.parse(body));
export const readTally = (body: unknown): TallyBody => tallyBody.parse(body);

export function readAppSecrets(body: unknown): AppSecrets {
  return { clientSecret: hidden(appSecrets.parse(body).clientSecret) };
}

export function readConnectionSecrets(body: unknown): ConnectionSecrets {
  const texts = connectionSecrets.parse(body);
  return {
    accessToken: hidden(texts.accessToken),
    idToken: hidden(texts.idToken),
    refreshToken: hidden(texts.refreshToken),
  };
}

export function appSecretsBody(secrets: AppSecrets): unknown {
  return { clientSecret: shown(secrets.clientSecret) };
}

export function connectionSecretsBody(secrets: ConnectionSecrets): unknown {
  return {
    accessToken: shown(secrets.accessToken),
    idToken: shown(secrets.idToken),
    refreshToken: shown(secrets.refreshToken),
  };
}

/** The newest by time, in the order they came in. */
export function cappedHistory(exchanges: readonly Exchange[]): Exchange[] {
  if (exchanges.length <= historyLimit) return [...exchanges];
  const newest = exchanges
    .map((entry, place) => ({ entry, place }))
    .sort((a, b) => b.entry.atMs - a.entry.atMs)
    .slice(0, historyLimit);
  return newest.sort((a, b) => a.place - b.place).map(({ entry }) => entry);
}

/** What is in memory stands for what is on disk: whoever writes into it would make the two differ. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}
