import { randomUUID } from 'node:crypto';
import { vaultDoor } from '../../electron/platform/vault-door.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { Secret } from '../../electron/secret.ts';
import type { Change } from '../../electron/vault/records.ts';
import type { MemoryKeychain } from './memory-keychain.ts';
import type { RunningProvider } from './real-connections.ts';

/**
 * Makes as many connections of the only one in the vault as are wanted, each with a refresh token of its own that the
 * provider knows. To be called while no program has the vault open.
 */
export async function multiply(
  vaultOf: { folder: string; keychain: MemoryKeychain },
  { engine }: RunningProvider,
  wanted: number,
): Promise<void> {
  const vault = await vaultDoor(vaultOf.folder, vaultOf.keychain).open();
  const [only] = vault?.connections() ?? [];
  const secrets = only === undefined ? null : vault?.connectionSecrets(only.id);
  if (vault === null || only === undefined || secrets == null) throw new Error('no connection there');
  const { people, apps } = practiceAccounts(only.providerId);
  const changes: Change[] = [];
  for (let number = 2; number <= wanted; number += 1) {
    const refreshToken = engine.existingRefreshToken(apps[0]!.clientId, people[0]!.username);
    if (refreshToken === null) throw new Error('this provider gives no refresh tokens');
    const id = randomUUID();
    changes.push(
      { put: 'connection', record: { ...only, id, label: `Number ${String(number)}` } },
      { put: 'connection_secrets', connectionId: id, secrets: { ...secrets, refreshToken: new Secret(refreshToken) } },
    );
  }
  vault.commit(changes);
  await vault.close();
}
