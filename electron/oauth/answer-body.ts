import type { HttpAnswer } from './transport.ts';

export type Members = Readonly<Record<string, unknown>>;

/** What a body is, whatever its Content-Type claims: some frameworks label XML as JSON (providers.md, ER/Studio). */
export type AnswerBody =
  | { form: 'empty' }
  | { form: 'json'; members: Members }
  | { form: 'xml'; error: string | null; description: string | null }
  /** HTML, a bare JSON value, cut or foreign text. Nothing in it is read. */
  | { form: 'html' }
  | { form: 'other'; text: string };

const predefined: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Text of one element. No parser, no entity beyond the five of XML itself, and nothing of a document with a DTD. */
function xmlText(body: string, element: 'error' | 'error_description'): string | null {
  const open = body.indexOf(`<${element}>`);
  if (open < 0) return null;
  const start = open + element.length + 2;
  const end = body.indexOf(`</${element}>`, start);
  if (end < 0) return null;
  const text = body.slice(start, end);
  if (text.includes('<')) return null;
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => predefined[name] ?? '');
}

function fromMarkup(body: string): AnswerBody {
  const head = body.slice(0, 200).toLowerCase();
  const looksLikeHtml = /^<(?:!doctype\s+html|html|head|body|!--)/.test(head) || /<html[\s>]/i.test(body);
  if (looksLikeHtml || /<!(?:doctype|entity)/i.test(body)) return { form: 'html' };
  const error = xmlText(body, 'error');
  const description = xmlText(body, 'error_description');
  return error === null && description === null ? { form: 'html' } : { form: 'xml', error, description };
}

/** Decided by the first character that is no space, never by the header. Never throws. */
export function readBody(answer: Pick<HttpAnswer, 'body'>): AnswerBody {
  const body = answer.body.replace(/^\ufeff/, '').trim();
  if (body === '') return { form: 'empty' };
  if (body.startsWith('<')) return fromMarkup(body);
  if (body.startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(body);
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
        return { form: 'json', members: parsed as Members };
      }
    } catch {
      // Cut or foreign text; said below.
    }
  }
  return { form: 'other', text: body.slice(0, 2000) };
}

/** An own member only: `__proto__` and friends of a hostile answer are data, not behaviour. */
export function member(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A non-empty string member, else null. */
export function textMember(members: Members, name: string): string | null {
  const value = member(members, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `data.companyId` → the value, or undefined. */
export function memberAt(members: Members, path: string): unknown {
  let at: unknown = members;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name)) return undefined;
    at = (at as Members)[name];
  }
  return at;
}
