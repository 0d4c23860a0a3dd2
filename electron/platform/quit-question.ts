import { type BrowserWindow, type MessageBoxOptions, dialog } from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import { endingWords, type Ending, type MomentWords } from './native-words.ts';

/** Main's own dialog. "Do not say this again" is ticked: it is said once, unless a person wants it each time. */
export async function askToQuit(
  window: BrowserWindow | null,
  text: Catalogue,
  moments: MomentWords,
  endings: readonly Ending[],
): Promise<{ quits: boolean; notAgain: boolean }> {
  const { quit } = text.notices;
  const options: MessageBoxOptions = {
    type: 'warning',
    title: quit.title,
    message: quit.message,
    detail: endingWords(text, endings, moments),
    buttons: [quit.quit, quit.stay],
    defaultId: 1,
    cancelId: 1,
    checkboxLabel: quit.notAgain,
    checkboxChecked: true,
    noLink: true,
  };
  const onWindow = window?.isVisible() === true ? window : null;
  const { response, checkboxChecked } = await (onWindow === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(onWindow, options));
  const quits = response === 0;
  return { quits, notAgain: quits && checkboxChecked };
}
