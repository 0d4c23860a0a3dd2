import type { FieldName } from '../../../shared/errors.ts';
import type { EndpointKind, ProviderView } from '../../../shared/model/provider.ts';

/** A space that came along with a copy is the most frequent wrong key; it is named, never cut off unasked. */
export function spaceAt(value: string): 'start' | 'end' | null {
  if (/^\s/.test(value)) return 'start';
  return /\s$/.test(value) ? 'end' : null;
}

export type AddressFault = 'not_an_address' | 'not_secure' | 'user_info' | 'fragment';

const loopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** The light check while typing. Main has the last word when the addresses are handed over. */
export function addressFault(typed: string): AddressFault | null {
  const value = typed.trim();
  if (value === '') return null;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'not_an_address';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not_an_address';
  if (url.username !== '' || url.password !== '') return 'user_info';
  if (url.hash !== '') return 'fragment';
  return url.protocol === 'http:' && !loopback(url.hostname) ? 'not_secure' : null;
}

export function fieldOfEndpoint(kind: EndpointKind): FieldName {
  return `${kind}Endpoint`;
}

/** What the profile says for this address in this region; null = nobody published it. */
export function profileUrl(provider: ProviderView, kind: EndpointKind, regionId: string): string | null {
  return provider.endpoints.find((endpoint) => endpoint.kind === kind)?.urls[regionId] ?? null;
}
