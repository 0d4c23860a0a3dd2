import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

/** The packages that the program's own sources import: these are shipped, bundled or beside it. Electron is the ground. */
export function shippedPackages() {
  const files = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  );
  const named = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'([^'.][^']*)'/g)])
    .map(([, target]) => target)
    .filter((target) => !target.startsWith('node:') && target !== 'electron')
    .map((target) => /^(@[^/]+\/)?[^/]+/.exec(target)[0]);
  return [...new Set(named)].sort();
}
