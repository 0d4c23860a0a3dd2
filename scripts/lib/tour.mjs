import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { build } from './build.mjs';
import { inRoot } from './places.mjs';
import { prepare } from './prepare.mjs';
import { say } from './steps.mjs';
import { runVitest } from './vitest.mjs';

/** Resolves to the exit code. `useRealOne`: on the person's own desktop and keyring, where both are there. */
export async function tour({ useRealOne = false } = {}) {
  await prepare(['window', 'session']);
  await build();
  // Last time's pictures must not pass for this time's.
  await rm(inRoot('out', 'tour'), { recursive: true, force: true });
  say('· Touring');
  const { failed, note } = await runVitest('tour', { inSession: true, useRealOne });
  await tellResults();
  if (failed > 0) say(note ? `The tour failed: it ${note}.` : 'The tour failed.');
  return failed > 0 ? 1 : 0;
}

export async function tellResults() {
  const folder = inRoot('out', 'tour');
  const files = existsSync(folder) ? (await readdir(folder)).sort() : [];
  const pictures = files.filter((name) => name.endsWith('.png'));
  say(`\n${pictures.length} pictures in ${folder}`);
  for (const name of files.filter((name) => /^transcript\b/.test(name)))
    say(`What happened, in words: ${folder}/${name}`);
}
