// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loopbackPages, pagePolicy } from '../../../electron/platform/loopback-pages.ts';
import { english } from '../../../shared/text/catalogue.ts';

const words = english.loopback;
const pages = loopbackPages(words);
const each = [
  ['signed_in', words.signedIn],
  ['declined', words.declined],
  ['rehearsed', words.rehearsed],
] as const;

const drawn = (bytes: Buffer): Document => new DOMParser().parseFromString(bytes.toString('utf8'), 'text/html');

describe.each(each)('the page %s', (name, { heading, what }) => {
  const page = drawn(pages[name]);

  test('names the app, says in one heading what happened, and that the tab can be closed', () => {
    expect(page.documentElement.lang).toBe('en');
    expect(page.title).toBe(`${heading} · Grantkeep`);
    expect([...page.querySelectorAll('h1')].map((one) => one.textContent)).toEqual([heading]);
    expect(page.querySelector('.brand')?.textContent).toBe('Grantkeep');
    expect([...page.querySelectorAll('main > p:not(.brand)')].map((one) => one.textContent)).toEqual([
      what,
      words.close,
    ]);
  });

  test('has its one style allowed by its hash, and nothing that would be refused or fetched', () => {
    const [style, ...more] = page.querySelectorAll('style');
    expect(more).toEqual([]);
    const hash = createHash('sha256')
      .update(style?.textContent ?? '', 'utf8')
      .digest('base64');
    expect(pagePolicy).toContain(`style-src 'sha256-${hash}';`);
    const html = pages[name].toString('utf8');
    expect(html).not.toMatch(
      /<(?:script|link|img|iframe|form|a|base|object)\b|\bstyle=|\bon\w+=|url\(|@import|https?:/i,
    );
  });

  test('is small enough to leave in one piece', () => {
    expect(pages[name].length).toBeLessThan(8192);
  });
});

test('the policy lets nothing in but that style', () => {
  expect(pagePolicy.split('; ').map((part) => part.replace(/sha256-[\w+/=]{44}/, 'hash'))).toEqual([
    "default-src 'none'",
    "style-src 'hash'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('words of another language stay words, whatever signs are in them', () => {
  const bytes = loopbackPages({
    ...words,
    language: 'de',
    declined: { heading: 'A & B', what: '<b title="x">nichts</b>' },
  }).declined;
  const page = drawn(bytes);
  expect(page.documentElement.lang).toBe('de');
  expect(page.querySelector('h1')?.textContent).toBe('A & B');
  expect(page.querySelector('b')).toBeNull();
  expect(page.body.textContent).toContain('<b title="x">nichts</b>');
});
