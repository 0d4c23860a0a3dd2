import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import process from 'node:process';

/**
 * Chromium and Node would obey each of these and let whoever started the program look into it, take its fences down or
 * put code of their own in. The inspect fuse covers Node's alone. A released program ends instead (B21).
 */
const refused = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'load-extension',
  'disable-extensions-except',
  'disable-web-security',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'no-sandbox',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'js-flags',
];
const inspecting = /^--?inspect(?:-|=|$)/;

/**
 * Packed for people. A copy that a test drives says so in the package.json inside its own archive, because such a test
 * needs the very switches that are refused; `scripts/package.mjs` never makes one that is given away.
 */
export const isSealed = app.isPackaged && !isDriven();

function isDriven(): boolean {
  const words = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { driven?: unknown };
  return words.driven === true;
}

/** Before anything else is done: neither a window nor the vault is opened. */
export function endIfOpenedUp(): void {
  if (!isSealed) return;
  const found =
    refused.find((name) => app.commandLine.hasSwitch(name)) ?? process.argv.find((word) => inspecting.test(word));
  if (found === undefined) return;
  process.stderr.write(`Grantkeep does not start with ${found.replace(/^-*/, '--').replace(/=.*/, '')}.\n`);
  process.exit(1);
}
