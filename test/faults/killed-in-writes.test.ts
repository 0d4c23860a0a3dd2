import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { openVault } from '../../electron/vault/vault.ts';
import { bundledProgram } from '../support/bundled-program.ts';
import { fileKeychain } from '../support/file-keychain.ts';
import { wrongIn } from '../support/numbered-commits.ts';
import { figure, sized, type Count } from './figure.ts';

const minute = 60_000;
const lanes = 2;
/** So often a lane begins with an empty folder, so that the making of a vault is killed as well. */
const anewEvery = 8;

let program: Awaited<ReturnType<typeof bundledProgram>>;
beforeAll(async () => {
  program = await bundledProgram('committing-program');
});
afterAll(() => program.remove());

/** Runs until it has said so many lines and a moment more, then SIGKILL; the last number confirmed, if not by it. */
async function killed(folder: string, before: number, lines: number, momentMs: number): Promise<number> {
  const child = spawn(process.execPath, [program.file, 'until_killed', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let confirmed = before;
  let left = lines;
  const said = createInterface({ input: child.stdout });
  said.on('line', (line) => {
    left -= 1;
    if (/^\d+$/.test(line)) confirmed = Number(line);
    else if (line !== 'started') throw new Error(`the program said ${line}`);
    // Where in a commit it dies is up to chance: the moment is no wait for anything.
    if (left === 0) setTimeout(() => child.kill('SIGKILL'), momentMs);
  });
  const [[, signal]] = await Promise.all([once(child, 'exit') as Promise<[number, string]>, once(said, 'close')]);
  if (signal !== 'SIGKILL') throw new Error('the program ended before it was killed');
  return confirmed;
}

async function lossIn(folder: string, confirmed: number): Promise<{ loss: string | null; found: number }> {
  const files = vaultFiles({ userDataFolder: folder, nowMs: () => Date.now() });
  const none = (loss: string | null): { loss: string | null; found: number } => ({ loss, found: 0 });
  try {
    const vault = await openVault({ files, keychain: fileKeychain(join(folder, 'keychain.json')) });
    if (vault === null) return none(confirmed === 0 ? null : `no vault any more after ${confirmed}`);
    const found = vault.commitNumber;
    const wrong = wrongIn(vault);
    await vault.close();
    // One more than was said may be there: it was durable, and its program was killed before it could say so.
    if (confirmed > 0 && found !== confirmed && found !== confirmed + 1)
      return none(`${found} after ${confirmed} was confirmed`);
    if (wrong !== null) return none(`${wrong} is wrong after ${confirmed}`);
    const left = readdirSync(join(folder, 'vault')).some((name) => name.endsWith('.tmp'));
    return { loss: left ? 'a temporary file stayed' : null, found };
  } catch (thrown) {
    return none(`does not open after ${confirmed}: ${String(thrown)}`);
  }
}

async function lane(kills: number, count: Count): Promise<void> {
  let folder: string | null = null;
  let known = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const anew = kill % anewEvery === 0;
      if (anew) known = 0;
      if (anew && folder !== null) rmSync(folder, { recursive: true });
      if (anew || folder === null) folder = mkdtempSync(join(tmpdir(), 'grantkeep-killed-'));
      // The first line is said before the vault is made or opened; a new one takes some 20 ms to be there.
      const lines = anew ? 1 : 1 + Math.floor(Math.random() * 30);
      const confirmed = await killed(folder, known, lines, Math.random() * (anew ? 40 : 4));
      const { loss, found } = await lossIn(folder, confirmed);
      known = found;
      count.add(loss);
    }
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true });
  }
}

figure(
  'D1',
  'F1: killed with -9 at random in its writes, the vault opens and has every record that was confirmed',
  async (count) => {
    const kills = sized(60, 1000) / lanes;
    await Promise.all(Array.from({ length: lanes }, () => lane(kills, count)));
  },
  sized(2, 30) * minute,
);
