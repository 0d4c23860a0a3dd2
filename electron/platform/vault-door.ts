import type { Secret } from '../secret.ts';
import type { VaultDoor } from '../services/ports.ts';
import type { Keychain } from '../vault/ports.ts';
import { createVault, openVault } from '../vault/vault.ts';
import { noteLimitMs, systemKeychain } from './keychain.ts';
import { vaultFiles } from './vault-files.ts';

/**
 * The vault of one profile: its files in `userDataFolder`, its key in this keychain or under a passphrase.
 * `noteKeychain` is the same one with less patience, for what a vault can do without.
 */
export function vaultDoor(userDataFolder: string, keychain: Keychain, noteKeychain = keychain): VaultDoor {
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder, nowMs });
  const peers = { files, keychain, noteKeychain };
  const given = (passphrase?: Secret) => (passphrase === undefined ? {} : { passphrase });
  return {
    keychainName: keychain.name,
    open: (passphrase) => openVault({ ...peers, ...given(passphrase) }),
    create: (passphrase) => createVault({ ...peers, ...given(passphrase), nowMs }),
    probeKeychain: () => keychain.probe(),
    setAside: () => files.setAside(),
  };
}

/** The same with the keychain of this system, under the name that our items bear in it. */
export function systemVaultDoor(userDataFolder: string): VaultDoor {
  const service = 'Grantkeep';
  return vaultDoor(userDataFolder, systemKeychain({ service }), systemKeychain({ service, limitMs: noteLimitMs }));
}
