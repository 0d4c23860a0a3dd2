import { randomBytes, randomInt } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { isLoopbackHost } from '../oauth/endpoint.ts';

/** Below the ports that systems hand out by themselves (Linux from 32768, others from 49152), above the well-known. */
const lowestPort = 20_000;
const highestPort = 32_000;

/**
 * A redirect address of this program's own, made once for an app and registered at the provider. Literal 127.0.0.1,
 * since `localhost` may be ::1 and so another program's (RFC 8252 section 8.3). A path for each provider, which tells
 * mixed-up providers apart where none sends `iss` (RFC 9700 section 4.4.2). `unguessable`: 128 random bits in the path,
 * which stand in for the state of a provider that sends none (B6).
 */
export function ownRedirectUri(providerId: string, unguessable: boolean): string {
  const port = randomInt(lowestPort, highestPort);
  const path = unguessable ? `/${providerId}/${randomBytes(16).toString('hex')}` : `/${providerId}`;
  return `http://127.0.0.1:${String(port)}${path}`;
}

/** Can the browser come back by itself, because the address is this computer's? */
export function isHere(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const url = new URL(redirectUri);
  return url.protocol === 'http:' && isLoopbackHost(url.hostname) && url.port !== '';
}

/**
 * A redirect address that a person typed, as it is registered: kept byte for byte (G2), so only looked at. Throws
 * `address_invalid`, `address_insecure`.
 */
export function checkedRedirectUri(typed: string): string {
  const text = typed.trim();
  const invalid = new AppError('address_invalid', { field: 'redirectUri', name: text.slice(0, 200) });
  if (!URL.canParse(text) || /[\p{Cc}\s]/u.test(text)) throw invalid;
  const url = new URL(text);
  // RFC 6749 section 3.1.2: no fragment.
  if (url.username !== '' || url.password !== '' || text.includes('#')) throw invalid;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid;
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new AppError('address_insecure', { field: 'redirectUri', host: url.host });
  return text;
}
