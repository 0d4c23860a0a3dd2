import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultTable, type ShownBy } from '../faults/table.ts';

const tests = resolve(import.meta.dirname, '..');

/** Does a test or a group whose title begins so stand in that file, and does it carry this number? */
function isThere(id: string, { file, title }: ShownBy): boolean {
  if (!existsSync(join(tests, file)) || !title.split(/[ :]/).includes(id)) return false;
  const text = readFileSync(join(tests, file), 'utf8');
  return ["'", '`', '"'].some((quote) => text.includes(`${quote}${title}`));
}

const shown = faultTable.flatMap(({ id, shown: by }) => ('not' in by ? [] : by.map((one) => ({ id, ...one }))));

describe('the fault table', () => {
  it('names tests at all, and finds out one that is not there', () => {
    expect(shown.length).toBeGreaterThan(40);
    const real = shown[0]!;
    expect(isThere('F1', real)).toBe(true);
    expect(isThere('F1', { ...real, title: 'F1: a title that nobody wrote' })).toBe(false);
    expect(isThere('F1', { ...real, file: 'faults/nobody.test.ts' })).toBe(false);
    expect(isThere('F2', real)).toBe(false);
  });

  it.each(shown)('$id is shown by "$title" in $file', ({ id, file, title }) => {
    expect(isThere(id, { file, title })).toBe(true);
  });

  it('says why where a fault is not shown', () => {
    expect(faultTable.filter(({ shown: by }) => 'not' in by && by.not.length < 10)).toEqual([]);
  });
});
