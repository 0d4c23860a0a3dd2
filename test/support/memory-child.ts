import process from 'node:process';
import { createInterface } from 'node:readline';
import { AppError } from '../../shared/errors.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { Secret } from '../../electron/secret.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';
import { sample } from './vault-rig-records.ts';

/** A program of its own with a vault under a passphrase: says "open", and "closed" once it was told to close it. */
async function main(): Promise<void> {
  const [, , userDataFolder = ''] = process.argv;
  const absent = (): Promise<never> => Promise.reject(new AppError('keychain_absent'));
  const keychain = { name: 'none', read: absent, write: absent, remove: absent, probe: absent };
  const files = vaultFiles({ userDataFolder, nowMs: () => Date.now() });
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const passphrase = new Secret(await next());
  const made = await createVault({ files, keychain, passphrase, nowMs: () => Date.now() });
  made.commit(sample());
  await made.close();

  const vault = await openVault({ files, keychain, passphrase });
  if (vault === null) throw new Error('the vault is gone');
  for (const { id } of vault.connections()) vault.connectionSecrets(id);
  vault.commit(sample());
  await vault.slots.check(passphrase);
  process.stdout.write('open\n');
  await next();
  await vault.close();
  process.stdout.write('closed\n');
  await next();
}

void main().then(() => process.exit(0));
