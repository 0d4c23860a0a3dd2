import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyFormats, keysIn } from '../support/key-formats.ts';

const root = resolve(import.meta.dirname, '../..');
/** `out` is looked at where the program that is given away stands, its maps and reports are nobody's. */
const passedOver = /(^|\/)(node_modules|\.git|out|coverage)(\/|$)/;
/** The defect that this very gate has to catch; the key in it is the one of Amazon's own documents. */
const seeded = 'test/security/defects/key-in-tree.patch';
const built = ['out/main', 'out/preload', 'out/renderer'];

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (passedOver.test(relative(root, path)) && !built.some((one) => relative(root, path).startsWith(one))) return [];
    if (entry.isDirectory()) return below(path);
    return entry.isFile() && relative(root, path) !== seeded ? [path] : [];
  });
}

const files = [root, ...built.map((folder) => join(root, folder)).filter(existsSync)].flatMap(below);

const filler = (length: number): string => 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'.repeat(4).slice(0, length);
const upper = (length: number): string => filler(length).toUpperCase();
/** One of each kind, in pieces, so that this file holds none. */
const planted: Record<string, string[]> = {
  'a private key': ['-----BEGIN ', 'RSA PRIVATE KEY-----\n', filler(64)],
  'an AWS access key': ['AK', 'IA', upper(16)],
  'a GitHub token': ['gh', 'p_', filler(36)],
  'a GitLab token': ['gl', 'pat-', filler(20)],
  'a Slack token': ['xo', 'xb-', filler(24)],
  'a Google key': ['GOC', 'SPX-', filler(28)],
  'a Stripe key': ['sk_', 'live_', filler(24)],
  'an npm token': ['np', 'm_', filler(36)],
  'a SendGrid key': ['S', 'G.', filler(22), '.', filler(43)],
  'a key of a language model': ['s', 'k-ant-', filler(48)],
  'an age key': ['AGE-SECRET-', 'KEY-1', upper(58)],
  'a signed token': ['ey', 'J', filler(20), '.ey', 'J', filler(40), '.', filler(43)],
  'a password in an address': ['https', '://', 'person:', filler(12), '@server.example.com/'],
};

describe('B69: keys and tokens of real kinds', () => {
  it.each(keyFormats.map(({ name }) => name))('%s is found where one is planted', (name) => {
    expect(keysIn(`const planted = '${(planted[name] ?? []).join('')}';`)).toContain(name);
  });

  it('stand in no file of the tree, nor of the program that was built from it', () => {
    expect(files.length).toBeGreaterThan(400);
    const found = files.flatMap((file) =>
      keysIn(readFileSync(file, 'latin1')).map((name) => `${name} in ${relative(root, file)}`),
    );
    expect(found).toEqual([]);
  });
});
