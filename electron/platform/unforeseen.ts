import { createHash } from 'node:crypto';
import process from 'node:process';
import { app, dialog } from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Log } from '../services/ports.ts';

/**
 * Where it was thrown, as a word that can be told to anybody: of the stack only the places, since the message may hold
 * whatever was at hand.
 */
export function codeOf(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return createHash('sha256').update(places.slice(0, 3).join('\n')).digest('hex').slice(0, 8);
}

/**
 * An error in main that nobody foresaw (F48): a line in the log, and once in a run a dialog with its code, without
 * stack or message. The program goes on, since every commit is whole and each call answers for itself.
 */
export function watchUnforeseen(log: Log, words: Catalogue['native']): void {
  let isTold = false;
  const tell = (event: string, thrown: unknown): void => {
    const code = codeOf(thrown);
    log.write(event, { code });
    if (isTold || !app.isReady()) return;
    isTold = true;
    const { title, body } = words.crash;
    void dialog
      .showMessageBox({
        type: 'error',
        title: words.productName,
        message: title,
        detail: `${body}\n\n${words.crash.code(code)}`,
      })
      .catch(() => undefined);
  };
  process.on('uncaughtException', (thrown) => tell('uncaught error', thrown));
  process.on('unhandledRejection', (thrown) => tell('unhandled rejection', thrown));
}
