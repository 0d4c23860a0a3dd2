import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** What of the file system is used, so that a test can make any step fail or fall short. */
export interface FileSteps {
  openSync(path: string, flags: string, mode?: number): number;
  writeSync(fd: number, bytes: Uint8Array, offset: number, length: number): number;
  fsyncSync(fd: number): void;
  closeSync(fd: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
}

export interface CarefulOptions {
  steps?: FileSteps;
  platform?: NodeJS.Platform;
  /** Blocks: nothing else may happen between the tries of one write. */
  wait?: (ms: number) => void;
}

const patienceMs = 2000;
const pauseMs = 50;

const full: readonly string[] = ['ENOSPC', 'EDQUOT'];
const closedToUs: readonly string[] = ['EROFS', 'EACCES', 'EPERM', 'EBUSY'];

/** A file system's error as ours. `name` is the folder the person knows. */
export function asDiskError(thrown: unknown, name: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const systemCode = systemCodeOf(thrown);
  if (systemCode === null) return new AppError('internal');
  const code: ErrorCode = full.includes(systemCode)
    ? 'disk_full'
    : closedToUs.includes(systemCode)
      ? 'disk_read_only'
      : 'disk_error';
  return new AppError(code, { name, systemCode });
}

/** ENOENT and its like; null for what is no error of the file system. */
export function systemCodeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
}

/**
 * Writes a file whole or not at all (B48): a new file beside it, out to the last byte and onto the disk, then renamed
 * over it, then the folder onto the disk. When it returns, the new content survives a power cut; when it throws, the
 * old content stands, save that after the rename itself nobody can know.
 */
export function writeCarefully(path: string, content: string | Uint8Array, options: CarefulOptions = {}): void {
  const { steps = fs, platform = process.platform } = options;
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  try {
    // wx: never through a link or into a file that somebody else put there.
    const fd = steps.openSync(temporary, 'wx', 0o600);
    try {
      // A write may take less than it was given and call that success.
      for (let at = 0; at < bytes.length;) at += steps.writeSync(fd, bytes, at, bytes.length - at);
      steps.fsyncSync(fd);
    } finally {
      steps.closeSync(fd);
    }
    renamePatiently(temporary, path, options);
  } catch (thrown) {
    try {
      steps.unlinkSync(temporary);
    } catch {
      // Never made, already renamed, or the disk is gone: the next start sweeps what is left.
    }
    throw asDiskError(thrown, dirname(path));
  }
  try {
    syncFolder(dirname(path), steps, platform);
  } catch (thrown) {
    throw asDiskError(thrown, dirname(path));
  }
}

/** Temp files of this writer for that file, left by a process that ended in between. */
export function isTemporaryOf(fileName: string, candidate: string): boolean {
  return candidate.startsWith(`.${fileName}.`) && /^[0-9a-f]{16}\.tmp$/.test(candidate.slice(fileName.length + 2));
}

/** On Windows a virus scanner or indexer holds a fresh file for a moment; that is waited out, nothing else is. */
export function renamePatiently(from: string, to: string, options: CarefulOptions = {}): void {
  const { steps = fs, platform = process.platform, wait = block } = options;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      steps.renameSync(from, to);
      return;
    } catch (thrown) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCodeOf(thrown) ?? '');
      if (platform !== 'win32' || !held || waitedMs >= patienceMs) throw thrown;
      wait(pauseMs);
    }
  }
}

/** A rename is on the disk only once its folder is. Windows knows no such call and keeps renames in its journal. */
export function syncFolder(folder: string, steps: FileSteps = fs, platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32') return;
  const fd = steps.openSync(folder, 'r');
  try {
    steps.fsyncSync(fd);
  } finally {
    steps.closeSync(fd);
  }
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
