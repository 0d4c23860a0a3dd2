import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createRecordStore,
  highestRowSchema,
  openRecordStore,
  readRecordStore,
} from '../../../electron/platform/record-store.ts';
import type { SealedRow } from '../../../electron/vault/ports.ts';
import { codeOf } from '../../support/vault-rig.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantkeep-records-'));
  path = join(folder, 'records.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const row = (id: string, commitNumber = 1, text = `body of ${id}`): SealedRow => ({
  id,
  schema: 1,
  commitNumber,
  iv: new Uint8Array(12).fill(7),
  sealed: new Uint8Array(Buffer.from(text)),
});

describe('a database that is only looked at', () => {
  const contents = (): Buffer[] => readdirSync(folder).map((name) => readFileSync(join(folder, name)));

  it('says the highest schema and every row, and no byte of it changes', async () => {
    const store = createRecordStore(path);
    store.apply({ put: [row('app:1'), { ...row('app:2'), schema: 3 }], remove: [] });
    await store.close();
    const before = contents();
    expect(highestRowSchema(path)).toBe(3);
    const looked = readRecordStore(path);
    expect(looked.readKinds(['app'])).toHaveLength(2);
    expect(await codeOf(() => looked.apply({ put: [row('app:3')], remove: [] }))).toBe('disk_read_only');
    await looked.close();
    expect(contents()).toEqual(before);
  });

  it('says what was there before a crash, in the middle of a commit', async () => {
    const store = createRecordStore(path);
    const rows = Array.from({ length: 300 }, (_, n) => row(`app:${String(n)}`, 1, 'x'.repeat(900)));
    store.apply({ put: rows, remove: [] });
    await store.close();
    const whole = readFileSync(path);
    // Killed in a commit that has written a part of its pages already.
    const script = `
      const db = new (require(${JSON.stringify(join(process.cwd(), 'node_modules/libsql'))}))(process.argv[1]);
      db.pragma('journal_mode = persist');
      db.pragma('cache_size = 2');
      db.exec('BEGIN IMMEDIATE');
      db.exec('UPDATE records SET schema = 9, sealed = zeroblob(900)');
      process.kill(process.pid, 'SIGKILL');
    `;
    spawnSync(process.execPath, ['-e', script, path]);
    expect(contents()).toHaveLength(2);
    expect(readFileSync(path)).not.toEqual(whole);
    expect(highestRowSchema(path)).toBe(1);
    const again = openRecordStore(path);
    expect(again.readKinds(['app'])).toHaveLength(300);
    expect(again.read('app:7')).toMatchObject({ schema: 1, sealed: Buffer.from('x'.repeat(900)) });
    await again.close();
  });

  it.each([0, 19, 100])('is damaged, and not read-only, when its byte %i is another', async (at) => {
    await createRecordStore(path).close();
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
    for (const look of [highestRowSchema, readRecordStore, openRecordStore])
      expect([look.name, await codeOf(() => look(path))]).toEqual([look.name, 'vault_damaged']);
  });
});
