import { figuresNamed, measure } from './lib/figures.mjs';
import { installPackages } from './lib/install-packages.mjs';
import { inRoot } from './lib/places.mjs';
import { prove } from './lib/prove.mjs';
import { door, say, Stop } from './lib/steps.mjs';
import { systemLibraries } from './lib/system-libraries.mjs';

await door(async (words) => {
  const wanted = words.filter((word) => !word.startsWith('--'));
  const isProof = words.includes('--prove');
  const figures = figuresNamed(isProof ? [] : wanted);
  if (figures.length === 0) throw new Stop(`No figure is called ${wanted.join(', ')}.`);
  await installPackages();
  const has = { strace: await isThere() };
  if (isProof) return prove(wanted, inRoot('test', 'faults', 'defects'));
  const { failed } = await measure(figures, { isLong: words.includes('--long'), has });
  return failed > 0 ? 1 : 0;
});

/** Without strace one figure cannot be measured; the others can, and the line of that one says so. */
async function isThere() {
  try {
    await systemLibraries(['tests']);
    return true;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    return false;
  }
}
