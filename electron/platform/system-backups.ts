import { join } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { BackupFiles, BackupSealer } from '../services/vault-ports.ts';
import { backupFiles } from './backup-files.ts';
import { backupSealer } from './backup-sealer.ts';

/** Backups in the real world: the system's dialogs, the disk, and the thread that was built beside main. */
export function systemBackups(
  built: string,
  window: () => BrowserWindow | null,
  words: Catalogue,
): { backupFiles: BackupFiles; backupSealer: BackupSealer } {
  return {
    backupFiles: backupFiles(fileDialogs(window, words.backup.dialog)),
    backupSealer: backupSealer(join(built, 'worker', 'backup-worker.cjs')),
  };
}

/** The system's own dialogs over our window: a person says where a backup goes and which one is read, nobody else. */
function fileDialogs(
  window: () => BrowserWindow | null,
  words: Catalogue['backup']['dialog'],
): Pick<BackupFiles, 'chooseNew' | 'chooseExisting'> {
  const filters = [{ name: words.kind, extensions: ['age'] }];
  return {
    async chooseNew(suggestedName) {
      const options = { title: words.save, defaultPath: suggestedName, filters };
      const over = window();
      const answer = await (over === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(over, options));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    async chooseExisting() {
      const options = { title: words.open, filters, properties: ['openFile' as const] };
      const over = window();
      const answer = await (over === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(over, options));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
  };
}
