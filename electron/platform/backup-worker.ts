import { parentPort } from 'node:worker_threads';
import { asAppError, type ErrorCode } from '../../shared/errors.ts';
import { openBackup, sealBackup } from '../vault/backup-seal.ts';

/** A thread of its own, for one backup: built apart from main, since a thread cannot load Electron. */

export interface BackupJob {
  what: 'seal' | 'open';
  bytes: Uint8Array;
  passphrase: string;
}

export type BackupAnswer = { ok: true; bytes: Uint8Array } | { ok: false; code: ErrorCode };

async function work({ what, bytes, passphrase }: BackupJob): Promise<BackupAnswer> {
  try {
    return { ok: true, bytes: await (what === 'seal' ? sealBackup : openBackup)(bytes, passphrase) };
  } catch (thrown) {
    return { ok: false, code: asAppError(thrown).code };
  } finally {
    bytes.fill(0);
  }
}

parentPort?.once('message', (job: BackupJob) => {
  void work(job).then((answer) => parentPort?.postMessage(answer));
});
