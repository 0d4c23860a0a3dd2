import type { Keychain } from './ports.ts';

/**
 * The vault's commit number, kept where a copied folder does not carry it: in the keychain (B51). A vault below it is
 * an older copy. It has an item of its own: rewriting the key's item at each start and quit would put the key at risk
 * (a keychain that fails between deleting and adding loses it) for the sake of a number that may be lost.
 */
export class CommitNote {
  readonly #keychain: Keychain;
  readonly #account: string;

  constructor(keychain: Keychain, vaultId: string) {
    this.#keychain = keychain;
    this.#account = `vault-commit:${vaultId}`;
  }

  /** Null: never noted, or the keychain does not say. Neither stops anybody. */
  async read(): Promise<number | null> {
    const text = await this.#keychain.read(this.#account).catch(() => null);
    return text !== null && /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
  }

  /** False where it could not be noted: the next older copy may go unseen, which is no reason to stop work. */
  async write(commitNumber: number): Promise<boolean> {
    return this.#keychain.write(this.#account, String(commitNumber)).then(
      () => true,
      () => false,
    );
  }
}
