import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { isLoopbackHost } from './endpoint.ts';

/** What a person brought: the query of the address the browser landed on, or a code alone. */
export type Pasted = { kind: 'query'; query: string } | { kind: 'code'; code: Secret };

/** No address that the listener takes is longer (B7). */
const longest = 8192;
/** RFC 6749 appendix A.11 is printable ASCII. Less is taken here: a space, a bracket, a quote or a ? is no code. */
const codeAlone = /^[\x21\x23-\x25\x28-\x3b\x3d\x40-\x7e]{1,4096}$/;
/** A code may end in base64's padding; any other = belongs to something that is no code. */
const equalsInside = /=(?!=?$)/;
const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i;
/** Browsers show an address without its scheme, and some copy it so. */
const withoutScheme = /^[^?#=&\s]+\?[^?]*=/;
/** `javascript:`, `data:`, `mailto:` and their kind. */
const ofAnotherKind = /^[a-z][a-z-]{2,15}:/i;

const noCode = (): AppError => new AppError('pasted_no_code', { field: 'redirectUri' });

/**
 * G3: the whole address, the part after the `?`, or the bare code. An address of another host than the registered
 * redirect address is refused: what stands there was not meant for this app. Throws `pasted_elsewhere`, `pasted_no_code`.
 */
export function readPasted(pasted: string, redirectUri: string): Pasted {
  const text = pasted
    .trim()
    .replace(/^[<"']+|[>"']+$/g, '')
    .trim();
  if (text === '' || text.length > longest || /\p{Cc}/u.test(text)) throw noCode();
  const registered = new URL(redirectUri);
  if (withScheme.test(text)) return { kind: 'query', query: queryOf(text, registered) };
  if (withoutScheme.test(text)) {
    const address = text.startsWith('/') ? `${registered.origin}${text}` : `${registered.protocol}//${text}`;
    return { kind: 'query', query: queryOf(address, registered) };
  }
  const query = text.replace(/^\?/, '').replace(/#.*$/, '');
  const names = new URLSearchParams(query);
  if (query.includes('=') && !/\s/.test(query) && (names.has('code') || names.has('error')))
    return { kind: 'query', query };
  const isAddress = ofAnotherKind.test(text) || text.includes(registered.host);
  if (isAddress || !codeAlone.test(text) || equalsInside.test(text)) throw noCode();
  return { kind: 'code', code: new Secret(text) };
}

function queryOf(address: string, registered: URL): string {
  if (!URL.canParse(address)) throw noCode();
  const url = new URL(address);
  // A browser that allows only https turns http://127.0.0.1 into https, and so it is what a person copies from it.
  const sameScheme =
    url.protocol === registered.protocol || (isLoopbackHost(registered.hostname) && url.protocol === 'https:');
  const isBare = url.username === '' && url.password === '';
  if (!sameScheme || !isBare || url.host !== registered.host || url.pathname !== registered.pathname) {
    const [host, name] = [url.host.slice(0, 260), registered.host.slice(0, 260)];
    throw new AppError('pasted_elsewhere', { field: 'redirectUri', host, name });
  }
  return url.search.slice(1);
}
