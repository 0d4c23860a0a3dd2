import * as fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError, asAppError } from '../../shared/errors.ts';
import type { BackupFiles } from '../services/vault-ports.ts';
import { writeCarefully } from './careful-file.ts';

/** Far above what a vault of thousands comes to; something else that is larger is not read into memory. */
const largestBytes = 256 * 1024 * 1024;

/** Backup files on whatever disk the person chose. `ask` is how they are asked: the system's dialogs. */
export function backupFiles(ask: Pick<BackupFiles, 'chooseNew' | 'chooseExisting'>): BackupFiles {
  return {
    ...ask,
    write(path, sealed) {
      try {
        writeCarefully(path, sealed);
      } catch (thrown) {
        const { code, facts } = asAppError(thrown);
        throw new AppError(code === 'disk_read_only' ? 'backup_folder_closed' : code, facts);
      }
      // A stick or a network folder may take bytes and keep others.
      if (!fs.readFileSync(path).equals(sealed)) throw new AppError('disk_error', { name: dirname(path) });
    },
    read(path) {
      try {
        if (fs.statSync(path).size > largestBytes) throw new AppError('backup_foreign');
        return fs.readFileSync(path);
      } catch (thrown) {
        throw thrown instanceof AppError ? thrown : new AppError('backup_unreadable', { name: basename(path) });
      }
    },
  };
}
