import * as fs from 'node:fs';
import process from 'node:process';
import { AppError } from '../../shared/errors.ts';

/** Null where there is nothing. A link is somebody else's arrangement: following it could write anywhere (B49). */
export function look(path: string, wanted: 'file' | 'folder'): fs.Stats | null {
  const found = fs.lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (wanted === 'file' ? !found.isFile() : !found.isDirectory()) throw new AppError('vault_foreign', { name: path });
  return found;
}

/** Takes every right from everybody but this user. Windows has no such bits; the profile's own rights stand there. */
export function closeToOthers(path: string, found: fs.Stats): void {
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    fs.chmodSync(path, found.isDirectory() ? 0o700 : 0o600);
}
