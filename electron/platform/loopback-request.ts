import type { IncomingMessage } from 'node:http';

/** For the request line's address and for the headers, each (B7). */
export const largestPart = 8192;

/**
 * Is it for us by name? Another name that points to this computer is how a web page would get in (DNS rebinding), and
 * of two names a program in between might read the other one.
 */
export function isForHost(hosts: readonly string[], { rawHeaders }: IncomingMessage): boolean {
  const named = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
  return named.length === 1 && hosts.includes(named[0]?.toLowerCase() ?? '');
}

/** The query of a plain GET of exactly that path, as it stands in the address; null: it is something else. */
export function queryOf({ method, url = '', headers, rawHeaders }: IncomingMessage, path: string): string | null {
  const hasBody = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  // Each name and each value is followed by two more bytes on its line.
  const headerBytes = rawHeaders.reduce((bytes, part) => bytes + part.length + 2, 0);
  if (method !== 'GET' || hasBody || url.length > largestPart || headerBytes > largestPart) return null;
  const mark = url.indexOf('?');
  if ((mark === -1 ? url : url.slice(0, mark)) !== path) return null;
  return mark === -1 ? '' : url.slice(mark + 1);
}
