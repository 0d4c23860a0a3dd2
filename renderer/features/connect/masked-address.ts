export interface Masked {
  shown: string;
  hasCode: boolean;
}

const dots = '••••••••••••';

/** A code too short to lose its first letters is masked as a whole. */
const maskedCode = (code: string): string => (code.length < 12 ? dots : `${code.slice(0, 3)}${dots}`);

/**
 * What may be shown of an address that was pasted: where it is of, and how its code begins, so that a person sees that
 * it is the right one. What else stands in its query is left out. Null: nothing is typed.
 */
export function maskedAddress(pasted: string): Masked | null {
  const text = pasted.trim();
  if (text === '') return null;
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  if (isAddress && !URL.canParse(text)) return { shown: dots, hasCode: false };
  const url = isAddress ? new URL(text) : null;
  const isQuery = url === null && /(?:^|[?&])(?:code|error)=/.test(text);
  const place = url === null ? '' : `${url.origin}${url.pathname}`;
  if (url === null && !isQuery) {
    // A sentence is no code, and it is the person's own affair.
    return /\s/.test(text) ? { shown: dots, hasCode: false } : { shown: maskedCode(text), hasCode: true };
  }
  const query = new URLSearchParams(url === null ? text.replace(/^[^?]*\?/, '') : url.search);
  const code = query.get('code');
  if (code !== null && code !== '') return { shown: `${place}?code=${maskedCode(code)}`, hasCode: true };
  return { shown: query.size === 0 ? place : `${place}?${dots}`, hasCode: false };
}
