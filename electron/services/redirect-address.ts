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

/** Hosts that are listened on, and a port that is written out. */
const shapeHere = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost):[1-9]\d{0,4}(?:[/?]|$)/;

/**
 * Can the browser come back by itself, because the address is this computer's? Only in the spelling that a browser
 * uses itself: any other one would not be known again when it comes back.
 */
export function isHere(redirectUri: string): boolean {
  if (!shapeHere.test(redirectUri) || !URL.canParse(redirectUri)) return false;
  const { href, origin, search } = new URL(redirectUri);
  return href === redirectUri || `${origin}${search}` === redirectUri;
}

/**
 * Does its path hold 128 random bits of our making, so that a hit on it is an answer where no state is sent (B6)? A
 * typed address without them is anybody's to hit, and only what a person pastes counts there.
 */
export function standsInForState(redirectUri: string): boolean {
  return isHere(redirectUri) && /\/[0-9a-f]{32}$/.test(new URL(redirectUri).pathname);
}

/** In a redirect address these would come back twice, and no answer would count (RFC 6749 section 3.1). */
const answersOwn = ['code', 'state', 'error', 'error_description', 'iss'];

/**
 * A redirect address that a person typed, as it is registered: kept byte for byte (G2), so only looked at. Throws
 * `address_invalid`, `address_insecure`; neither repeats what was typed, which may hold a password.
 */
export function checkedRedirectUri(typed: string): string {
  const text = typed.trim();
  const invalid = new AppError('address_invalid', { field: 'redirectUri' });
  // Nobody sees a zero-width space from a page, and the provider compares to the letter.
  if (!URL.canParse(text) || /[\p{Cc}\p{Cf}\s]/u.test(text)) throw invalid;
  const url = new URL(text);
  // RFC 6749 section 3.1.2: no fragment.
  if (url.username !== '' || url.password !== '' || text.includes('#')) throw invalid;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid;
  if (answersOwn.some((name) => url.searchParams.has(name))) throw invalid;
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new AppError('address_insecure', { field: 'redirectUri', host: url.host.slice(0, 260) });
  return text;
}
