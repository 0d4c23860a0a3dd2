import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { isLoopbackHost } from './endpoint.ts';

/** What a person brought: the query of the address the browser landed on, or a code alone. */
export type Pasted = { kind: 'query'; query: string } | { kind: 'code'; code: Secret };

/** RFC 6749 appendix A.11: a code is printable ASCII. A space or an angle bracket is a sentence or a page. */
const codeAlone = /^[\x21-\x7e]{1,4096}$/;

/**
 * G3: the whole address, the part after the `?`, or the bare code. An address of another host than the registered
 * redirect address is refused: what stands there was not meant for this app. Throws `pasted_elsewhere`, `pasted_no_code`.
 */
export function readPasted(pasted: string, redirectUri: string): Pasted {
  const text = pasted.trim().replace(/^[<"']+|[>"']+$/g, '');
  if (text === '') throw new AppError('pasted_no_code', { field: 'redirectUri' });
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'query', query: queryOf(text, redirectUri) };
  if (/^\??(?:[^=&\s]+=[^&\s]*&)*(?:code|error)=[^&\s]+/.test(text))
    return { kind: 'query', query: text.replace(/^\?/, '') };
  if (!codeAlone.test(text) || text.includes('=') || text.includes('&')) {
    // A code may end in base64's padding; any other = belongs to something that is no code.
    if (!/^[^=&\s]{4,}={1,2}$/.test(text)) throw new AppError('pasted_no_code', { field: 'redirectUri' });
  }
  return { kind: 'code', code: new Secret(text) };
}

function queryOf(text: string, redirectUri: string): string {
  if (!URL.canParse(text) || /\p{Cc}/u.test(text)) throw new AppError('pasted_no_code', { field: 'redirectUri' });
  const url = new URL(text);
  const registered = new URL(redirectUri);
  // A browser that allows only https turns http://127.0.0.1 into https, and so it is what a person copies from it.
  const sameScheme = url.protocol === registered.protocol || isLoopbackHost(registered.hostname);
  if (!sameScheme || url.host !== registered.host || url.pathname !== registered.pathname) {
    throw new AppError('pasted_elsewhere', { field: 'redirectUri', host: url.host, name: registered.host });
  }
  return url.search.slice(1);
}
