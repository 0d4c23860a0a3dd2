import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { endpointKind } from '../../shared/model/provider.ts';
import { jsonIn, placeOf } from './file-json.ts';
import { isPlain } from './plain-name.ts';

/** Any other provider as it lies in a file: where it is asked, and for what. Data only; no member could hold a secret. */

export const mostProviderBytes = 65_536;

const format = 'grantkeep provider';
const version = 1;

const word = z.string().regex(/^[a-z0-9_-]{1,40}$/i);
/** Only https, also for this computer: a file is for others. */
const address = z
  .string()
  .max(2048)
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:' && !/\p{Cc}/u.test(text));

const providerFile = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  name: z
    .string()
    .min(1)
    .max(120)
    .refine((name) => isPlain(name) && name.trim() === name),
  issuer: address.nullable(),
  endpoints: z
    .array(z.strictObject({ kind: endpointKind, url: address }))
    .max(8)
    .refine((all) => new Set(all.map(({ kind }) => kind)).size === all.length),
  /** scope-token of RFC 6749 appendix A.4. */
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/)).max(200),
  choices: z.record(word, word),
});
export type ProviderFile = Omit<z.infer<typeof providerFile>, 'format' | 'version'>;

/** Throws `address_insecure` where an address would not be taken back. */
export function writeProvider(provider: ProviderFile): string {
  const insecure = [provider.issuer, ...provider.endpoints.map(({ url }) => url)].find(
    (url) => url !== null && new URL(url).protocol !== 'https:',
  );
  if (insecure != null) throw new AppError('address_insecure', { host: new URL(insecure).host });
  return `${JSON.stringify(providerFile.parse({ format, version, ...provider }), null, 2)}\n`;
}

/** Throws `provider_file_wrong` with the place in the file. */
export function readProvider(bytes: Uint8Array): ProviderFile {
  if (bytes.byteLength > mostProviderBytes) throw new AppError('provider_file_wrong');
  const read = providerFile.safeParse(jsonIn(bytes, 'provider_file_wrong'));
  if (!read.success) throw new AppError('provider_file_wrong', { name: placeOf(read.error.issues[0]) });
  const { name, issuer, endpoints, scopes, choices } = read.data;
  return { name, issuer, endpoints, scopes, choices };
}
