import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot } from '../places.mjs';

const folder = inRoot('out', 'renderer');

/** Kilobytes after gzip: everything that the window can load, and what it loads before its first paint. */
export async function bundleSize() {
  const all = (await readdir(join(folder, 'assets'))).filter((name) => /\.(js|css)$/.test(name));
  const sizes = new Map();
  for (const name of all) sizes.set(name, gzipSync(await readFile(join(folder, 'assets', name)), { level: 9 }).length);
  const sum = (names) => names.reduce((bytes, name) => bytes + sizes.get(name), 0) / 1000;
  return { all: sum(all), first: sum([...(await neededAtFirst())]), files: all.length };
}

/** What index.html names, and what those files import without waiting to be asked. */
async function neededAtFirst() {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const needed = new Set();
  const waiting = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path]) => basename(path));
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (needed.has(name)) continue;
    needed.add(name);
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(folder, 'assets', name), 'utf8');
    for (const [, other] of text.matchAll(/(?:^|[;}\s])(?:import|export)\b[^"'()]*?["']\.\/([^"']+\.js)["']/g))
      waiting.push(other);
  }
  return needed;
}
