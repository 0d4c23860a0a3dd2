import type { VaultDoor } from '../services/ports.ts';
import type { Keychain } from '../vault/ports.ts';
import { createVault, openVault } from '../vault/vault.ts';
import { vaultFiles } from './vault-files.ts';

/** The vault of one profile: its files in `userDataFolder`, its key in this keychain. */
export function vaultDoor(userDataFolder: string, keychain: Keychain): VaultDoor {
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder, nowMs });
  return {
    keychainName: keychain.name,
    open: () => openVault({ files, keychain }),
    create: () => createVault({ files, keychain, nowMs }),
    probeKeychain: () => keychain.probe(),
    setAside: () => files.setAside(),
  };
}
