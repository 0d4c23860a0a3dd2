import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backupSealer } from '../../electron/platform/backup-sealer.ts';
import type { BackupSealer } from '../../electron/services/vault-ports.ts';
import { Secret } from '../../electron/secret.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const root = resolve(import.meta.dirname, '../..');
const passphrase = new Secret('four words of no kin');

/** The thread as it is built for the program, loaded from its one file. */
describe('the thread that seals', () => {
  let folder: string;
  let sealer: BackupSealer;

  beforeAll(async () => {
    mkdirSync(join(root, 'out'), { recursive: true });
    folder = mkdtempSync(join(root, 'out', 'backup-worker-'));
    await build({
      configFile: join(root, 'vite.config.ts'),
      mode: 'worker',
      root,
      logLevel: 'error',
      build: { outDir: folder },
    });
    sealer = backupSealer(join(folder, 'backup-worker.cjs'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('B46: seals and opens, wipes what it was given to seal, and holds nobody up meanwhile', async () => {
    const plain = Buffer.from('{"all":"of it"}');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);
    const sealed = await sealer.seal(plain, passphrase);
    clearInterval(timer);
    // A passphrase is stretched for a second and more: on this thread, hardly a turn would have passed.
    expect(turns).toBeGreaterThan(30);
    expect(plain.every((byte) => byte === 0)).toBe(true);
    expect(Buffer.from(await sealer.open(sealed, passphrase)).toString()).toBe('{"all":"of it"}');
  });

  it('tells what is wrong by its code', async () => {
    await expect(sealer.open(Buffer.from('Dear reader,'), passphrase)).rejects.toThrow('backup_foreign');
    const sealed = await sealer.seal(Buffer.from('{}'), passphrase);
    await expect(sealer.open(sealed, new Secret('another'))).rejects.toThrow('backup_passphrase');
    expect(sealed.length).toBeGreaterThan(0);
    // The file's own bytes are left alone: another passphrase may be tried on them.
    expect(Buffer.from(await sealer.open(sealed, passphrase)).toString()).toBe('{}');
  });

  it('that cannot start is an ending, not a wait', async () => {
    const none = backupSealer(join(folder, 'not-there.cjs'));
    await expect(none.seal(Buffer.from('{}'), passphrase)).rejects.toThrow('internal');
  });
});
