import type { Secret } from '../secret.ts';
import type { OpenedVault, VaultDoor } from '../services/vault-ports.ts';
import { copiesFollow, copyOfToday, putCopyInPlace, tidyCopies, wholeCopies } from '../vault/daily-copies.ts';
import type { Keychain } from '../vault/ports.ts';
import type { SealedVault } from '../vault/sealed-vault.ts';
import { createVault, openVault, unlockFrom } from '../vault/vault.ts';
import { noteLimitMs, systemKeychain } from './keychain.ts';
import { vaultCopies } from './vault-copies.ts';
import { vaultFiles } from './vault-files.ts';

/**
 * The vault of one profile: its files in `userDataFolder`, its key in this keychain or under a passphrase.
 * `noteKeychain` is the same one with less patience, for what a vault can do without.
 */
export function vaultDoor(userDataFolder: string, keychain: Keychain, noteKeychain = keychain): VaultDoor {
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder, nowMs });
  const copies = vaultCopies({ userDataFolder, setAside: () => files.setAside() });
  const peers = (passphrase?: Secret) => ({
    ...{ files, keychain, noteKeychain },
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const withCopies = (vault: SealedVault): OpenedVault =>
    Object.assign(vault, {
      copyOfToday: (atMs: number) => copyOfToday(vault, copies, atMs),
      tidyCopies: () => tidyCopies(vault, copies),
      copiesFollow: () => copiesFollow(vault, copies),
    });
  return {
    keychainName: keychain.name,
    async open(passphrase) {
      const vault = await openVault(peers(passphrase));
      return vault === null ? null : withCopies(vault);
    },
    create: async (passphrase) => withCopies(await createVault({ ...peers(passphrase), nowMs })),
    restore: async (restored, passphrase) => withCopies(await createVault({ ...peers(passphrase), nowMs, restored })),
    probeKeychain: () => keychain.probe(),
    setAside: () => files.setAside(),
    copies: (passphrase) => wholeCopies(copies, unlockFrom(peers(passphrase))),
    putCopyInPlace: (copyId, passphrase) => putCopyInPlace(copies, copyId, unlockFrom(peers(passphrase))),
  };
}

/** The same with the keychain of this system, under the name that our items bear in it. */
export function systemVaultDoor(userDataFolder: string): VaultDoor {
  const service = 'Grantkeep';
  return vaultDoor(userDataFolder, systemKeychain({ service }), systemKeychain({ service, limitMs: noteLimitMs }));
}
