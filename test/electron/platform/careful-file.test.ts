import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { writeCarefully, type FileSteps } from '../../../electron/platform/careful-file.ts';
import { codeOf } from '../../support/vault-rig.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'grantkeep-careful-'));
  path = join(folder, 'file.json');
  fs.writeFileSync(path, 'old');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const systemError = (code: string): Error => Object.assign(new Error(code), { code });
const real: FileSteps = {
  openSync: (path, flags, mode) => fs.openSync(path, flags, mode),
  writeSync: (fd, bytes, offset, length) => fs.writeSync(fd, bytes, offset, length),
  fsyncSync: (fd) => fs.fsyncSync(fd),
  closeSync: (fd) => fs.closeSync(fd),
  renameSync: (from, to) => fs.renameSync(from, to),
  unlinkSync: (path) => fs.unlinkSync(path),
};
/** The real steps, noting each, with some of them replaced. */
function noting(replaced: Partial<FileSteps> = {}): { steps: FileSteps; done: string[] } {
  const done: string[] = [];
  const steps = { ...real, ...replaced };
  const noted = Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [
      name,
      (...args: unknown[]): unknown => {
        const detail = name === 'openSync' ? ` ${String(args[1])}` : '';
        done.push(name.replace('Sync', '') + detail);
        return (step as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  );
  return { steps: noted as unknown as FileSteps, done };
}

describe('B48: writing carefully', () => {
  it('is open, write, sync, close, rename, then the folder synced, in this order', () => {
    const { steps, done } = noting();
    writeCarefully(path, 'new', { steps, platform: 'linux' });
    expect(done).toEqual(['open wx', 'write', 'fsync', 'close', 'rename', 'open r', 'fsync', 'close']);
    expect(fs.readFileSync(path, 'utf8')).toBe('new');
    expect(fs.readdirSync(folder)).toEqual(['file.json']);
  });

  it('does not ask Windows to sync a folder', () => {
    const { steps, done } = noting();
    writeCarefully(path, 'new', { steps, platform: 'win32' });
    expect(done.at(-1)).toBe('rename');
  });

  it.runIf(process.platform !== 'win32')('makes a file for its owner alone', () => {
    writeCarefully(path, 'new');
    expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes on until all bytes are out when the system takes only some', () => {
    const text = 'täglich grüßt '.repeat(50);
    const { steps, done } = noting({
      writeSync: (fd, bytes, offset, length) => fs.writeSync(fd, bytes, offset, Math.min(length, 7)),
    });
    writeCarefully(path, text, { steps });
    expect(fs.readFileSync(path, 'utf8')).toBe(text);
    expect(done.filter((step) => step === 'write').length).toBeGreaterThan(50);
  });

  it.each([
    ['openSync', 'EROFS', 'disk_read_only'],
    ['openSync', 'EACCES', 'disk_read_only'],
    ['writeSync', 'ENOSPC', 'disk_full'],
    ['writeSync', 'EDQUOT', 'disk_full'],
    ['fsyncSync', 'EIO', 'disk_error'],
    ['fsyncSync', 'ENOSPC', 'disk_full'],
    ['renameSync', 'EIO', 'disk_error'],
  ] as const)('keeps the old file and no other when %s ends with %s, and says %s', (step, systemCode, code) => {
    const { steps } = noting({
      [step]: () => {
        throw systemError(systemCode);
      },
    });
    try {
      writeCarefully(path, 'new', { steps });
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
      expect((thrown as AppError).code).toBe(code);
      expect((thrown as AppError).facts).toEqual({ name: folder, systemCode });
    }
    expect(fs.readFileSync(path, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['file.json']);
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'waits out a file that Windows holds with %s, for up to two seconds',
    async (held) => {
      let left = 3;
      let waitedMs = 0;
      const wait = (ms: number): void => void (waitedMs += ms);
      const renameSync = (from: string, to: string): void => {
        left -= 1;
        if (left >= 0) throw systemError(held);
        fs.renameSync(from, to);
      };
      writeCarefully(path, 'new', { ...noting({ renameSync }), platform: 'win32', wait });
      expect(fs.readFileSync(path, 'utf8')).toBe('new');
      expect(waitedMs).toBe(150);

      left = 1_000_000;
      waitedMs = 0;
      expect(
        await codeOf(() => writeCarefully(path, 'newer', { ...noting({ renameSync }), platform: 'win32', wait })),
      ).toBe('disk_read_only');
      expect(waitedMs).toBe(2000);
      expect(fs.readFileSync(path, 'utf8')).toBe('new');
    },
  );

  it('waits for nothing elsewhere', async () => {
    const renameSync = (): void => {
      throw systemError('EPERM');
    };
    const wait = (): void => expect.unreachable();
    expect(
      await codeOf(() => writeCarefully(path, 'new', { ...noting({ renameSync }), platform: 'linux', wait })),
    ).toBe('disk_read_only');
  });
});
