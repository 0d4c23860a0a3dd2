import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { downloadElectron } from './electron-download.mjs';
import { inRoot } from './places.mjs';
import { say, Stop } from './steps.mjs';
import { canStandIn, STAND_IN_VERSION, standInElectron } from './stand-in-electron.mjs';

/** Chromium refuses its sandbox to root; everybody else keeps it. */
export const argumentsForThisUser = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/**
 * The Electron to run: the one the caller's environment names, else the project's own, else the stand-in.
 * Quiet and instant once there is one.
 */
export async function electronRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return described('named', named, join(named, ownBinaryName() ?? 'electron'));

  const own = ownElectron() ?? ((await downloadElectron()) ? ownElectron() : undefined);
  if (own) return described('own', own.distPath, own.binary);

  if (!canStandIn()) {
    throw new Stop(
      "Electron's download could not be reached. Set ELECTRON_MIRROR to a mirror that you trust, or unpack Electron " +
        'somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  const distPath = await standInElectron();
  say(
    `  Electron ${STAND_IN_VERSION} stands in for ours: for development and tests on closed networks, never for a release.`,
  );
  return described('stand-in', distPath, join(distPath, 'electron'));
}

function described(kind, distPath, binary) {
  const versionFile = join(distPath, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return {
    kind,
    version,
    distPath,
    binary,
    args: argumentsForThisUser(),
    env: { ELECTRON_OVERRIDE_DIST_PATH: distPath },
  };
}

function ownBinaryName() {
  const file = inRoot('node_modules', 'electron', 'path.txt');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What the electron package itself would call installed: its own version, unpacked to the end. */
function ownElectron() {
  const distPath = inRoot('node_modules', 'electron', 'dist');
  const name = ownBinaryName();
  if (!name || !existsSync(join(distPath, name)) || !existsSync(join(distPath, 'version'))) return undefined;
  const unpacked = readFileSync(join(distPath, 'version'), 'utf8').trim().replace(/^v/, '');
  const { version } = JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8'));
  return unpacked === version ? { distPath, binary: join(distPath, name) } : undefined;
}
