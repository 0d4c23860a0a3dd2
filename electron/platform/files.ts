import { dialog, shell, type BrowserWindow } from 'electron';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { ChosenFiles, FileKind } from '../services/ports.ts';
import { readChosen, writeChosen } from './chosen-file.ts';

/** The person chooses in the system's dialogs; the window learns neither path nor content. */
export function filesInDialogs(window: () => BrowserWindow | null, words: Catalogue['native']): ChosenFiles {
  const wordsOf = (what: FileKind) => (what === 'provider' ? words.files.provider : words.files.setUp);
  const kinds = (what: FileKind) => [{ name: wordsOf(what).kind, extensions: ['json'] }];
  return {
    async save(suggestedName, text, what = 'set_up') {
      const over = window();
      if (over === null) return false;
      const options = { title: wordsOf(what).save, defaultPath: suggestedName, filters: kinds(what) };
      const { canceled, filePath } = await dialog.showSaveDialog(over, options);
      if (canceled || filePath === '') return false;
      writeChosen(filePath, text);
      return true;
    },
    async open(mostBytes, what = 'set_up') {
      const over = window();
      if (over === null) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(over, {
        title: wordsOf(what).open,
        filters: kinds(what),
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
