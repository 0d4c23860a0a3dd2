import process from 'node:process';
import { asAppError } from '../../shared/errors.ts';
import { systemKeychain } from '../../electron/platform/keychain.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { Secret } from '../../electron/secret.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';

/** A program of its own with real keychain and real files: `fill`, `read`, or `hold` the vault until it is killed. */
async function main(): Promise<unknown> {
  const [, , what, userDataFolder = ''] = process.argv;
  const nowMs = (): number => Date.now();
  const files = vaultFiles({ userDataFolder, nowMs });
  const keychain = systemKeychain({ service: 'Grantkeep test', limitMs: 10_000 });
  if (what === 'fill') {
    const vault = await createVault({ files, keychain, nowMs });
    vault.commit([
      {
        put: 'app',
        record: {
          id: 'one',
          realm: 'vault',
          providerId: 'other',
          name: 'Real',
          clientId: 'c',
          clientSecretSet: true,
          regionId: 'only',
          issuer: null,
          endpoints: [{ kind: 'token', url: 'https://provider.example/token', source: 'entered_by_you' }],
          scopes: [],
          redirectUri: null,
          createdAtMs: 1,
        },
      },
      { put: 'app_secrets', appId: 'one', secrets: { clientSecret: new Secret('kept across programs') } },
    ]);
    await vault.close();
  }
  const vault = await openVault({ files, keychain });
  if (vault === null) return { absent: true };
  const found = {
    name: vault.app('one')?.name,
    secret: vault.appSecrets('one').clientSecret?.reveal(),
    commitNumber: vault.commitNumber,
    olderCopy: vault.olderCopy,
  };
  if (what === 'hold') {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    setInterval(() => vault.commitNumber, 1000);
    return null;
  }
  await vault.close();
  return found;
}

main().then(
  (found) => {
    if (found !== null) process.stdout.write(`${JSON.stringify(found)}\n`);
  },
  (thrown: unknown) => {
    process.stdout.write(`${JSON.stringify({ code: asAppError(thrown).code })}\n`);
  },
);
