import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from './lib/build.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { shotsPage } from './lib/shots-page.mjs';
import { door, say, Stop } from './lib/steps.mjs';
import { runVitest } from './lib/vitest.mjs';

/** The small window that the look is made for, and a large one. */
const SIZES = ['1000x700', '1600x1000'];
const WALKS = ['tour', 'states'];

/** What the README shows, by the end of the file name in the small window. */
const README_PICTURES = {
  'connections.png': 'the-list-of-connections.png',
  'connections-dark.png': 'the-list-of-connections-dark.png',
};

/** Every screen and state of the real program, in both themes, in each size; `out/shots/index.html` shows them all. */
await door(async (words) => {
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
  if (worst === 0 && words.includes('--pictures')) await keepPictures(join(folder, SIZES[0]));
  return worst > 0 ? 1 : 0;
});

async function keepPictures(from) {
  const made = await readdir(from);
  for (const [name, step] of Object.entries(README_PICTURES)) {
    const picture = made.find((file) => file.replace(/^\d+-/, '') === step);
    if (picture === undefined) throw new Stop(`No step made a picture "${step}".`);
    await copyFile(join(from, picture), inRoot('docs', 'pictures', name));
  }
  say('The README’s pictures are new.');
}

async function stepsOf(folder, walk) {
  return JSON.parse(await readFile(join(folder, `${walk}.json`), 'utf8').catch(() => '[]'));
}
