import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folders = ['test/faults/defects', 'test/security/defects'];
const patches = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.patch'))
    .map((name) => `${folder}/${name}`),
);

/** What each hunk of a patch has to find: the file, and its lines as they are before the defect. */
function hunksOf(patch: string): { file: string; before: string }[] {
  let file = '';
  return patch.split(/^(?=@@ |--- a\/)/m).flatMap((part) => {
    if (part.startsWith('--- a/')) file = part.slice('--- a/'.length, part.indexOf('\n'));
    if (!part.startsWith('@@ ')) return [];
    const lines = part.split('\n').slice(1);
    const before = lines.filter((line) => /^[ -]/.test(line) && !line.startsWith('---')).map((line) => line.slice(1));
    return [{ file, before: before.join('\n') }];
  });
}

describe('a seeded defect', () => {
  it('is there for each that is promised', () => {
    expect(patches.length).toBeGreaterThanOrEqual(30);
  });

  it.each(patches)('%s still fits the tree, and names what has to catch it', (name) => {
    const patch = readFileSync(join(root, name), 'utf8');
    for (const key of ['Defect', 'Project', 'File', 'Caught by'])
      expect(patch).toMatch(new RegExp(`^${key}: \\S`, 'm'));
    const hunks = hunksOf(patch);
    expect(hunks.length).toBeGreaterThan(0);
    for (const { file, before } of hunks) expect(readFileSync(join(root, file), 'utf8')).toContain(before);
  });
});
