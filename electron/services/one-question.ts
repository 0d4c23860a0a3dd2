import type { Question } from '../../shared/model/question.ts';
import type { Confirm } from './ports.ts';

/**
 * One question at a time: while one is open, any other is answered No. A window gone wrong cannot pile up dialogs
 * until somebody presses the wrong button.
 */
export function oneQuestion(confirm: Confirm): Confirm {
  let open = false;
  return {
    async ask(question: Question) {
      if (open) return false;
      open = true;
      try {
        return await confirm.ask(question);
      } finally {
        open = false;
      }
    },
  };
}
