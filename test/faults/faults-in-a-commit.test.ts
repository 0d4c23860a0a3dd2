import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';
import { bundledProgram } from '../support/bundled-program.ts';
import { fileKeychain } from '../support/file-keychain.ts';
import { changesAt, firstNumber, removesAt, wrongIn } from '../support/numbered-commits.ts';
import { callsIn, traced, type SystemCall, type Traced } from '../support/traced.ts';
import { figure, sized, type Count } from './figure.ts';

const minute = 60_000;
const faults = ['error=EIO', 'error=ENOSPC', 'error=EROFS', 'error=EDQUOT', 'signal=SIGKILL'] as const;
/** What a person may be told of a disk; `internal` would be a fault that nobody thought of. */
const told = ['disk_full', 'disk_error', 'disk_read_only', 'vault_in_use', 'vault_damaged'];
/** After these nothing has changed, in memory or on disk (electron/vault/README.md). */
const harmless = ['disk_full', 'disk_read_only', 'vault_in_use'];

let place: string;
let program: Awaited<ReturnType<typeof bundledProgram>>;
beforeAll(async () => {
  execFileSync('strace', ['-V']);
  place = mkdtempSync(join(tmpdir(), 'grantkeep-syscalls-'));
  program = await bundledProgram('committing-program');
});
afterAll(() => {
  program.remove();
  rmSync(place, { recursive: true });
});

const doors = (folder: string) => ({
  files: vaultFiles({ userDataFolder: folder, nowMs: () => Date.now() }),
  keychain: fileKeychain(join(folder, 'keychain.json')),
});

/** An act, the folder it begins in, and the number of the vault before it; 0: there is none. */
interface Scene {
  how: 'once' | 'make';
  folder: string;
  before: number;
}

/** A vault whose next commit renews (or removes) a connection. */
async function vaultBefore(next: 'renewal' | 'removal'): Promise<Scene> {
  const folder = mkdtempSync(join(place, 'scene-'));
  const vault = await createVault({ ...doors(folder), nowMs: () => Date.now() });
  const isWanted = (n: number): boolean => n > firstNumber + 8 && removesAt(n) === (next === 'removal');
  while (!isWanted(vault.commitNumber + 1)) vault.commit(changesAt(vault.commitNumber + 1));
  const before = vault.commitNumber;
  await vault.close();
  return { how: 'once', folder, before };
}

async function played(scene: Scene, strace: (folder: string) => string[]): Promise<{ folder: string; ended: Traced }> {
  const folder = mkdtempSync(join(place, 'play-'));
  cpSync(scene.folder, folder, { recursive: true });
  return { folder, ended: await traced([program.file, scene.how, folder], strace(folder)) };
}

/** Every call of the act that has to do with the vault's files, and all that came before its "ok". */
async function recorded(scene: Scene): Promise<{ points: SystemCall[]; all: SystemCall[]; folder: string }> {
  const log = join(place, 'log');
  const { folder, ended } = await played(scene, () => ['-y', '-e', 'trace=file,desc', '-o', log]);
  if (ended.said[0] !== 'ok') throw new Error(`undisturbed, it said ${ended.said.join(' ')}`);
  const text = readFileSync(log, 'utf8');
  // The main thread is the one that said "ok": libsql and the file calls are all synchronous.
  const main = Number(/^(\d+)\s+write\(1.*"ok\\n"/m.exec(text)?.[1]);
  const all = callsIn(text, main);
  const end = all.findIndex((call) => call.name === 'write' && call.text.includes('"ok\\n"'));
  const points = all.slice(0, end).filter((call) => call.text.includes(`${folder}/vault`));
  return { points, all: all.slice(0, end), folder };
}

/** Is all that was written to the journal and the files on the disk before "ok" is said? */
function syncsIn({ points, folder }: Awaited<ReturnType<typeof recorded>>): string | null {
  for (const name of ['records.db', 'records.db-journal', 'vault.json']) {
    const of = points.filter(
      ({ text }) => text.includes(`${join(folder, 'vault')}/${name}>`) || text.includes(`/.${name}.`),
    );
    const written = of.findLastIndex((call) => ['write', 'pwrite64', 'writev'].includes(call.name));
    const synced = of.findLastIndex((call) => ['fsync', 'fdatasync'].includes(call.name));
    if (written > synced) return `${name} was written and not synced before "ok"`;
  }
  return points.some(({ name }) => /sync$/.test(name)) ? null : 'nothing was synced before "ok"';
}

async function lossAfter(scene: Scene, folder: string, { said, signal }: Traced): Promise<string | null> {
  const [line = ''] = said;
  if (line === '' && signal !== 'SIGKILL') return `it ended with ${String(signal)} and said nothing`;
  let allowed = [scene.before, scene.before + 1];
  if (line === 'ok') allowed = [scene.before + 1];
  else if (line !== '') {
    if (/canary/.test(line)) return `a secret was told: ${line}`;
    const { code = '', asBefore, again } = JSON.parse(line) as { code?: string; asBefore?: boolean; again?: string };
    if (!told.includes(code)) return `it said ${line}`;
    if (asBefore !== true) return `memory changed with ${code}`;
    if (scene.how === 'once') {
      // Nothing has changed, so the same commit may be tried again, and the disk takes it now.
      if (harmless.includes(code)) {
        if (again !== 'ok') return `${code}, and then ${String(again)}`;
        allowed = [scene.before + 1];
      } else if (again !== code) return `${code}, and then it wrote on: ${String(again)}`;
    }
  }
  let vault: SealedVault | null = null;
  try {
    vault = await openVault(doors(folder));
    if (vault === null && scene.how === 'make' && line !== 'ok') {
      vault = await createVault({ ...doors(folder), nowMs: () => Date.now() });
    }
    if (vault === null) return 'the vault is gone';
    if (!allowed.includes(vault.commitNumber)) return `number ${vault.commitNumber} after ${line}`;
    return wrongIn(vault);
  } catch (thrown) {
    return `does not open after ${line}: ${String(thrown)}`;
  } finally {
    await vault?.close();
  }
}

async function disturb(scene: Scene, count: Count): Promise<void> {
  const record = await recorded(scene);
  count.add(syncsIn(record));
  const points = record.points.flatMap((call, at) =>
    // The short form gives each call one of the faults in turn; the long form gives it all.
    faults.filter((_, which) => sized(Number(which === at % faults.length), 1) === 1).map((fault) => ({ call, fault })),
  );
  const lane = async (): Promise<void> => {
    for (let next = points.pop(); next !== undefined; next = points.pop()) {
      const { call, fault } = next;
      const inject = `inject=${call.name}:${fault}:when=${call.when}`;
      const { folder, ended } = await played(scene, () => [
        '-e',
        `trace=${call.name}`,
        '-e',
        inject,
        '-o',
        '/dev/null',
      ]);
      const loss = await lossAfter(scene, folder, ended);
      count.add(loss === null ? null : `${scene.how} ${inject}: ${loss}`);
      rmSync(folder, { recursive: true });
    }
  };
  await Promise.all([lane(), lane()]);
}

figure(
  'D2',
  'F1 F3 F4 B48: one fault at each system call of a commit leaves the old state or the new one, and "ok" comes after the sync',
  async (count) => {
    await disturb(await vaultBefore('renewal'), count);
    await disturb(await vaultBefore('removal'), count);
    await disturb({ how: 'make', folder: mkdtempSync(join(place, 'empty-')), before: 0 }, count);
  },
  sized(2, 15) * minute,
);
