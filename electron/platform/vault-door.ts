import type { OpenedVault, VaultDoor } from '../services/ports.ts';
import { copyOfToday, putCopyInPlace, tidyCopies, wholeCopies } from '../vault/daily-copies.ts';
import type { Keychain } from '../vault/ports.ts';
import type { SealedVault } from '../vault/sealed-vault.ts';
import { createVault, openVault, unlockFrom } from '../vault/vault.ts';
import { vaultCopies } from './vault-copies.ts';
import { vaultFiles } from './vault-files.ts';

/** The vault of one profile: its files in `userDataFolder`, its key in this keychain. */
export function vaultDoor(userDataFolder: string, keychain: Keychain): VaultDoor {
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder, nowMs });
  const copies = vaultCopies({ userDataFolder, setAside: () => files.setAside() });
  const unlock = unlockFrom(keychain);
  const withCopies = (vault: SealedVault): OpenedVault =>
    Object.assign(vault, {
      copyOfToday: (atMs: number) => copyOfToday(vault, copies, atMs),
      tidyCopies: () => tidyCopies(vault, copies, files.readHeader()),
    });
  return {
    keychainName: keychain.name,
    open: async () => {
      const vault = await openVault({ files, keychain });
      return vault === null ? null : withCopies(vault);
    },
    create: async () => withCopies(await createVault({ files, keychain, nowMs })),
    restore: async (restored) => withCopies(await createVault({ files, keychain, nowMs, restored })),
    probeKeychain: () => keychain.probe(),
    setAside: () => files.setAside(),
    copies: () => wholeCopies(copies, unlock),
    putCopyInPlace: (copyId) => putCopyInPlace(copies, copyId, unlock),
  };
}
