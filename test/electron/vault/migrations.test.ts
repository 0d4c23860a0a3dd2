import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecordStore } from '../../../electron/platform/record-store.ts';
import { readBackup, writeBackup } from '../../../electron/vault/backup-content.ts';
import { appRowSchema, connectionRowSchema, newestRowSchema } from '../../../electron/vault/migrations.ts';
import type { SealedRow } from '../../../electron/vault/ports.ts';
import { appRecord, codeOf, connectionRecord, endpointsAt, VaultRig } from '../../support/vault-rig.ts';

const sampleFolder = join(import.meta.dirname, 'samples', 'format-1');
const kinds = ['app', 'app_secrets', 'connection', 'connection_secrets', 'history', 'tally'];

let rig: VaultRig;

/** The kept vault of format version 1, where a person's would lie, with its key where it was. */
beforeEach(() => {
  rig = new VaultRig();
  mkdirSync(rig.folder, { mode: 0o700 });
  for (const name of ['vault.json', 'records.db']) copyFileSync(join(sampleFolder, name), rig.at(name));
  const items = JSON.parse(readFileSync(join(sampleFolder, 'keychain.json'), 'utf8')) as Record<string, string>;
  for (const [account, value] of Object.entries(items)) rig.keychain.items.set(account, value);
});

afterEach(() => rig.remove());

async function rows(): Promise<Map<string, SealedRow>> {
  const store = openRecordStore(rig.at('records.db'));
  const found = store
    .readKinds(kinds)
    .map((row): [string, SealedRow] => [row.id, { ...row, iv: Buffer.from(row.iv), sealed: Buffer.from(row.sealed) }]);
  await store.close();
  return new Map(found);
}

/** A backup's content with its lists by id: which order a database hands rows out in is nobody's promise. */
function sorted(text: string): Record<string, unknown> {
  const content = JSON.parse(text) as Record<string, unknown>;
  const key = (entry: unknown): string => {
    const { id, appId, connectionId } = entry as Record<string, string | undefined>;
    return id ?? appId ?? connectionId ?? '';
  };
  for (const list of Object.values(content))
    if (Array.isArray(list)) list.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return content;
}

describe('the kept vault of format version 1', () => {
  it('opens whole: every record, secret and history as it was put in', async () => {
    const content = sorted(readFileSync(join(sampleFolder, 'content.json'), 'utf8'));
    const vault = await rig.open();
    expect(vault.olderCopy).toBe(false);
    expect(sorted(await writeBackup(vault, content['madeAtMs'] as number))).toEqual(content);
  });

  it('bears every row schema, and its content is a backup of version 1 that still reads', async () => {
    expect(new Set([...(await rows()).values()].map(({ schema }) => schema))).toEqual(new Set([1, 2, 3]));
    const changes = readBackup(readFileSync(join(sampleFolder, 'content.json'), 'utf8'));
    expect(changes).toHaveLength(17);
  });

  it('is written by today’s program under the very numbers it bears', async () => {
    const numbers = new Map([...(await rows()).values()].map(({ id, schema }) => [id, schema]));
    const vault = await rig.open();
    for (const app of vault.apps()) expect(appRowSchema(app), app.id).toBe(numbers.get(`app:${app.id}`));
    for (const one of vault.connections())
      expect(connectionRowSchema(one), one.id).toBe(numbers.get(`connection:${one.id}`));
  });

  it('keeps its rows as they lie, until a commit puts one; that one gets the number it needs now', async () => {
    const before = await rows();
    let vault = await rig.open();
    await vault.close();
    expect(await rows()).toEqual(before);
    vault = await rig.open();
    const one = vault.app('one')!;
    vault.commit([{ put: 'app', record: { ...one, choices: { renewal: 'plain' } } }]);
    await vault.close();
    const after = await rows();
    expect(before.get('app:one')?.schema).toBe(1);
    expect(after.get('app:one')?.schema).toBe(3);
    const others = (of: Map<string, SealedRow>) => [...of].filter(([id]) => id !== 'app:one' && id !== 'tally:all');
    expect(others(after)).toEqual(others(before));
  });
});

describe('a vault that only a later program knows', () => {
  it('F12 B50: stays byte for byte where its format is newer', async () => {
    const text = readFileSync(rig.at('vault.json'), 'utf8').replace('"formatVersion": 1', '"formatVersion": 2');
    writeFileSync(rig.at('vault.json'), text);
    const before = rig.contents();
    expect(await codeOf(() => rig.open())).toBe('vault_newer');
    expect(rig.contents()).toEqual(before);
  });

  it.each(['app:one', 'connection:a'])('F12: stays byte for byte where %s is of a newer row schema', async (id) => {
    rig.harm((db) => db.prepare('UPDATE records SET schema = ? WHERE id = ?').run([newestRowSchema + 1, id]));
    const before = rig.contents();
    expect(await codeOf(() => rig.open())).toBe('vault_newer');
    expect(rig.contents()).toEqual(before);
  });
});

describe('the number of a row', () => {
  const consent = { origin: 'http://server.example', agreedAtMs: 1 };
  const authorization = { kind: 'authorization', url: 'https://a.example/', source: 'seed' } as const;
  it.each([
    [1, 'an app as the first program knew it', appRowSchema(appRecord('x'))],
    [2, 'a consent to plain http', appRowSchema(appRecord('x', { unencryptedConsent: consent }))],
    [3, 'a choice', appRowSchema(appRecord('x', { choices: {} }))],
    [3, 'a choice and a consent', appRowSchema(appRecord('x', { choices: {}, unencryptedConsent: consent }))],
    [
      3,
      'an authorization endpoint',
      appRowSchema(appRecord('x', { endpoints: [...endpointsAt('a.example'), authorization] })),
    ],
    [1, 'a connection by code', connectionRowSchema(connectionRecord('x', 'y'))],
    [3, 'a pasted refresh token', connectionRowSchema(connectionRecord('x', 'y', { grant: 'refresh_token' }))],
    [3, 'a personal token', connectionRowSchema(connectionRecord('x', 'y', { grant: 'personal_access_token' }))],
  ])('is %i for %s', (expected, _, schema) => {
    expect(schema).toBe(expected);
    expect(schema).toBeLessThanOrEqual(newestRowSchema);
  });
});
