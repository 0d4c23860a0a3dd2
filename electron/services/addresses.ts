import { AppError, type FieldName } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import { addressField, isEncryptedOrLocal, mayBeAsked } from '../oauth/endpoint.ts';

/** A web address without user name or fragment (RFC 6749 section 3.2). */
function parsed(typed: string, field: FieldName): URL {
  const text = typed.trim();
  // A line feed in an address is how one parser is played against another, so control characters are refused.
  if (!URL.canParse(text) || /\p{Cc}/u.test(text)) throw new AppError('address_invalid', { field });
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw new AppError('address_invalid', { field });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AppError('address_invalid', { field });
  return url;
}

/**
 * An address a person typed, as it will be used: https, or http on this computer or on the one origin that was agreed
 * to. Throws `address_invalid` or `address_insecure` with the field.
 */
export function checkedAddress(kind: EndpointKind, typed: string, agreedOrigin: string | null = null): string {
  const field = addressField[kind];
  const url = parsed(typed, field);
  if (!mayBeAsked(url, agreedOrigin)) throw new AppError('address_insecure', { field, host: url.host });
  return url.href;
}

/**
 * The address of a server of the customer's own (E6): scheme, host, port and context path are kept, slashes at the end
 * are not. Plain http is taken here and asked about elsewhere (E7). Throws `address_invalid`.
 */
export function checkedBaseUrl(typed: string): string {
  const url = parsed(typed, 'baseUrl');
  if (url.search !== '' || typed.includes('?') || typed.includes('#')) {
    throw new AppError('address_invalid', { field: 'baseUrl' });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** The origin that plain http would be spoken to beyond this computer, or null where no consent is needed. */
export function unencryptedOrigin(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return null;
  const url = new URL(baseUrl);
  return isEncryptedOrLocal(url) ? null : url.origin;
}

/** Throws `address_insecure` where the server is asked in clear and nobody has agreed to that. */
export function mustBeAgreed(baseUrl: string, agreedOrigin: string | null): void {
  const origin = unencryptedOrigin(baseUrl);
  if (origin === null || origin === agreedOrigin) return;
  throw new AppError('address_insecure', { field: 'unencryptedAgreed', host: new URL(baseUrl).host });
}
