import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from './lib/build.mjs';
import { runQuietly } from './lib/child.mjs';
import { somebodyAnswers } from './lib/electron-download.mjs';
import { debianPackage } from './lib/packing/debian-package.mjs';
import { readFuses, wantedFuses } from './lib/packing/fuses.mjs';
import { packFolder, runBuilder } from './lib/packing/pack-folder.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say, step, Stop } from './lib/steps.mjs';

/** By system: what is to be given away, and which tool of its own electron-builder fetches for it. */
const TARGETS = {
  linux: [
    { name: 'AppImage', tool: 'appimage' },
    { name: 'deb', tool: 'fpm', instead: debianPackage },
  ],
  win32: [{ name: 'nsis', tool: 'nsis' }],
  darwin: [
    { name: 'dmg', tool: 'dmg-builder' },
    { name: 'zip', tool: null },
  ],
};
const TOOLS_FROM = 'https://github.com/electron-userland/electron-builder-binaries/releases';

await door(async (words) => {
  const runtime = await prepare(['window']);
  await build();
  const { folder, binary } = await step('The program’s folder', () => packFolder(runtime));
  await step('Its fuses', () => compareFuses(binary));
  if (!words.includes('--dir')) for (const target of TARGETS[process.platform]) await make(target, folder, runtime);
  const made = (await readdir(inRoot('out', 'package'))).filter((name) => /\.(AppImage|deb|dmg|zip|exe)$/.test(name));
  say(`\n${folder}`);
  for (const name of made) say(inRoot('out', 'package', name));
  if (runtime.kind === 'stand-in')
    say(`\nWith Electron ${runtime.version}, which stands in: to be tried here, not to be given to anybody.`);
  return 0;
});

async function compareFuses(binary) {
  const found = await readFuses(binary);
  const wrong = Object.entries(wantedFuses()).filter(([name, isOn]) => found[name] !== isOn);
  if (wrong.length > 0) throw new Stop(`Not as they should be: ${wrong.map(([name]) => name).join(', ')}.`);
  return 'read back';
}

async function make({ name, tool, instead }, folder, runtime) {
  const lacking = tool !== null && !(await canHave(tool));
  if (lacking && instead && (await isThere('dpkg-deb'))) {
    await step(`${name}, by dpkg-deb: electron-builder's tool "${tool}" is not to be had`, async () => {
      await instead(folder);
      return 'done';
    });
  } else if (lacking) {
    say(`· ${name}: not made, since electron-builder's tool "${tool}" is neither here nor at ${TOOLS_FROM}.`);
  } else {
    await step(name, () => runBuilder(runtime, [name, '--prepackaged', folder]).then(() => 'done'));
  }
}

/** Fetched before, or to be fetched now. */
async function canHave(tool) {
  const cache = process.env.ELECTRON_BUILDER_CACHE ?? join(homedir(), '.cache', 'electron-builder');
  return existsSync(join(cache, tool)) || somebodyAnswers(process.env.ELECTRON_BUILDER_BINARIES_MIRROR ?? TOOLS_FROM);
}

async function isThere(program) {
  return (await runQuietly(program, ['--version'])).code === 0;
}
