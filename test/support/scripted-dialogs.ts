import type { Question } from '../../shared/model/question.ts';
import type { ChosenFiles, Confirm } from '../../electron/services/ports.ts';

export interface ScriptedDialogs {
  confirm: Confirm;
  files: ChosenFiles;
  /** What was asked, in its order. */
  questions: Question[];
  /** The answer to every question from now on: a person who says No unless the test says otherwise. */
  answer: (question: Question) => boolean | Promise<boolean>;
  /** The file that the person chooses to open; null: they cancel. */
  chosen: { name: string; bytes: Uint8Array } | null;
  /** What was saved, and under which suggested name. */
  saved: { name: string; text: string }[];
  /** The person cancels the save dialog. */
  cancelsSave: boolean;
}

/** Main's dialogs with a person of paper in front of them. */
export function scriptedDialogs(): ScriptedDialogs {
  const dialogs: ScriptedDialogs = {
    questions: [],
    answer: () => false,
    chosen: null,
    saved: [],
    cancelsSave: false,
    confirm: {
      async ask(question) {
        dialogs.questions.push(question);
        return dialogs.answer(question);
      },
    },
    files: {
      save(name, text) {
        if (dialogs.cancelsSave) return Promise.resolve(false);
        dialogs.saved.push({ name, text });
        return Promise.resolve(true);
      },
      open: () => Promise.resolve(dialogs.chosen),
    },
  };
  return dialogs;
}
