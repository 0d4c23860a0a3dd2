import { Secret } from '../secret.ts';
import type { HttpAnswer, HttpRequest, Transport } from './transport.ts';
import type { RequestShape } from './way.ts';

/** The shape the library hands to a custom fetch. */
export type LibraryFetch = (
  url: string,
  options: { headers: Record<string, string>; body: URLSearchParams },
) => Promise<Response>;

/** Headers of every call (B16): nothing names the sender beyond the program. */
export const standardHeaders = { accept: 'application/json', 'user-agent': 'Grantkeep' } as const;

/** UTF-8 percent-encoding with `%20` for a space, also of the five that encodeURIComponent leaves (E2). */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function withQuery(url: string, parameters: Iterable<readonly [string, string]>): string {
  const pairs = [...parameters].map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`);
  return pairs.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

/** The library has set the parameters and the client authentication; where they go is the profile's. */
function shaped(
  url: string,
  parameters: URLSearchParams,
  shape: Pick<RequestShape, 'parameters'>,
): { url: string; body: string | null; contentType: string | null } {
  switch (shape.parameters) {
    case 'form':
      return { url, body: parameters.toString(), contentType: 'application/x-www-form-urlencoded' };
    case 'json':
      return { url, body: JSON.stringify(Object.fromEntries(parameters)), contentType: 'application/json' };
    case 'query':
      return { url: withQuery(url, parameters), body: null, contentType: null };
  }
}

/**
 * The one place where the library meets our transport: the request leaves as the profile wants it, and `judge`
 * reads the answer before the library does, because the library knows neither XML nor HTML nor an id_token that
 * stands alone. What `judge` throws goes through the library untouched.
 */
export function fetchThrough(
  transport: Transport,
  call: {
    shape: Pick<RequestShape, 'method' | 'parameters'>;
    timeLimitMs: number;
    /** `consentFor` of the address. */
    consent: Pick<HttpRequest, 'dangerouslyUnencryptedOrigin'>;
    /** The library's name of a parameter → the provider's. */
    rename?: { from: string; to: string };
    judge: (answer: HttpAnswer) => Response;
  },
): LibraryFetch {
  return async (url, options) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of options.body)
      parameters.append(name === call.rename?.from ? call.rename.to : name, value);
    const out = shaped(url, parameters, call.shape);
    const headers: Record<string, string> = { ...standardHeaders };
    if (out.contentType !== null) headers['content-type'] = out.contentType;
    const authorization = options.headers['authorization'];
    if (authorization !== undefined) headers['authorization'] = authorization;
    const answer = await transport.send({
      method: call.shape.method,
      url: new Secret(out.url),
      headers,
      body: out.body === null ? null : new Secret(out.body),
      timeLimitMs: call.timeLimitMs,
      ...call.consent,
    });
    return call.judge(answer);
  };
}
