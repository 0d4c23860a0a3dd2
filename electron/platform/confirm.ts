import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { Question } from '../../shared/model/question.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Confirm } from '../services/ports.ts';

const no = 0;
const yes = 1;

/** Return, Escape and closing the dialog all mean no: a yes is pressed, never stumbled into. */
export function messageBox(question: Question, words: Catalogue['native']): MessageBoxOptions {
  const asked = words.ask(question);
  return {
    type: 'warning',
    title: asked.title,
    message: asked.message,
    detail: asked.detail,
    buttons: [asked.no, asked.yes],
    defaultId: no,
    cancelId: no,
    // As plain buttons on Windows, and with no letter of a name taken for a key.
    noLink: true,
    normalizeAccessKeys: false,
  };
}

/** B31: a dialog of the system over our window. Without a window nobody could say yes. */
export function confirmInDialog(window: () => BrowserWindow | null, words: Catalogue['native']): Confirm {
  return {
    async ask(question) {
      const over = window();
      if (over === null) return false;
      const { response } = await dialog.showMessageBox(over, messageBox(question, words));
      return response === yes;
    },
  };
}
