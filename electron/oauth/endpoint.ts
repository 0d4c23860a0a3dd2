import { AppError, type FieldName } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import type { ProviderWay } from './way.ts';

/** The window's field for each address. */
export const addressField: Record<EndpointKind, FieldName> = {
  token: 'tokenEndpoint',
  revocation: 'revocationEndpoint',
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
 * The address of one kind, ready to be called. Throws `address_missing`, `address_invalid`, `address_insecure`:
 * an address that nobody published is never guessed (G7).
 */
export function endpointUrl(way: ProviderWay, kind: EndpointKind): URL {
  const field = addressField[kind];
  const text = way.addresses[kind];
  if (text === null || text.trim() === '') throw new AppError('address_missing', { field, name: way.providerName });
  if (!URL.canParse(text)) throw new AppError('address_invalid', { field });
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw new AppError('address_invalid', { field });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AppError('address_invalid', { field });
  if (!isEncryptedOrLocal(url)) throw new AppError('address_insecure', { field, host: url.host });
  return url;
}
