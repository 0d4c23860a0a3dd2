import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm, runOrStop } from './child.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { inRoot, root } from './places.mjs';
import { step } from './steps.mjs';

const SOURCES = ['electron', 'shared', 'renderer', 'vite.config.ts', 'package.json', 'package-lock.json'];
const RESULTS = [
  'out/main/main.cjs',
  'out/worker/backup-worker.cjs',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];

/** Builds when a source differs from the last build. By content, since a checkout or a branch gives files new dates. */
export async function build() {
  await step('Build', () =>
    oneAtATime(`build of ${root}`, async () => {
      const stamp = inRoot('out', 'built-from');
      const sources = await fingerprint();
      const isFresh = RESULTS.every((file) => existsSync(inRoot(file)));
      if (isFresh && (await readFile(stamp, 'utf8').catch(() => '')) === sources) return 'already there';
      await runOrStop(...npm('run', 'build', '--silent'));
      await writeFile(stamp, sources);
      return 'built';
    }),
  );
}

async function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesOf(source))
      hash
        .update(`${file}\0`)
        .update(await readFile(inRoot(file)))
        .update('\0');
  }
  return hash.digest('hex');
}

async function filesOf(source) {
  const path = inRoot(source);
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [source];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.tsbuildinfo'));
  return files
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => file.slice(root.length + 1))
    .sort();
}
