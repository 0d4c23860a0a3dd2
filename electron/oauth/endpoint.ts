import { AppError, type FieldName } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import type { HttpRequest } from './transport.ts';
import type { ProviderWay } from './way.ts';

/** The window's field for each address. */
export const addressField: Record<EndpointKind, FieldName> = {
  authorization: 'authorizationEndpoint',
  token: 'tokenEndpoint',
  device: 'deviceEndpoint',
  revocation: 'revocationEndpoint',
  introspection: 'introspectionEndpoint',
  test: 'testEndpoint',
};

/** 127.0.0.0/8 and ::1 as WHATWG URLs spell them, and the name that means them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** Plain http is for this computer only (B12). */
export function isEncryptedOrLocal(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/**
 * B12, E7: https, this computer, or the one origin that a person agreed to have asked in clear for this app. Compared
 * as a whole origin: another port or a look-alike host is another server.
 */
export function mayBeAsked(url: URL, dangerouslyUnencryptedOrigin: string | null): boolean {
  return isEncryptedOrLocal(url) || (url.protocol === 'http:' && url.origin === dangerouslyUnencryptedOrigin);
}

/** The consent as a request carries it: only on a request that needs it. */
export function consentFor(
  url: URL,
  way: Pick<ProviderWay, 'dangerouslyUnencryptedOrigin'>,
): Pick<HttpRequest, 'dangerouslyUnencryptedOrigin'> {
  const origin = way.dangerouslyUnencryptedOrigin;
  return origin === null || isEncryptedOrLocal(url) ? {} : { dangerouslyUnencryptedOrigin: origin };
}

/**
 * The address of one kind, ready to be called. Throws `address_missing`, `address_invalid`, `address_insecure`:
 * an address that nobody published is never guessed (G7).
 */
export function endpointUrl(way: ProviderWay, kind: EndpointKind): URL {
  return usableUrl(way, way.addresses[kind], addressField[kind]);
}

/** The same for an address that is no endpoint of the app. */
export function usableUrl(way: ProviderWay, text: string | null, field: FieldName): URL {
  if (text === null || text.trim() === '') throw new AppError('address_missing', { field, name: way.providerName });
  if (!URL.canParse(text)) throw new AppError('address_invalid', { field });
  const url = new URL(text);
  // RFC 6749 section 3.1. Also an empty fragment: what is put behind it would never be sent.
  if (url.username !== '' || url.password !== '' || url.href.includes('#'))
    throw new AppError('address_invalid', { field });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AppError('address_invalid', { field });
  if (!mayBeAsked(url, way.dangerouslyUnencryptedOrigin))
    throw new AppError('address_insecure', { field, host: url.host });
  return url;
}
