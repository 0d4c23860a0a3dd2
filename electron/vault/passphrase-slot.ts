import { randomBytes, scrypt } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { decryptGcm, encryptGcm, vaultKeyBytes } from './crypto.ts';
import type { PassphraseSlot } from './format.ts';

/** B46. A third of a second on a usual computer, and 128 MiB: what makes guessing dear. */
const usualCost = { n: 2 ** 17, r: 8, p: 1 } as const;

/** Seals the vault key under a passphrase. The key stays the caller's to wipe. */
export async function sealUnderPassphrase(
  vaultKey: Uint8Array,
  vaultId: string,
  passphrase: Secret,
): Promise<PassphraseSlot> {
  const kdf = { name: 'scrypt' as const, ...usualCost, salt: randomBytes(16).toString('base64') };
  const derivedKey = await derive(passphrase, kdf);
  try {
    const iv = randomBytes(12);
    const sealed = encryptGcm(derivedKey, iv, vaultKey, additionalData(vaultId));
    return { kind: 'passphrase', kdf, iv: iv.toString('base64'), sealedKey: sealed.toString('base64') };
  } finally {
    derivedKey.fill(0);
  }
}

/** The vault key, the caller's to wipe. Throws `wrong_passphrase`, also for a slot that somebody edited: it looks alike. */
export async function openPassphraseSlot(slot: PassphraseSlot, vaultId: string, passphrase: Secret): Promise<Buffer> {
  const derivedKey = await derive(passphrase, slot.kdf);
  try {
    const box = { iv: Buffer.from(slot.iv, 'base64'), sealed: Buffer.from(slot.sealedKey, 'base64') };
    return decryptGcm(derivedKey, box, additionalData(vaultId));
  } catch {
    throw new AppError('wrong_passphrase');
  } finally {
    derivedKey.fill(0);
  }
}

function additionalData(vaultId: string): Buffer {
  return Buffer.from(JSON.stringify(['grantkeep key slot', vaultId, 'passphrase']), 'utf8');
}

/** NFC, since one keyboard writes "é" as one sign and another as two. */
async function derive(passphrase: Secret, { n, r, p, salt }: PassphraseSlot['kdf']): Promise<Buffer> {
  const typed = Buffer.from(passphrase.reveal().normalize('NFC'), 'utf8');
  // Twice what the tables take: the limit is there to be met by a mistake, not by the floor itself.
  const options = { N: n, r, p, maxmem: 256 * n * r };
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(typed, Buffer.from(salt, 'base64'), vaultKeyBytes, options, (thrown, key) => {
        if (thrown === null) resolve(key);
        else reject(new AppError('internal'));
      });
    });
  } finally {
    typed.fill(0);
  }
}
