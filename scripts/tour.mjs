import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { inRoot } from './lib/places.mjs';
import { door, say } from './lib/steps.mjs';
import { tour } from './lib/tour.mjs';

/** What the README shows, by the step of the tour that makes it. */
const README_PICTURES = {
  'connections.png': 'the-list-of-connections.png',
  'connections-dark.png': 'the-list-of-connections-in-the-dark.png',
};

await door(async (words) => {
  const code = await tour({ useRealOne: words.includes('--here') });
  if (code === 0 && words.includes('--pictures')) await keepPictures();
  return code;
});

async function keepPictures() {
  const made = await readdir(inRoot('out', 'tour'));
  await mkdir(inRoot('docs', 'pictures'), { recursive: true });
  for (const [name, step] of Object.entries(README_PICTURES)) {
    const picture = made.find((file) => file.replace(/^\d+-/, '') === step);
    if (picture === undefined) throw new Error(`The tour made no picture "${step}".`);
    await copyFile(inRoot('out', 'tour', picture), inRoot('docs', 'pictures', name));
  }
  say('The README’s pictures are new.');
}
