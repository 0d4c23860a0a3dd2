import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { createVault } from '../../electron/vault/vault.ts';
import { headlessApp } from '../support/headless-app.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectionAt, fill, renewalOf, type Many } from './many.ts';

interface Words {
  count: number;
  commits: number;
  openings: number;
}

/** A program of its own: what commits cost in a vault of so many connections, and what opening and listing it costs. */
async function main(): Promise<unknown> {
  const { count, commits, openings } = JSON.parse(process.argv[2] ?? '') as Words;
  const folder = mkdtempSync(join(tmpdir(), 'grantkeep-bench-'));
  try {
    const clock = new ManualClock();
    const many: Many = { count, nowMs: clock.nowMs(), tokenUrl: 'http://127.0.0.1:9/token', due: false };
    const keychain = memoryKeychain();
    const files = vaultFiles({ userDataFolder: folder, nowMs: () => many.nowMs });
    const vault = await createVault({ files, keychain, nowMs: () => many.nowMs });
    fill(vault, many);
    const one: number[] = [];
    const both: number[] = [];
    for (let n = 0; n < commits; n += 1) {
      const record = { ...connectionAt((n * 7919) % count, many), generation: n + 2 };
      const intent = { attemptId: 'a', tokenHash: '0'.repeat(64), atMs: many.nowMs };
      const startMs = performance.now();
      vault.commit([{ put: 'connection', record: { ...record, renewalIntent: intent } }]);
      const betweenMs = performance.now();
      vault.commit(renewalOf(record));
      const endMs = performance.now();
      one.push(endMs - betweenMs);
      both.push(endMs - startMs);
    }
    await vault.close();
    const opened: number[] = [];
    for (let n = 0; n < openings; n += 1) {
      const startMs = performance.now();
      const app = await headlessApp({ folder, keychain, clock });
      const { snapshot } = await app.call('program.start', {});
      opened.push(performance.now() - startMs);
      if (snapshot.connections.length !== count) throw new Error(`${snapshot.connections.length} of ${count} listed`);
      await app.end();
    }
    return { one, both, opened };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (found) => process.stdout.write(JSON.stringify(found)),
  (thrown: unknown) => {
    process.stderr.write(`${String(thrown)}\n`);
    process.exit(1);
  },
);
