import { Decrypter, Encrypter } from 'age-encryption';
import { AppError, type ErrorCode } from '../../shared/errors.ts';

/**
 * A backup is a file in the age format (age-encryption.org/v1) with one passphrase, so that a person can open it with
 * other programs too. scrypt is asked for 256 MiB and seconds of work, on purpose: run this where nobody waits.
 */

/** N = 2^18. What asks for less was not made here and is not opened (B46); far more could only hang this computer. */
const workFactor = 18;
const highestWorkFactor = 20;

const magic = 'age-encryption.org/';
const header = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n[A-Za-z0-9+/]{43}\n--- /;
/** Far above the 150 bytes that such a header has. */
const headerLimit = 400;

export async function sealBackup(plain: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(spelled(passphrase));
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(plain);
}

/** Throws `backup_foreign`, `backup_newer`, `backup_passphrase` or `backup_damaged`. */
export async function openBackup(sealed: Uint8Array, passphrase: string): Promise<Uint8Array> {
  judgeSealed(sealed);
  let code: ErrorCode = 'backup_damaged';
  const decrypter = new Decrypter();
  decrypter.addPassphrase(spelled(passphrase));
  // Asked only when the passphrase before it opened nothing: what tells a wrong one from a damaged file.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      code = 'backup_passphrase';
      return null;
    },
  });
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    throw new AppError(code);
  }
}

/** What can be said of a file without its passphrase. Throws `backup_foreign`, `backup_newer` or `backup_damaged`. */
export function judgeSealed(sealed: Uint8Array): void {
  const start = Buffer.from(sealed.subarray(0, headerLimit)).toString('latin1');
  if (!start.startsWith(magic)) throw new AppError('backup_foreign');
  if (/^[^\n]*\/v([2-9]|[1-9][0-9]+)\n/.test(start)) throw new AppError('backup_newer');
  const factor = Number(header.exec(start)?.[1] ?? NaN);
  // An age file for a key instead of a passphrase is whole, but none of ours.
  if (Number.isNaN(factor)) throw new AppError(/\n-> (?!scrypt )/.test(start) ? 'backup_foreign' : 'backup_damaged');
  if (factor < workFactor || factor > highestWorkFactor) throw new AppError('backup_foreign');
}

/** Two keyboards may put together an "é" in two ways; a person typed the same passphrase on both. */
function spelled(passphrase: string): string {
  return passphrase.normalize('NFC');
}
