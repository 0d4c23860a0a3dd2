import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import {
  appSecretsBody,
  connectionSecretsBody,
  readApp,
  readAppSecrets,
  readConnection,
  readConnectionSecrets,
  readHistory,
} from './payloads.ts';
import type { Change, Vault } from './records.ts';
import { stage } from './staging.ts';

/**
 * What a backup holds, before it is sealed: strict JSON, its records as they stand in the vault's own rows. A new member
 * in any of them is a new `version`, given only to backups that need it, so that an older program opens the others.
 */
const backupFormat = 'grantkeep backup';
const backupVersion = 1;

const content = z.strictObject({
  format: z.literal(backupFormat),
  version: z.literal(backupVersion),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  commitNumber: z.number().int().positive(),
  madeAtMs: z.number(),
  apps: z.array(z.unknown()),
  appSecrets: z.array(z.strictObject({ appId: z.string(), secrets: z.unknown() })),
  connections: z.array(z.unknown()),
  connectionSecrets: z.array(z.strictObject({ connectionId: z.string(), secrets: z.unknown() })),
  histories: z.array(z.strictObject({ connectionId: z.string(), exchanges: z.unknown() })),
});

type BackedUp = Vault & { readonly vaultId: string; readonly commitNumber: number };

/** Connections read between two turns of the loop. */
const readAtOnce = 50;
const calmTries = 3;

/**
 * One state of the vault as text. Thousands of records are unsealed for it, so others get their turn in between; a
 * commit that comes meanwhile makes it begin anew, and in a vault that never rests the last try yields to nobody.
 */
export async function writeBackup(vault: BackedUp, madeAtMs: number): Promise<string> {
  for (let tried = 1; ; tried += 1) {
    const { commitNumber } = vault;
    const parts = [];
    for (const [place, record] of vault.connections().entries()) {
      if (tried < calmTries && place % readAtOnce === readAtOnce - 1) {
        await nextTurn();
        if (vault.commitNumber !== commitNumber) break;
      }
      parts.push(connectionPart(vault, record.id));
    }
    if (vault.commitNumber !== commitNumber) continue;
    const apps = vault.apps();
    return JSON.stringify({
      format: backupFormat,
      version: backupVersion,
      vaultId: vault.vaultId,
      commitNumber,
      madeAtMs,
      apps,
      appSecrets: apps.flatMap(({ id }) => {
        const secrets = vault.appSecrets(id);
        return secrets.clientSecret === null ? [] : [{ appId: id, secrets: appSecretsBody(secrets) }];
      }),
      connections: vault.connections(),
      connectionSecrets: parts.flatMap(({ secrets }) => (secrets === null ? [] : [secrets])),
      histories: parts.flatMap(({ history }) => (history === null ? [] : [history])),
    });
  }
}

function connectionPart(vault: Vault, connectionId: string) {
  const secrets = vault.connectionSecrets(connectionId);
  const exchanges = vault.history(connectionId);
  return {
    secrets: secrets === null ? null : { connectionId, secrets: connectionSecretsBody(secrets) },
    history: exchanges.length === 0 ? null : { connectionId, exchanges },
  };
}

/**
 * The changes that make an empty vault hold it. Throws `backup_foreign`, `backup_newer` or `backup_damaged`; in this
 * order: is it ours, is it newer than us, is it whole.
 */
export function readBackup(text: string): Change[] {
  const given = jsonIn(text);
  const parsed = z.object({ format: z.literal(backupFormat), version: z.number() }).safeParse(given);
  if (!parsed.success) throw new AppError('backup_foreign');
  if (parsed.data.version > backupVersion) throw new AppError('backup_newer');
  try {
    const held = content.parse(given);
    const changes: Change[] = [
      ...held.apps.map((app): Change => ({ put: 'app', record: readApp(app) })),
      ...held.appSecrets.map(({ appId, secrets }): Change => ({
        put: 'app_secrets',
        appId,
        secrets: readAppSecrets(secrets),
      })),
      ...held.connections.map((connection): Change => ({ put: 'connection', record: readConnection(connection) })),
      ...held.connectionSecrets.map(({ connectionId, secrets }): Change => ({
        put: 'connection_secrets',
        connectionId,
        secrets: readConnectionSecrets(secrets),
      })),
      ...held.histories.map(({ connectionId, exchanges }): Change => ({
        put: 'history',
        connectionId,
        exchanges: readHistory(exchanges),
      })),
    ];
    const empty = { realm: 'vault', app: none, connection: none, connections: () => [], hasRow: () => false } as const;
    // The vault's own rules: nothing without its app, nothing of practice. And nothing said twice.
    if (stage(empty, changes).puts.size !== changes.length) throw new AppError('backup_damaged');
    return changes;
  } catch {
    throw new AppError('backup_damaged');
  }
}

const none = (): null => null;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
