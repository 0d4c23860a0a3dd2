import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from './lib/build.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { shotsPage } from './lib/shots-page.mjs';
import { door, say } from './lib/steps.mjs';
import { runVitest } from './lib/vitest.mjs';

/** The small window that the look is made for, and a large one. */
const SIZES = ['1000x700', '1600x1000'];
const WALKS = ['tour', 'states'];

/** Every screen and state of the real program, in both themes, in each size; `out/shots/index.html` shows them all. */
await door(async () => {
  const folder = inRoot('out', 'shots');
  await prepare(['window', 'session', 'tests']);
  await build();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let worst = 0;
  for (const size of SIZES) {
    say(`· Walking in a window of ${size}`);
    process.env.GRANTKEEP_SHOTS = size;
    const { failed } = await runVitest('tour', { inSession: true });
    worst = Math.max(worst, failed);
  }
  const walks = [];
  for (const size of SIZES)
    for (const walk of WALKS) walks.push({ size, steps: await stepsOf(join(folder, size), walk) });
  await writeFile(join(folder, 'index.html'), shotsPage(walks));
  const pictures = walks.flatMap(({ steps }) => steps.flatMap(({ pictures: all }) => Object.values(all)));
  say(
    `\n${pictures.length} pictures of ${walks.reduce((sum, { steps }) => sum + steps.length, 0)} screens: ${join(folder, 'index.html')}`,
  );
  return worst > 0 ? 1 : 0;
});

async function stepsOf(folder, walk) {
  return JSON.parse(await readFile(join(folder, `${walk}.json`), 'utf8').catch(() => '[]'));
}
