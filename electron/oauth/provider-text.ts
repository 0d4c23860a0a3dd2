import type { Secret } from '../secret.ts';

const mask = '•••';
const longest = 200;

/** C0, C1, bidi, zero-width, tags, line separators, fillers, private use: all that a person cannot see (B65). */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const loneSurrogate = /\p{Cs}/gu;

const named =
  /(["']?\b(?:password|client_secret|refresh_token|access_token|id_token|code_verifier|code|token|authorization)["']?\s*[:=]\s*)(?:(?:bearer|basic)\s+)?("[^"]*"|'[^']*'|[^\s,;&"'<>}]+)/giu;
const scheme = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/giu;
const jwt = /\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){1,4}/gu;

/** String.prototype.toWellFormed, which the compiler's library does not know yet. */
const wellFormed = (text: string): string => text.replace(loneSurrogate, '\ufffd');

/** The spellings under which a server may echo a secret: as it is, in a URL, in a form, in JSON, in a Basic header. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const inUrl = encodeURIComponent(wellFormed(value));
  const inForm = new URLSearchParams({ '': value }).toString().slice(1);
  const base64 = bytes.toString('base64');
  const all = [
    value,
    inUrl,
    inForm,
    JSON.stringify(value).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
  const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  return [...all, lowerHex(inUrl), lowerHex(inForm)];
}

/** A one-letter password would blot out every such letter and so give itself away; those stay to the named rule. */
const shortestMasked = 3;

/**
 * The provider's own words, safe to draw and to paste: invisible characters out, secrets masked, at most 200
 * characters. Null when nothing is left. Stripping comes first, so that a zero-width space cannot split a secret
 * past the mask; the cap comes last, so that it cannot cut one in half.
 */
export function providerText(text: string, secrets: readonly Secret[]): string | null {
  const squeeze = (value: string): string =>
    value
      .replace(/[\t\n\r]+/g, ' ')
      .replace(invisible, '')
      .replace(/ {2,}/g, ' ');
  let clean = squeeze(wellFormed(text));
  const known = new Set<string>();
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length < shortestMasked) continue;
    for (const spelling of spellings(value)) {
      known.add(spelling);
      // The text was squeezed, so the secret has to be looked for as squeezed, too.
      known.add(squeeze(wellFormed(spelling)));
    }
  }
  const longestFirst = [...known]
    .filter((spelling) => spelling.length >= shortestMasked)
    .sort((a, b) => b.length - a.length);
  for (const spelling of longestFirst) clean = clean.replaceAll(spelling, mask);
  clean = clean.replace(named, `$1${mask}`).replace(scheme, `$1 ${mask}`).replace(jwt, mask).trim();
  const cut = clean.length <= longest ? clean : `${wellFormed(clean.slice(0, longest - 1)).replace(/\ufffd$/, '')}…`;
  return cut === '' ? null : cut;
}

/** The names of an answer's members, for "what came instead"; never a value. */
export function memberNames(members: Readonly<Record<string, unknown>>, secrets: readonly Secret[]): string[] {
  return Object.keys(members)
    .slice(0, 20)
    .map((name) => wellFormed((providerText(name, secrets) ?? '').slice(0, 60)))
    .filter((name) => name !== '');
}
