import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentRow, musts, type HeldBy } from '../security/musts.ts';

const root = resolve(import.meta.dirname, '../..');
const document = readFileSync(join(root, 'SECURITY.md'), 'utf8');

/** Does a test or a group whose title begins so stand in that file, and does it carry this number? */
function isThere(id: string, { file, title }: HeldBy): boolean {
  const path = join(root, 'test', file);
  if (!existsSync(path) || !title.split(/[ :]/).includes(id)) return false;
  const text = readFileSync(path, 'utf8');
  return ["'", '`', '"'].some((quote) => text.includes(`${quote}${title}`));
}

const held = musts.flatMap(({ id, held: by }) => by.map((one) => ({ id, ...one })));

describe('the musts', () => {
  it('are all there, once and in order', () => {
    const missing = [36, 37, 38, 39, 53, 54];
    const numbers = Array.from({ length: 69 }, (_, n) => n + 1).filter((number) => !missing.includes(number));
    expect(musts.map(({ id }) => id)).toEqual(numbers.map((number) => `B${number}`));
  });

  it('name tests at all, and find out one that is not there', () => {
    expect(held.length).toBeGreaterThan(120);
    const real = held[0]!;
    expect(isThere('B1', real)).toBe(true);
    expect(isThere('B1', { ...real, title: 'B1: a title that nobody wrote' })).toBe(false);
    expect(isThere('B1', { ...real, file: 'rules/nobody.test.ts' })).toBe(false);
    expect(isThere('B2', real)).toBe(false);
  });

  it.each(held)('$id is held by "$title" in $file', ({ id, file, title }) => {
    expect(isThere(id, { file, title })).toBe(true);
  });

  it('say why where one is not held, or not in full', () => {
    const bare = musts.filter(({ held: by, not }) => by.length === 0 && not === null);
    expect(bare).toEqual([]);
    const reasons = musts.filter(({ not }) => not !== null);
    expect(reasons.filter(({ not }) => not!.length < 20).map(({ id }) => id)).toEqual([]);
    // What is promised in part says so, and what is not there says "yet".
    expect(
      reasons
        .filter(({ held: by, not }) => !not!.startsWith(by.length > 0 ? 'in full: ' : 'yet: '))
        .map(({ id }) => id),
    ).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  it('has each must in its table, word for word', () => {
    const rows = document.split('\n').filter((row) => /^\| B\d+ \|/.test(row));
    expect(rows).toEqual(musts.map(documentRow));
  });

  it('B61: says what cannot be wiped, and what is protected from nobody', () => {
    expect(document).toMatch(/strings of JavaScript cannot be wiped/i);
    expect(document).toMatch(/debugger/);
    expect(document).toMatch(/Windows Credential Manager/);
  });

  it('names a way to report that is really there', () => {
    expect(document).toMatch(/private/);
    expect(document).not.toMatch(/@[\w-]+\.\w+|mailto:/);
  });
});
