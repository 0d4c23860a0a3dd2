import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { endpointKind, type EndpointKind } from '../../shared/model/provider.ts';
import { jsonIn, placeOf } from './file-json.ts';
import { isPlain } from './plain-name.ts';

/** A set-up as it lies in a file for colleagues: registrations and addresses. No member of it could hold a secret. */

export const mostSetUpBytes = 1024 * 1024;
/** As many as a person can look through in one dialog. */
export const mostApps = 20;

const format = 'grantkeep set-up';
/** Version 2 knows providers that are found by their issuer, and is written only where one is. */
const newest = 2;

const word = z.string().regex(/^[a-z0-9_-]{1,40}$/i);

const sharedApp = z.strictObject({
  providerId: word,
  name: z
    .string()
    .min(1)
    .max(120)
    .refine((name) => isPlain(name) && name.trim() === name),
  /** VSCHAR of RFC 6749 appendix A.1. */
  clientId: z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,510}[\x21-\x7e])?$/),
  regionId: word,
  endpoints: z.array(z.strictObject({ kind: endpointKind, url: z.string().max(2048).nullable() })).max(8),
  /** scope-token of RFC 6749 appendix A.4. */
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/)).max(200),
  redirectUri: z.string().max(2048).nullable(),
  choices: z.record(word, word),
  /** Of any other provider: what its addresses were found by, and whether its answers name it (RFC 9207). */
  issuer: z.string().max(2048).optional(),
  answersNameIssuer: z.literal(true).optional(),
});
export type SharedApp = z.infer<typeof sharedApp>;

const setUp = z.strictObject({
  format: z.literal(format),
  version: z.literal([1, newest]),
  apps: z.array(sharedApp).min(1).max(mostApps),
});

export function writeSetUp(apps: readonly SharedApp[]): string {
  const version = apps.some(needsNewest) ? newest : 1;
  return `${JSON.stringify(setUp.parse({ format, version, apps }), null, 2)}\n`;
}

/** An older program would call these wrong; by the number it knows that they are newer. */
function needsNewest({ issuer, endpoints }: SharedApp): boolean {
  return issuer !== undefined || endpoints.some(({ kind }) => kind === 'device' || kind === 'introspection');
}

/** Throws `set_up_wrong` with the place in the file, `set_up_newer`, `set_up_too_large`. */
export function readSetUp(bytes: Uint8Array): SharedApp[] {
  if (bytes.byteLength > mostSetUpBytes) throw new AppError('set_up_too_large');
  const body = jsonIn(bytes, 'set_up_wrong');
  if (isNewer(body)) throw new AppError('set_up_newer');
  const read = setUp.safeParse(body);
  if (read.success) return read.data.apps;
  throw new AppError('set_up_wrong', { name: placeOf(read.error.issues[0]) });
}

/** Only a file that is ours can be a newer one of ours. */
function isNewer(body: unknown): boolean {
  const head = z.object({ format: z.literal(format), version: z.number().int().gt(newest) });
  return head.safeParse(body).success;
}

/** Places of one app in its file, for what is found wrong by more than its shape. */
export function wrongAt(index: number, member: keyof SharedApp | EndpointKind): AppError {
  return new AppError('set_up_wrong', { name: `apps[${String(index)}].${member}` });
}
