import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { runOrStop } from '../child.mjs';
import { inRoot } from '../places.mjs';

const SYSTEM = { linux: 'linux', darwin: 'mac', win32: 'win' }[process.platform];

/** electron-builder with our settings and the Electron at hand, so that it fetches none. */
export async function runBuilder(runtime, args) {
  const cli = inRoot('node_modules', 'electron-builder', 'cli.js');
  const settings = ['--config', 'electron-builder.yml', '--publish', 'never'];
  const electron = [`-c.electronDist=${runtime.distPath}`, `-c.electronVersion=${runtime.version}`];
  const env = { ...process.env };
  // Where no key is given, nothing goes looking for one in the person's keychain.
  if (!env.CSC_LINK && !env.CSC_NAME) env.CSC_IDENTITY_AUTO_DISCOVERY = 'false';
  return runOrStop(process.execPath, [cli, `--${SYSTEM}`, ...args, ...settings, ...electron], { env });
}

/**
 * The program as it lies on a person's disk, for this system and processor. `driven`: the copy that a test drives, with
 * the inspect fuse on and the word in its own archive that lets it be driven; it is never given away.
 */
export async function packFolder(runtime, { driven = false } = {}) {
  const output = driven ? 'out/package-driven' : 'out/package';
  await rm(inRoot(output), { recursive: true, force: true });
  const copy = driven ? ['-c.extraMetadata.driven=true', `-c.directories.output=${output}`] : [];
  await runBuilder(runtime, ['dir', ...copy]);
  const folder = ['linux-unpacked', 'win-unpacked', 'mac', 'mac-arm64']
    .map((name) => inRoot(output, name))
    .find((path) => existsSync(path));
  return { folder, binary: join(folder, BINARY) };
}

const BINARY = { linux: 'grantkeep', darwin: 'Grantkeep.app', win32: 'Grantkeep.exe' }[process.platform];
