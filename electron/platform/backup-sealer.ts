import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { BackupSealer } from '../services/vault-ports.ts';
import type { BackupAnswer, BackupJob } from './backup-worker.ts';

/** Seals and opens in a thread, so that the window and every renewal go on meanwhile. */
export function backupSealer(workerFile: string): BackupSealer {
  const run = (what: BackupJob['what'], given: Uint8Array, passphrase: string): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      // A copy of its own, which goes over to the thread whole and is wiped there.
      const bytes = new Uint8Array(given);
      if (what === 'seal') given.fill(0);
      const worker = new Worker(workerFile);
      const failed = (): void => reject(new AppError('internal'));
      worker.once('error', failed);
      worker.once('exit', failed);
      worker.once('message', (answer: BackupAnswer) => {
        if (answer.ok) resolve(answer.bytes);
        else reject(new AppError(answer.code));
        void worker.terminate();
      });
      worker.postMessage({ what, bytes, passphrase } satisfies BackupJob, [bytes.buffer]);
    });
  return {
    seal: (plain, passphrase) => run('seal', plain, passphrase.reveal()),
    open: (sealed, passphrase) => run('open', sealed, passphrase.reveal()),
  };
}
