import process from 'node:process';
import { systemKeychain } from '../../electron/platform/keychain.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { createVault } from '../../electron/vault/vault.ts';
import { fill, type Many } from './many.ts';

/** A program of its own: makes a vault with so many connections, its key in the keychain where the program looks. */
async function main(): Promise<void> {
  const [, , userDataFolder = '', how = ''] = process.argv;
  const nowMs = (): number => Date.now();
  const keychain = systemKeychain({ service: 'Grantkeep' });
  const vault = await createVault({ files: vaultFiles({ userDataFolder, nowMs }), keychain, nowMs });
  fill(vault, { ...(JSON.parse(how) as Omit<Many, 'nowMs'>), nowMs: nowMs() });
  await vault.close();
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${String(thrown)}\n`);
  process.exit(1);
});
