import { createHash } from 'node:crypto';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { RedirectPage } from '../services/ports.ts';

export type LoopbackWords = Catalogue['loopback'];

/** Values of the window's `tokens.css`; plain media queries, since the browser here is whichever the person has. */
const style = `
:root { color-scheme: light dark; --ground: #ecf0ee; --panel: #ffffff; --line: #dce1df; --ink: #17201d; --ink-2: #444e4b; --life: #259281; --quiet: #6d7773; --stone: #026558; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0c1312; --panel: #182020; --line: #283131; --ink: #eaeeec; --ink-2: #b6bebb; --life: #54b9a5; --quiet: #858f8b; --stone: #15806f; }
}
@media (prefers-contrast: more) { :root { --ink-2: var(--ink); --line: var(--quiet); } }
* { box-sizing: border-box; margin: 0; }
body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink-2); font: 400 1rem/1.5 system-ui, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', 'Adwaita Sans', Cantarell, Ubuntu, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
main { width: 100%; max-width: 32rem; padding: 2.5rem; background: var(--panel); border: 1px solid var(--line); border-radius: 14px; }
.brand { display: flex; align-items: center; gap: 0.75rem; margin-bottom: 2rem; color: var(--ink); font-weight: 600; }
.brand svg { flex: none; width: 2.5rem; height: 2.5rem; }
h1 { display: flex; align-items: baseline; gap: 0.625rem; margin-bottom: 0.75rem; color: var(--ink); font-size: 1.5rem; line-height: 1.25; font-weight: 600; letter-spacing: -0.022em; }
h1 svg { flex: none; width: 1.25rem; height: 1.25rem; transform: translateY(0.125rem); }
p + p { margin-top: 0.5rem; }
.stone { fill: var(--stone); }
.arch { fill: #f4f9f7; }
.level { fill: #54b9a5; }
.good { color: var(--life); }
.none { color: var(--quiet); }
.cut { stroke: var(--panel); }
@media (max-width: 30rem) { main { padding: 1.5rem; } }
`;

/**
 * As strict as the window's own (B24): this one style by its hash, and nothing else at all. Every answer carries it,
 * the empty ones too.
 */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style, 'utf8').digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The keep with its gate open, as in the window. */
const keep =
  '<svg viewBox="0 0 64 64" aria-hidden="true">' +
  '<path class="stone" d="M4 14a8 8 0 0 1 8-8h7v6.5h7V6h12v6.5h7V6h7a8 8 0 0 1 8 8v36a10 10 0 0 1-10 10H14A10 10 0 0 1 4 50z"/>' +
  '<path class="arch" d="M19 51.5V33a13 13 0 0 1 26 0v18.5z"/><path class="level" d="M19 51.5V38.5h26v13z"/></svg>';

/** The window's marks "working" and "revoked": they differ without colour. */
const tick =
  '<svg class="good" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill="currentColor"/>' +
  '<path class="cut" d="m4.9 8.3 2.2 2.2 4-4.7" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const cross =
  '<svg class="none" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-linecap="round">' +
  '<rect x="2.35" y="2.35" width="11.3" height="11.3" rx="2.5" stroke-width="1.7"/>' +
  '<path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" stroke-width="1.6"/></svg>';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/**
 * The three pages as the bytes that are sent. Made before the browser is opened, of our words alone: pages of this
 * kind that repeat what the provider or a stranger put in the address are a bug found again and again.
 */
export function loopbackPages(words: LoopbackWords): Record<RedirectPage, Buffer> {
  const page = (mark: string, { heading, what }: { heading: string; what: string }): Buffer =>
    Buffer.from(
      `<!doctype html>
<html lang="${escaped(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.tabTitle(heading))}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="brand">${keep}<span>${escaped(words.product)}</span></p>
<h1>${mark}<span>${escaped(heading)}</span></h1>
<p>${escaped(what)}</p>
<p>${escaped(words.close)}</p>
</main>
</body>
</html>
`,
      'utf8',
    );
  return {
    signed_in: page(tick, words.signedIn),
    declined: page(cross, words.declined),
    rehearsed: page(tick, words.rehearsed),
  };
}
