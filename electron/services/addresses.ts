import { AppError } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import { addressField, isEncryptedOrLocal } from '../oauth/endpoint.ts';

/**
 * An address a person typed, as it will be used: https, or http on this computer; no user name, no fragment
 * (RFC 6749 section 3.2). Throws `address_invalid` or `address_insecure` with the field.
 */
export function checkedAddress(kind: EndpointKind, typed: string): string {
  const field = addressField[kind];
  const text = typed.trim();
  // A line feed in an address is how one parser is played against another, so control characters are refused.
  if (!URL.canParse(text) || /\p{Cc}/u.test(text)) throw new AppError('address_invalid', { field });
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw new AppError('address_invalid', { field });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AppError('address_invalid', { field });
  if (!isEncryptedOrLocal(url)) throw new AppError('address_insecure', { field, host: url.host });
  return url.href;
}
