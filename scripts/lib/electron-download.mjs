import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder, inRoot, root } from './places.mjs';
import { say, step } from './steps.mjs';
import { canStandIn } from './stand-in-electron.mjs';

const PROBE_LIMIT_MS = 8_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
/** Long enough that a day's work on a closed network is quick, short enough that an open one is noticed. */
const REMEMBER_FAILURE_MS = 12 * 3600_000;

const NO_ANSWER = 'no answer';
const noteOfFailure = () => join(cacheFolder(), 'electron-download-failed.json');

/** The electron package fetches its binary at first use; this is that first use, with an end. Tells whether it is there now. */
export async function downloadElectron() {
  const { version } = JSON.parse(await readFile(inRoot('node_modules', 'electron', 'package.json'), 'utf8'));
  const from = mirror();
  if (canStandIn() && (await failedLately(version, from))) return false;
  const outcome = await step(`Fetching Electron ${version}`, () =>
    oneAtATime(`electron of ${root}`, async () => {
      if (!(await somebodyAnswers(from))) return NO_ANSWER;
      const installer = inRoot('node_modules', 'electron', 'install.js');
      const { code, err } = await runQuietly(process.execPath, [installer], { limitMs: DOWNLOAD_LIMIT_MS });
      return code === 0 ? 'done' : `not to be had: ${err.trim().split('\n')[0]}`;
    }),
  );
  if (outcome === 'done') return true;
  if (canStandIn()) await remember(version, from);
  return false;
}

/** As the electron package reads it. */
function mirror() {
  const { npm_config_electron_mirror: fromNpm, ELECTRON_MIRROR: fromEnvironment } = process.env;
  return fromNpm || fromEnvironment || 'https://github.com/electron/electron/releases/download/';
}

/** A closed network may swallow packets: without this, the person would wait for TCP to give up. */
export async function somebodyAnswers(address) {
  // Node's fetch does not know proxies, the electron package does.
  if (process.env.ELECTRON_GET_USE_PROXY) return true;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return true;
  } catch {
    return false;
  }
}

async function failedLately(version, from) {
  try {
    const note = JSON.parse(await readFile(noteOfFailure(), 'utf8'));
    const ageMs = Date.now() - note.atMs;
    return note.version === version && note.from === from && ageMs >= 0 && ageMs < REMEMBER_FAILURE_MS;
  } catch {
    return false;
  }
}

async function remember(version, from) {
  await mkdir(cacheFolder(), { recursive: true, mode: 0o700 });
  await writeFile(noteOfFailure(), JSON.stringify({ version, from, atMs: Date.now() }));
  say(`  Will not ask again for 12 hours; delete ${noteOfFailure()} to try sooner.`);
}
