import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { keyCheckOf, vaultKeyBytes } from './crypto.ts';
import { judgeHeader, keyFits, writeHeaderText, type VaultHeader } from './format.ts';
import { openPassphraseSlot, sealUnderPassphrase } from './passphrase-slot.ts';
import type { Keychain, VaultFiles } from './ports.ts';

const keyAccount = (vaultId: string): string => `vault-key:${vaultId}`;

/**
 * Puts a vault's key where only the keychain holds it: written, read back, compared (B40). A vault whose key did not
 * arrive must never come to be.
 */
export async function keepInKeychain(keychain: Keychain, vaultId: string, vaultKey: Buffer): Promise<void> {
  const keyText = vaultKey.toString('base64');
  await keychain.write(keyAccount(vaultId), keyText);
  if ((await keychain.read(keyAccount(vaultId))) !== keyText)
    throw new AppError('keychain_denied', { name: keychain.name });
}

/** True where it is known to be gone. */
export function dropFromKeychain(keychain: Keychain, vaultId: string): Promise<boolean> {
  return keychain.remove(keyAccount(vaultId)).then(
    () => true,
    () => false,
  );
}

/** Is a passphrase the only way in? One beside the keychain would be no second lock, so no program writes that. */
export function needsPassphrase({ keySlots }: Pick<VaultHeader, 'keySlots'>): boolean {
  return keySlots.every((slot) => slot.kind === 'passphrase');
}

/**
 * The key of the vault with that header, the caller's to wipe. Throws `vault_locked` where a passphrase is needed and
 * none is given, `wrong_passphrase`, `key_missing`, `key_wrong`, `keychain_…`.
 */
export async function vaultKeyFor(keychain: Keychain, header: VaultHeader, passphrase: Secret | null): Promise<Buffer> {
  const { vaultId } = header;
  if (!needsPassphrase(header)) {
    const key = await keyFromKeychain(keychain, vaultId);
    return fitting(header, key, new AppError('key_wrong', { name: keychain.name }));
  }
  if (passphrase === null) throw new AppError('vault_locked');
  for (const slot of header.keySlots) {
    if (slot.kind !== 'passphrase') continue;
    const key = await openPassphraseSlot(slot, vaultId, passphrase);
    return fitting(header, key, new AppError('wrong_passphrase'));
  }
  throw new AppError('vault_damaged');
}

function fitting(header: VaultHeader, key: Buffer, otherwise: AppError): Buffer {
  if (keyFits(header, keyCheckOf(key, header.vaultId))) return key;
  key.fill(0);
  throw otherwise;
}

async function keyFromKeychain(keychain: Keychain, vaultId: string): Promise<Buffer> {
  const name = keychain.name;
  const keyText = await keychain.read(keyAccount(vaultId));
  if (keyText === null) {
    // Null is also what a locked keyring says. Only a refused write tells them apart (B41).
    await keychain.probe();
    throw new AppError('key_missing', { name });
  }
  const key = Buffer.from(keyText, 'base64');
  if (key.length !== vaultKeyBytes) throw new AppError('key_wrong', { name });
  return key;
}

/**
 * The ways into the vault that is open, and changing them. It goes by the header as it was when the vault opened:
 * whoever exchanges the file meanwhile must not unlock with a passphrase of their own what goes on renewing in memory.
 */
export class KeySlots {
  readonly #files: VaultFiles;
  readonly #keychain: Keychain;
  #header: VaultHeader;

  constructor(peers: { files: VaultFiles; keychain: Keychain }, header: VaultHeader) {
    this.#files = peers.files;
    this.#keychain = peers.keychain;
    this.#header = header;
  }

  get needsPassphrase(): boolean {
    return needsPassphrase(this.#header);
  }

  /** The header that this vault goes by, for its copies. */
  get headerText(): string {
    return writeHeaderText(this.#header);
  }

  /** Throws `wrong_passphrase`. */
  async check(passphrase: Secret): Promise<void> {
    (await vaultKeyFor(this.#keychain, this.#header, passphrase)).fill(0);
  }

  /**
   * From now on this passphrase opens the vault, and nothing else does. False: the keychain still holds the key, since
   * it did not answer; the next opening takes it out. A copy of the folder from before needs the key that goes here.
   */
  async set(passphrase: Secret, current: Secret | null): Promise<boolean> {
    const { vaultId } = this.#header;
    const inKeychain = !this.needsPassphrase;
    const key = await vaultKeyFor(this.#keychain, this.#header, current);
    try {
      const slot = await sealUnderPassphrase(key, vaultId, passphrase);
      // Opened once before anything relies on it.
      const proof = await openPassphraseSlot(slot, vaultId, passphrase);
      const opens = proof.equals(key);
      proof.fill(0);
      if (!opens) throw new AppError('internal');
      this.#replace([slot]);
    } finally {
      key.fill(0);
    }
    return inKeychain ? dropFromKeychain(this.#keychain, vaultId) : true;
  }

  /** Back to the keychain, which must be there and keep the key before the passphrase goes. */
  async remove(current: Secret): Promise<void> {
    if (!this.needsPassphrase) throw new AppError('bad_input');
    const { vaultId } = this.#header;
    const key = await vaultKeyFor(this.#keychain, this.#header, current);
    try {
      await keepInKeychain(this.#keychain, vaultId, key);
    } finally {
      key.fill(0);
    }
    try {
      this.#replace([{ kind: 'keychain', name: this.#keychain.name }]);
    } catch (thrown) {
      // The passphrase may still be what opens it. If the new header did arrive, the key must stay.
      if (this.#stands()) await dropFromKeychain(this.#keychain, vaultId);
      throw thrown;
    }
  }

  /** The old header stands until the new one lies whole beside it; one of the two opens the vault at every moment. */
  #replace(keySlots: VaultHeader['keySlots']): void {
    if (!this.#stands()) throw new AppError('changed_meanwhile');
    const header = { ...this.#header, keySlots };
    this.#files.replaceHeader(writeHeaderText(header));
    this.#header = header;
  }

  /** Is the header on the disk still the one this vault opened by? */
  #stands(): boolean {
    const judgement = judgeHeader(this.#files.readHeader() ?? '');
    return judgement.verdict === 'ok' && writeHeaderText(judgement.header) === writeHeaderText(this.#header);
  }
}
