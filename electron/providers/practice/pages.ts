import { createHash } from 'node:crypto';
import { english } from '../../../shared/text/catalogue.ts';
import { answer, type WholeAnswer } from './wire.ts';

const words = english.practice.pages;

/** Text in a page. Names of apps come from whoever registered them. */
export function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}

/** The surfaces, inks and heather of the window, so that the page is known at a glance as practice. */
const style = `:root{color-scheme:light dark;--ground:light-dark(#f7faf9,#121919);--paper:light-dark(#fff,#202929);--ink:light-dark(#17201d,#eaeeec);--ink-2:light-dark(#444e4b,#b6bebb);--line:light-dark(#c4cbc8,#3f4948);--accent:light-dark(#026558,#67c9b4);--on-accent:light-dark(#fff,#001f1a);--tint:light-dark(#d8f0e9,#1b3431);--practice:light-dark(#6c437e,#d7b6e6);--practice-tint:light-dark(#f5edf9,#342939)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:400 15px/22px system-ui,sans-serif}
.band{margin:0;padding:8px 20px;background:var(--practice-tint);color:var(--practice);font-weight:500}
main{max-width:480px;margin:48px auto;padding:28px;background:var(--paper);border:1px solid var(--line);border-radius:14px}
h1{margin:0 0 8px;font-size:20px;line-height:26px;font-weight:600;overflow-wrap:anywhere}
p{margin:0 0 12px;overflow-wrap:anywhere}
.dim{color:var(--ink-2);font-size:13px;line-height:20px}
fieldset{margin:20px 0;padding:0;border:0}
legend{padding:0;margin-bottom:6px;font-weight:500}
label{display:flex;gap:10px;align-items:center;padding:10px 12px;border:1px solid var(--line);border-radius:10px;margin-top:8px;overflow-wrap:anywhere}
label:has(:checked){background:var(--tint);border-color:var(--accent)}
input{accent-color:var(--accent);margin:0}
.acts{display:flex;gap:10px;justify-content:flex-end;flex-wrap:wrap;margin:20px 0 16px}
button{min-height:36px;padding:6px 18px;border-radius:6px;border:1px solid var(--line);background:transparent;color:inherit;font:inherit}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:500}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:540px){main{margin:0;border-width:0 0 1px;border-radius:0}}`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** A form's answer is a redirect, and Chromium holds that to `form-action`, too. An IPv6 host has no spelling there. */
function formSource(address: string): string {
  const url = new URL(address);
  return url.hostname.startsWith('[') ? url.protocol : url.origin;
}

/** A page of a practice provider: no script, no request of its own, and forms that lead here and to `formTargets`. */
export function practicePage(
  status: number,
  { title, heading, inner, formTargets }: { title: string; heading: string; inner: string; formTargets: string[] },
): WholeAnswer {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head>
<body><p class="band">${escaped(words.band)}</p>
<main><p class="dim">${escaped(title)}</p><h1>${escaped(heading)}</h1>
${inner}
<p class="dim">${escaped(words.here)}</p></main></body>
</html>
`;
  const sources = ["'self'", ...new Set(formTargets.map(formSource))].join(' ');
  const formAction = formTargets.length === 0 ? "'none'" : sources;
  return answer(status, 'text/html; charset=utf-8', html, {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
}

export function radios(name: string, legend: string, choices: readonly { value: string; words: string }[]): string {
  const one = ({ value, words: text }: { value: string; words: string }, index: number): string =>
    `<label><input type="radio" name="${name}" value="${escaped(value)}"${index === 0 ? ' checked' : ''}>${escaped(text)}</label>`;
  return `<fieldset><legend>${escaped(legend)}</legend>${choices.map(one).join('')}</fieldset>`;
}

/** Why nothing is asked, and no redirect: the browser goes nowhere that a wrong link names. */
export function refusalPage(system: string, why: string, status = 400): WholeAnswer {
  const inner = `<p>${escaped(why)}</p><p>${escaped(words.refusedLead)}</p>`;
  return practicePage(status, {
    title: words.consentTitle(system),
    heading: words.refusedTitle,
    inner,
    formTargets: [],
  });
}

export function usedPage(system: string): WholeAnswer {
  const inner = `<p>${escaped(words.refused.used)}</p><p>${escaped(words.refusedLead)}</p>`;
  const title = words.consentTitle(system);
  return practicePage(400, { title, heading: words.refused.usedTitle, inner, formTargets: [] });
}
