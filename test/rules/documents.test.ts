import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const documents = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !/(^|\/)(node_modules|out)\//.test(file),
);

describe('the documents', () => {
  it('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'electron/vault/README.md']));
  });

  it.each(documents)('%s points at files that are there', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)].map(
      ([, link, source]) => link ?? source ?? '',
    );
    const missing = targets.filter(
      (target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(document), target)),
    );
    expect(missing).toEqual([]);
  });

  it.each(documents)('%s has nothing left to fill in', (document) => {
    expect(readFileSync(join(root, document), 'utf8')).not.toMatch(/@[A-Z]+\d@|\bT[O]DO\b|\bT[B]D\b/);
  });

  it('name every command of package.json that the README offers', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const offered = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'cache');
    expect(offered.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
