import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundIn, keysOf } from '../support/process-memory.ts';

const passphrase = 'a passphrase for the memory test';

/** Builds the child as a program of its own; `defect` is put into the code on the way. */
async function childBuilt(folder: string, defect: ((code: string) => string) | null): Promise<string> {
  let planted = false;
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'defect',
        transform(code, id) {
          if (defect === null || !id.endsWith('/vault/crypto.ts')) return null;
          planted = defect(code) !== code;
          return defect(code);
        },
      },
    ],
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, '../support/memory-child.ts'),
      target: 'node20',
      outDir: folder,
      minify: false,
      rollupOptions: {
        external: ['libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'cjs', entryFileNames: 'memory-child.cjs', codeSplitting: false },
      },
    },
  });
  expect(planted).toBe(defect !== null);
  return join(folder, 'memory-child.cjs');
}

/** Linux shows a parent its child's memory; elsewhere there is no such window to look through. */
describe.runIf(process.platform === 'linux')('B62: keys in the memory of the process', () => {
  let place: string;
  beforeAll(() => {
    // Inside the project, so that the native packages are found as they are by the program.
    mkdirSync(resolve(import.meta.dirname, '../../out'), { recursive: true });
    place = mkdtempSync(resolve(import.meta.dirname, '../../out/memory-child-'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  async function seen(defect: ((code: string) => string) | null): Promise<{ open: string[]; closed: string[] }> {
    const program = await childBuilt(mkdtempSync(join(place, 'built-')), defect);
    const userDataFolder = mkdtempSync(join(tmpdir(), 'grantkeep-memory-'));
    const child: ChildProcess = spawn(process.execPath, [program, userDataFolder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const said = async (): Promise<string> => String((await lines.next()).value);
    try {
      child.stdin!.write(`${passphrase}\n`);
      expect(await said()).toBe('open');
      const needles = keysOf(userDataFolder, passphrase);
      const open = foundIn(child.pid!, needles);
      child.stdin!.write('close\n');
      expect(await said()).toBe('closed');
      return { open, closed: foundIn(child.pid!, needles) };
    } finally {
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;
      rmSync(userDataFolder, { recursive: true, force: true });
    }
  }

  it('are found while the vault is open, only those that are needed, and none once it was locked', async () => {
    expect(await seen(null)).toEqual({ open: ['recordsKey', 'tallyKey'], closed: [] });
  }, 120_000);

  it('are found after the lock when they are not wiped, so the search can see', async () => {
    const unwiped = (code: string): string => code.replace(/this\.#(records|tally)\.fill\(0\);/g, '');
    expect((await seen(unwiped)).closed).toEqual(['recordsKey', 'tallyKey']);
    const kept = (code: string): string => code.replace(/vaultKey\.fill\(0\);/g, '');
    expect((await seen(kept)).closed).toEqual(['vaultKey']);
  }, 120_000);
});
