import { dialog, shell, type BrowserWindow } from 'electron';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { ChosenFiles } from '../services/ports.ts';
import { readChosen, writeChosen } from './chosen-file.ts';

/** The person chooses in the system's dialogs; the window learns neither path nor content. */
export function filesInDialogs(window: () => BrowserWindow | null, words: Catalogue['native']): ChosenFiles {
  const kinds = (): { name: string; extensions: string[] }[] => [{ name: words.files.setUp, extensions: ['json'] }];
  return {
    async save(suggestedName, text) {
      const over = window();
      if (over === null) return false;
      const options = { title: words.files.save, defaultPath: suggestedName, filters: kinds() };
      const { canceled, filePath } = await dialog.showSaveDialog(over, options);
      if (canceled || filePath === '') return false;
      writeChosen(filePath, text);
      return true;
    },
    async open(mostBytes) {
      const over = window();
      if (over === null) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(over, {
        title: words.files.open,
        filters: kinds(),
        properties: ['openFile'],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      return { name: basename(path), bytes: readChosen(path, mostBytes) };
    },
  };
}

/** In the system's own file manager. Throws `folder_failed`. */
export async function openFolder(folder: string): Promise<void> {
  if ((await shell.openPath(folder)) !== '') throw new AppError('folder_failed', { name: folder });
}
