import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from '../../../electron/vault/backup-content.ts';
import type { Secret } from '../../../electron/secret.ts';
import type { Change } from '../../../electron/vault/records.ts';
import type { SealedVault } from '../../../electron/vault/sealed-vault.ts';
import {
  appRecord,
  connectionRecord,
  exchangeAt,
  sample,
  someDayMs,
  tokensOf,
  VaultRig,
} from '../../support/vault-rig.ts';

let rig: VaultRig;
let vault: SealedVault;

beforeEach(async () => {
  rig = new VaultRig();
  vault = await rig.create();
  vault.commit(sample());
});

afterEach(() => rig.remove());

interface Content extends Record<string, unknown> {
  apps: Record<string, unknown>[];
  appSecrets: { appId: string; secrets: Record<string, unknown> }[];
  connections: Record<string, unknown>[];
  connectionSecrets: { connectionId: string; secrets: Record<string, unknown> }[];
  histories: { connectionId: string; exchanges: Record<string, unknown>[] }[];
}

async function edited(edit: (content: Content) => void): Promise<() => Change[]> {
  const content = JSON.parse(await writeBackup(vault, someDayMs)) as Content;
  edit(content);
  return () => readBackup(JSON.stringify(content));
}

/** Secrets are classes with a private field: told apart by what they reveal. */
const revealed = (changes: readonly Change[]): unknown =>
  changes.map((change) =>
    'put' in change && 'secrets' in change
      ? {
          ...change,
          secrets: Object.entries<Secret | null>({ ...change.secrets }).map(([name, secret]) => [
            name,
            secret?.reveal() ?? null,
          ]),
        }
      : change,
  );

describe('what a backup holds', () => {
  it('is everything the vault holds, and reads back as the changes that make it', async () => {
    expect(revealed(readBackup(await writeBackup(vault, someDayMs)))).toEqual(
      revealed([...sample()].sort((a, b) => rank(a) - rank(b))),
    );
  });

  it('names its format, its version, the vault and the moment', async () => {
    expect(JSON.parse(await writeBackup(vault, someDayMs))).toMatchObject({
      format: 'grantkeep backup',
      version: 1,
      vaultId: vault.vaultId,
      commitNumber: vault.commitNumber,
      madeAtMs: someDayMs,
    });
  });

  it('is one state of the vault, also where commits come while it is read', async () => {
    const many = Array.from({ length: 400 }, (_, n) => `c${String(n)}`);
    vault.commit(
      many.flatMap((id): Change[] => [
        { put: 'connection', record: connectionRecord(id, 'one') },
        { put: 'connection_secrets', connectionId: id, secrets: tokensOf('before') },
      ]),
    );
    const reading = writeBackup(vault, someDayMs);
    // The first fifty are read by now. What comes next would be in one half and not in the other.
    vault.commit([
      { remove: 'connection', connectionId: 'a' },
      { put: 'connection_secrets', connectionId: 'c0', secrets: tokensOf('after') },
      { put: 'connection_secrets', connectionId: 'c399', secrets: tokensOf('after') },
    ]);
    const content = JSON.parse(await reading) as Content;
    const tokenOf = (id: string) => content.connectionSecrets.find((one) => one.connectionId === id)?.secrets;
    expect(content['commitNumber']).toBe(vault.commitNumber);
    expect(content.connections).toHaveLength(401);
    expect(tokenOf('a')).toBeUndefined();
    expect(tokenOf('c0')?.['accessToken']).toBe('access-after');
    expect(tokenOf('c399')?.['accessToken']).toBe('access-after');
    expect(readBackup(JSON.stringify(content))).toHaveLength(content.connections.length * 2 + 3);
  });
});

const rank = (change: Change): number =>
  'put' in change
    ? ['app', 'app_secrets', 'connection', 'connection_secrets', 'history'].indexOf(change.put)
    : Number.NaN;

describe('a backup that is not as it should be', () => {
  it.each<[string, (content: Content) => void]>([
    ['a member too many', (content) => (content['extra'] = 1)],
    ['a member too many in an app', ({ apps }) => (apps[0]!['extra'] = 1)],
    ['a member too many in a secret', ({ connectionSecrets }) => (connectionSecrets[0]!.secrets['extra'] = 'x')],
    ['a member missing', (content) => delete (content as Partial<Content>).histories],
    [
      'an address that is none',
      ({ apps }) => (apps[0]!['endpoints'] = [{ kind: 'token', url: 'file:///', source: 'seed' }]),
    ],
    ['an app twice', ({ apps }) => apps.push(apps[0]!)],
    ['a connection twice', ({ connections }) => connections.push(connections[0]!)],
    ['a connection without its app', ({ connections }) => (connections[0]!['appId'] = 'nowhere')],
    ['a secret of nothing', ({ appSecrets }) => (appSecrets[0]!.appId = 'nowhere')],
    ['a history of nothing', ({ histories }) => (histories[0]!.connectionId = 'nowhere')],
    ['something of practice', ({ apps }) => (apps[0]!['realm'] = 'practice')],
    [
      'more history than is ever kept',
      ({ histories }) => (histories[0]!.exchanges = Array.from({ length: 201 }, () => ({ ...exchangeAt(1) }))),
    ],
    ['a version before the first', (content) => (content['version'] = 0)],
  ])('is damaged with %s', async (_, edit) => {
    expect(await edited(edit)).toThrow('backup_damaged');
  });

  it('is newer with a higher version, whatever else it holds', async () => {
    const newer = await edited((content) => {
      content['version'] = 2;
      content['apps'] = [];
      content['extra'] = {};
    });
    expect(newer).toThrow('backup_newer');
  });

  it.each(['', 'no JSON', 'null', '[]', '{}', '{"format":"another","version":1}'])('is foreign as "%s"', (text) => {
    expect(() => readBackup(text)).toThrow('backup_foreign');
  });

  it('may hold nothing at all', async () => {
    const empty = new VaultRig();
    expect(readBackup(await writeBackup(await empty.create(), someDayMs))).toEqual([]);
    await empty.remove();
  });

  it('keeps members that came with later row schemas', async () => {
    const choices = { renewal: 'with_address' };
    const unencryptedConsent = { origin: 'http://server.example', agreedAtMs: 5 };
    vault.commit([
      { put: 'app', record: appRecord('two', { choices, unencryptedConsent }) },
      { put: 'connection', record: connectionRecord('p', 'two', { grant: 'personal_access_token' }) },
    ]);
    const changes = readBackup(await writeBackup(vault, someDayMs));
    expect(changes).toContainEqual({ put: 'app', record: appRecord('two', { choices, unencryptedConsent }) });
    expect(changes).toContainEqual({
      put: 'connection',
      record: connectionRecord('p', 'two', { grant: 'personal_access_token' }),
    });
  });
});
