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

const isClear = (url: URL): boolean => url.protocol === 'http:' && !loopback(url.hostname);

/** The light check while typing. Main has the last word when the addresses are handed over. */
export function addressFault(typed: string, agreedOrigin: string | null = null): AddressFault | null {
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
  return isClear(url) && url.origin !== agreedOrigin ? 'not_secure' : null;
}

/** Can the browser come back to this program by itself? Main has the last word. */
export function comesBackHere(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const url = new URL(redirectUri);
  return url.protocol === 'http:' && loopback(url.hostname) && url.port !== '';
}

export function fieldOfEndpoint(kind: EndpointKind): FieldName {
  return `${kind}Endpoint`;
}

/** The address of one's own server while it is typed: an address, and nothing behind the path (E6). */
export function serverFault(typed: string): Exclude<AddressFault, 'not_secure'> | 'query' | null {
  const fault = addressFault(typed);
  if (fault !== null && fault !== 'not_secure') return fault;
  return typed.includes('?') ? 'query' : null;
}

/** Where asking this address would go over a network in clear, or null (E7). */
export function clearOf(typed: string): { origin: string; host: string } | null {
  const value = typed.trim();
  if (serverFault(value) !== null || value === '') return null;
  const url = new URL(value);
  return isClear(url) ? { origin: url.origin, host: url.host } : null;
}

/** What is typed of a server of one's own; `baseUrl` is null where the hosts are fixed. */
export interface OwnServer {
  baseUrl: string | null;
  unencryptedAgreed: boolean;
}

/** What was agreed to, as `addressFault` takes it. */
export function agreedOrigin(form: OwnServer): string | null {
  return form.unencryptedAgreed ? (clearOf(form.baseUrl ?? '')?.origin ?? null) : null;
}

/** What is still to be said of one's own server before anything goes there. */
export function missingServer(form: OwnServer): FieldName[] {
  if (form.baseUrl === null) return [];
  if (form.baseUrl.trim() === '' || serverFault(form.baseUrl) !== null) return ['baseUrl'];
  return clearOf(form.baseUrl) !== null && !form.unencryptedAgreed ? ['unencryptedAgreed'] : [];
}

/**
 * What of it goes to main. One that is no address yet stays here, so that going back is not held up by it; what was
 * agreed is said with the server it is for, because main forgets it with any other.
 */
export function changedServer(
  form: OwnServer,
  view: OwnServer,
): Partial<{ baseUrl: string; unencryptedAgreed: boolean }> {
  const { baseUrl, unencryptedAgreed } = form;
  if (baseUrl === null || serverFault(baseUrl) !== null) return {};
  if (baseUrl !== view.baseUrl) return { baseUrl, unencryptedAgreed };
  return unencryptedAgreed === view.unencryptedAgreed ? {} : { unencryptedAgreed };
}

/** What the profile says for this address in this region; null = nobody published it, or its server is not typed yet. */
export function profileUrl(
  provider: ProviderView,
  kind: EndpointKind,
  regionId: string,
  baseUrl: string | null,
): string | null {
  const url = provider.endpoints.find((endpoint) => endpoint.kind === kind)?.urls[regionId] ?? null;
  if (url?.startsWith('{base}') !== true) return url;
  const server = (baseUrl ?? '').trim().replace(/\/+$/, '');
  return server === '' || serverFault(server) !== null ? null : `${server}${url.slice('{base}'.length)}`;
}
