import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vaultFiles } from '../../../electron/platform/vault-files.ts';
import type { VaultFiles } from '../../../electron/vault/ports.ts';
import { codeOf, someDayMs } from '../../support/vault-rig.ts';

let userDataFolder: string;
let folder: string;
let files: VaultFiles;
beforeEach(() => {
  userDataFolder = mkdtempSync(join(tmpdir(), 'grantkeep-files-'));
  folder = join(userDataFolder, 'vault');
  files = vaultFiles({ userDataFolder, nowMs: () => someDayMs });
});
afterEach(() => rmSync(userDataFolder, { recursive: true, force: true }));

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const onPosix = it.runIf(process.platform !== 'win32');

describe('B49: the folder', () => {
  onPosix('is made for its owner alone, before any file', () => {
    files.prepareFolder();
    expect(mode(folder)).toBe('700');
    expect(readdirSync(folder)).toEqual([]);
  });

  onPosix('is closed to others again when somebody opened it, and so are its files', () => {
    files.prepareFolder();
    files.writeHeader('text');
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'vault.json'), 0o644);
    files.prepareFolder();
    expect([mode(folder), mode(join(folder, 'vault.json'))]).toEqual(['700', '600']);
  });

  onPosix('holds only files that are the owner’s alone, the journal included', async () => {
    files.prepareFolder();
    files.noteCreation();
    const store = files.createRecords();
    store.apply({
      put: [{ id: 'a:1', schema: 1, commitNumber: 1, iv: new Uint8Array(12), sealed: new Uint8Array(9) }],
      remove: [],
    });
    files.writeHeader('text');
    expect(readdirSync(folder).toSorted()).toEqual(['creating', 'records.db', 'records.db-journal', 'vault.json']);
    expect(new Set(readdirSync(folder).map((name) => mode(join(folder, name))))).toEqual(new Set(['600']));
    await store.close();
  });

  it('loses stale temp files of ours and nothing else', () => {
    files.prepareFolder();
    const stale = '.vault.json.0123456789abcdef.tmp';
    const others = ['.vault.json.tmp', '.vault.json.0123456789abcdeg.tmp', 'notes.txt', '.other.0123456789abcdef.tmp'];
    for (const name of [stale, ...others]) writeFileSync(join(folder, name), 'x');
    files.prepareFolder();
    expect(readdirSync(folder).toSorted()).toEqual(others.toSorted());
  });
});

describe('B49: links are refused', () => {
  let elsewhere: string;
  beforeEach(() => {
    elsewhere = join(userDataFolder, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o755 });
  });

  onPosix('in place of the folder, and what they point to stays as it was', async () => {
    symlinkSync(elsewhere, folder);
    expect(await codeOf(() => files.prepareFolder())).toBe('vault_foreign');
    expect(await codeOf(() => files.setAside())).toBe('vault_foreign');
    expect(mode(elsewhere)).toBe('755');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  onPosix.each(['vault.json', 'records.db', 'records.db-wal', 'creating'])('in place of %s', async (name) => {
    files.prepareFolder();
    writeFileSync(join(elsewhere, 'target'), 'theirs', { mode: 0o644 });
    symlinkSync(join(elsewhere, 'target'), join(folder, name));
    expect(await codeOf(() => files.prepareFolder())).toBe('vault_foreign');
    expect(mode(join(elsewhere, 'target'))).toBe('644');
    expect(readFileSync(join(elsewhere, 'target'), 'utf8')).toBe('theirs');
  });

  onPosix('in place of the header when it is read, and of the database when it is opened or made', async () => {
    files.prepareFolder();
    writeFileSync(join(elsewhere, 'target'), 'theirs');
    symlinkSync(join(elsewhere, 'target'), join(folder, 'vault.json'));
    symlinkSync(join(elsewhere, 'nothing'), join(folder, 'records.db'));
    expect(await codeOf(() => files.readHeader())).toBe('vault_foreign');
    expect(await codeOf(() => files.databaseExists())).toBe('vault_foreign');
    expect(await codeOf(() => files.openRecords())).toBe('vault_foreign');
    expect(await codeOf(() => files.createRecords())).toBe('disk_error');
    expect(readdirSync(elsewhere)).toEqual(['target']);
  });

  onPosix('and a header that is written takes the place of a link, not of its target', () => {
    files.prepareFolder();
    writeFileSync(join(elsewhere, 'target'), 'theirs');
    symlinkSync(join(elsewhere, 'target'), join(folder, 'vault.json'));
    files.writeHeader('ours');
    expect(lstatSync(join(folder, 'vault.json')).isFile()).toBe(true);
    expect(readFileSync(join(elsewhere, 'target'), 'utf8')).toBe('theirs');
  });
});

describe('the database', () => {
  it('is never made by opening it', async () => {
    files.prepareFolder();
    expect(await codeOf(() => files.openRecords())).toBe('vault_damaged');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is never made over one that is there', async () => {
    files.prepareFolder();
    await files.createRecords().close();
    const before = readFileSync(join(folder, 'records.db'));
    expect(await codeOf(() => files.createRecords())).toBe('disk_error');
    expect(readFileSync(join(folder, 'records.db'))).toEqual(before);
  });
});

describe('setting aside', () => {
  it('renames the whole folder to a dated one beside it, and a second one on that second gets a number', () => {
    for (const text of ['first', 'second']) {
      files.prepareFolder();
      files.writeHeader(text);
      files.setAside();
    }
    expect(existsSync(folder)).toBe(false);
    const [one, two] = ['vault set aside 2026-01-31T14-05-09', 'vault set aside 2026-01-31T14-05-09 (2)'];
    expect(readdirSync(userDataFolder).toSorted()).toEqual([one, two]);
    expect(readFileSync(join(userDataFolder, one, 'vault.json'), 'utf8')).toBe('first');
    expect(readFileSync(join(userDataFolder, two, 'vault.json'), 'utf8')).toBe('second');
  });
});
