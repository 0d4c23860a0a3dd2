import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { npm, runOrStop } from './child.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { inRoot, root } from './places.mjs';
import { step, Stop } from './steps.mjs';

/** Below it, Electron's own tooling cannot be loaded by require. */
const OLDEST_NODE = [20, 19];

export async function installPackages() {
  refuseOldNode();
  await step('Packages', () =>
    oneAtATime(`packages of ${root}`, async () => {
      if (await areInstalled()) return 'already there';
      // No install script is needed: keytar and libsql carry their binaries, Electron's is fetched in its own step.
      // Warnings stay unseen since they would only say that some build tools have a newer Node in mind.
      await runOrStop(...npm('ci', '--ignore-scripts', '--include=dev', '--loglevel=error'));
      return 'installed';
    }),
  );
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Stop(`Grantkeep needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/**
 * npm notes what it installed when it is done, so this note is both the mark of a finished install and the thing to
 * hold against the lockfile.
 */
async function areInstalled() {
  const [wanted, present] = await Promise.all([
    packagesOf(inRoot('package-lock.json')),
    packagesOf(inRoot('node_modules', '.package-lock.json')),
  ]);
  if (!wanted) throw new Stop('package-lock.json is missing; this is not a whole checkout.');
  if (!present) return false;
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      (path in present
        ? present[path].version === version && present[path].integrity === integrity
        : optional === true),
  );
}

async function packagesOf(lockfile) {
  try {
    return JSON.parse(await readFile(lockfile, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
