import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';

// Electron's crypto is BoringSSL: only what it shares with Node's OpenSSL is used (aes-256-gcm, sha256, hkdf).

export const vaultKeyBytes = 32;
const ivBytes = 12;
/** Given on both ways: without it Node takes a tag of 4 bytes, which 2^32 tries forge. */
const authTagLength = 16;

export interface SealedBytes {
  iv: Uint8Array;
  /** Ciphertext, then the tag. */
  sealed: Uint8Array;
}

export function encryptGcm(key: Uint8Array, iv: Uint8Array, plain: Uint8Array, additional: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength });
  cipher.setAAD(additional);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws whatever Node throws when the bytes, the tag, its length or the additional data are not as sealed. */
export function decryptGcm(key: Uint8Array, box: SealedBytes, additional: Uint8Array): Buffer {
  const tagAt = Math.max(0, box.sealed.length - authTagLength);
  const decipher = createDecipheriv('aes-256-gcm', key, box.iv, { authTagLength });
  decipher.setAuthTag(box.sealed.subarray(tagAt));
  decipher.setAAD(additional);
  const parts = [decipher.update(box.sealed.subarray(0, tagAt)), decipher.final()];
  const plain = Buffer.concat(parts);
  for (const part of parts) part.fill(0);
  return plain;
}

/**
 * HKDF-SHA-256 (RFC 5869) for one block of output. Node's own `hkdfSync` keeps a copy of the key in a key object until
 * that is collected, which may be long after the vault was locked (B62); these two HMACs leave nothing behind.
 */
function derived(vaultKey: Uint8Array, vaultId: string, what: string): Buffer {
  const pseudoRandomKey = createHmac('sha256', vaultId).update(vaultKey).digest();
  try {
    return createHmac('sha256', pseudoRandomKey).update(`grantkeep/1/${what}`, 'utf8').update('\u0001').digest();
  } finally {
    pseudoRandomKey.fill(0);
  }
}

/** Stands in the header in clear: tells a wrong key from a damaged record, and nothing else. */
export function keyCheckOf(vaultKey: Uint8Array, vaultId: string): string {
  return derived(vaultKey, vaultId, 'check').toString('base64');
}

/**
 * What is derived from the vault key. Sealing, tally and key check each have a key of their own, so that no answer
 * of one helps against another. The vault key itself is wiped as soon as they are made: nothing else needs it.
 */
export class VaultKeys {
  readonly check: string;
  readonly #records: Buffer;
  readonly #tally: Buffer;
  #wiped = false;

  /** Takes the key over: the bytes handed in are zero afterwards. */
  constructor(vaultKey: Buffer, vaultId: string) {
    this.#records = derived(vaultKey, vaultId, 'records');
    this.#tally = derived(vaultKey, vaultId, 'tally');
    this.check = keyCheckOf(vaultKey, vaultId);
    vaultKey.fill(0);
  }

  seal(plain: Uint8Array, additional: Uint8Array): SealedBytes {
    this.#mustBeWhole();
    const iv = randomBytes(ivBytes);
    return { iv, sealed: encryptGcm(this.#records, iv, plain, additional) };
  }

  /** Throws `vault_damaged` when it does not open; why it does not is told to nobody. */
  open(box: SealedBytes, additional: Uint8Array): Buffer {
    this.#mustBeWhole();
    if (box.iv.length !== ivBytes) throw new AppError('vault_damaged');
    try {
      return decryptGcm(this.#records, box, additional);
    } catch {
      throw new AppError('vault_damaged');
    }
  }

  /** One record's share of the tally. The NUL ends the id, so no id and number read as another pair. */
  mark(id: string, commitNumber: number): Buffer {
    this.#mustBeWhole();
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(BigInt(commitNumber));
    return createHmac('sha256', this.#tally).update(id, 'utf8').update('\0').update(number).digest();
  }

  wipe(): void {
    this.#wiped = true;
    this.#records.fill(0);
    this.#tally.fill(0);
  }

  /** A wiped key is all zeros: sealing with it would be worse than failing. */
  #mustBeWhole(): void {
    if (this.#wiped) throw new AppError('vault_not_open');
  }
}
