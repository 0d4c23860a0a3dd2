import { build } from './lib/build.mjs';
import { installPackages } from './lib/install-packages.mjs';
import { tellMusts, theMusts, writeTable } from './lib/musts.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { prove } from './lib/prove.mjs';
import { door, say, Stop } from './lib/steps.mjs';
import { systemLibraries } from './lib/system-libraries.mjs';

await door(async (words) => {
  const wanted = words.filter((word) => !word.startsWith('--'));
  if (words.includes('--table')) {
    await installPackages();
    await writeTable(await theMusts());
    return 0;
  }
  await prepare(['window', 'session']);
  if (words.includes('--prove')) return prove(wanted, inRoot('test', 'security', 'defects'));
  const { musts } = await theMusts();
  const rows = musts.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  if (rows.length === 0) throw new Stop(`No must is called ${wanted.join(', ')}.`);
  await build();
  return tellMusts(rows, { lacking: await lacking(), isAll: rows.length === musts.length });
});

/** Without strace one figure cannot be measured; all else can, and the line of its must says so. */
async function lacking() {
  try {
    await systemLibraries(['tests']);
    return new Map();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    return new Map([['faults/faults-in-a-commit.test.ts', 'there is no strace']]);
  }
}
