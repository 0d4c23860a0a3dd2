import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { runOrStop, runVisibly, npm } from './lib/child.mjs';
import { released } from './lib/packing/changelog.mjs';
import { billOfMaterials } from './lib/packing/bill-of-materials.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say, step, Stop } from './lib/steps.mjs';

const USAGE = 'Say which: npm run release -- 1.2.3. With --try nothing is changed but out/release.';
const folder = (...parts) => inRoot('out', 'release', ...parts);

await door(async (words) => {
  const isTrial = words.includes('--try');
  const version = words.find((word) => /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(word));
  if (version === undefined) throw new Stop(USAGE);
  const runtime = await prepare(['window']);
  if (!isTrial) await refuseUnfit(runtime);
  const changelog = released(await readFile(inRoot('CHANGELOG.md'), 'utf8'), version, today());
  if (changelog === null) throw new Stop('CHANGELOG.md has nothing under "Unreleased".');
  if (!isTrial) {
    await runOrStop(...npm('version', version, '--no-git-tag-version', '--allow-same-version'));
    await writeFile(inRoot('CHANGELOG.md'), changelog.text);
  }
  const code = await runVisibly(process.execPath, [inRoot('scripts', 'package.mjs')]);
  if (code !== 0) return code;
  await rm(folder(), { recursive: true, force: true });
  await mkdir(folder(), { recursive: true });
  await writeFile(folder('notes.md'), changelog.notes);
  const bill = await billOfMaterials({ version, electron: runtime.version });
  await writeFile(folder('sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  await step('Checksums', () => collect());
  await sign();
  say(`\nEverything of it is in ${folder()}.`);
  if (isTrial) say('Only tried: no version was set, and none of it is to be given away.');
  else say(`Look at what changed, then: git commit -am "Release ${version}" && git tag v${version}`);
  return 0;
});

/** A release is made of what is committed, with the Electron that package.json names. */
async function refuseUnfit({ kind, version }) {
  if (kind !== 'own')
    throw new Stop(`Electron ${version} at hand is not the one of package.json: no release is made with it.`);
  const changed = await runOrStop('git', ['status', '--porcelain']);
  if (changed.trim() !== '') throw new Stop(`There are changes that are not committed:\n${changed}`);
}

async function collect() {
  const made = (await readdir(inRoot('out', 'package'))).filter((name) => /\.(AppImage|deb|dmg|zip|exe)$/.test(name));
  for (const name of made) await copyFile(inRoot('out', 'package', name), folder(name));
  const lines = [];
  for (const name of (await readdir(folder())).sort())
    lines.push(
      `${createHash('sha256')
        .update(await readFile(folder(name)))
        .digest('hex')}  ${name}\n`,
    );
  await writeFile(folder('SHA256SUMS'), lines.join(''));
  return `of ${lines.length} files`;
}

/** The installers of macOS and Windows carry their own signatures; this one is of the checksums, and so of all of it. */
async function sign() {
  const key = process.env.GRANTKEEP_SIGNING_KEY;
  if (!key) {
    say('· Not signed: GRANTKEEP_SIGNING_KEY names no key.');
    return;
  }
  const args = ['--batch', '--yes', '--local-user', key, '--armor', '--detach-sign', folder('SHA256SUMS')];
  await step(`Signing with ${key}`, () => runOrStop('gpg', args).then(() => 'done'));
}

function today() {
  return new Date().toISOString().slice(0, 10);
}
