import { spawn, type ChildProcess } from 'node:child_process';
import { createDecipheriv, hkdfSync, scryptSync } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PassphraseSlot, VaultHeader } from '../../electron/vault/format.ts';

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

/** Every key of a vault, worked out from outside by the passphrase, as the format document says. */
function keysOf(userDataFolder: string): Record<string, Buffer> {
  const header = JSON.parse(readFileSync(join(userDataFolder, 'vault', 'vault.json'), 'utf8')) as VaultHeader;
  const slot = header.keySlots[0] as PassphraseSlot;
  const { n, r, p, salt } = slot.kdf;
  const options = { N: n, r, p, maxmem: 256 * n * r };
  const passphraseKey = scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, options);
  const sealed = Buffer.from(slot.sealedKey, 'base64');
  const iv = Buffer.from(slot.iv, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', passphraseKey, iv, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(32));
  decipher.setAAD(Buffer.from(JSON.stringify(['grantkeep key slot', header.vaultId, 'passphrase'])));
  const vaultKey = Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]);
  const derived = (what: string): Buffer =>
    Buffer.from(hkdfSync('sha256', vaultKey, header.vaultId, `grantkeep/1/${what}`, 32));
  return { passphraseKey, vaultKey, recordsKey: derived('records'), tallyKey: derived('tally') };
}

/** Which of these lie in what that process can read and write. */
function foundIn(pid: number, needles: Record<string, Buffer>): string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  const overlap = 64;
  try {
    for (const line of readFileSync(`/proc/${String(pid)}/maps`, 'utf8').split('\n')) {
      const area = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (area === null) continue;
      const end = Number.parseInt(area[2]!, 16);
      for (let at = Number.parseInt(area[1]!, 16); at < end; at += chunk.length - overlap) {
        let length: number;
        try {
          length = readSync(memory, chunk, 0, Math.min(chunk.length, end - at), at);
        } catch {
          break; // a guard page, or gone meanwhile
        }
        const bytes = chunk.subarray(0, length);
        for (const [name, needle] of Object.entries(needles)) if (bytes.includes(needle)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
    chunk.fill(0);
  }
  return [...found].sort();
}

/** B62. Linux shows a parent its child's memory; elsewhere there is no such window to look through. */
describe.runIf(process.platform === 'linux')('keys in the memory of the process', () => {
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
      const needles = keysOf(userDataFolder);
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
