import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChosen, writeChosen } from '../../../electron/platform/chosen-file.ts';
import { codeOf } from '../../support/vault-rig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantkeep-chosen-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that a person chose', () => {
  it('is written whole, for this user alone, over what was there', () => {
    const path = join(folder, 'set-up.json');
    writeFileSync(path, 'older and longer');
    writeChosen(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['set-up.json']);
  });

  it('is named when it cannot be written, without its folder', async () => {
    mkdirSync(join(folder, 'taken'));
    const missing = join(folder, 'none', 'set-up.json');
    expect(await codeOf(() => writeChosen(missing, 'x'))).toBe('file_not_written');
    expect(() => writeChosen(missing, 'x')).toThrow(
      expect.objectContaining({ facts: { name: 'set-up.json', systemCode: 'ENOENT' } }) as Error,
    );
    expect(await codeOf(() => writeChosen(join(folder, 'taken'), 'x'))).toBe('file_not_written');
  });

  it('is read to the last byte that it may have', async () => {
    const path = join(folder, 'a.json');
    writeFileSync(path, 'x'.repeat(100));
    expect(Buffer.from(readChosen(path, 100)).toString()).toBe('x'.repeat(100));
    expect(await codeOf(() => readChosen(path, 99))).toBe('set_up_too_large');
    writeFileSync(path, '');
    expect(readChosen(path, 99)).toHaveLength(0);
  });

  it('is not read where it is none: a folder, a pipe that nobody writes to, a device without end, nothing', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [folder, pipe, '/dev/zero', join(folder, 'absent.json')]) {
      expect(await codeOf(() => readChosen(path, 99))).toBe('file_unreadable');
    }
  });
});
