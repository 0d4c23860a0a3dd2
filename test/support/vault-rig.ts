import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type LibsqlDatabase from 'libsql';
import { expect } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import { Secret } from '../../electron/secret.ts';
import { vaultCopies } from '../../electron/platform/vault-copies.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import type { VaultCopies, VaultFiles } from '../../electron/vault/ports.ts';
import type { AppRecord, Change, ConnectionRecord } from '../../electron/vault/records.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';
import { memoryKeychain, type MemoryKeychain } from './memory-keychain.ts';

export const someDayMs = Date.UTC(2026, 0, 31, 14, 5, 9);

/** A vault in a folder of its own, with what is needed to look at it and to harm it from outside. */
export class VaultRig {
  readonly userDataFolder: string;
  readonly folder: string;
  readonly files: VaultFiles;
  readonly copies: VaultCopies;
  readonly keychain: MemoryKeychain = memoryKeychain();
  readonly #open: SealedVault[] = [];

  constructor(parent = tmpdir()) {
    this.userDataFolder = mkdtempSync(join(parent, 'grantkeep-vault-'));
    this.folder = join(this.userDataFolder, 'vault');
    this.files = vaultFiles({ userDataFolder: this.userDataFolder, nowMs: () => someDayMs });
    this.copies = vaultCopies({ userDataFolder: this.userDataFolder, setAside: () => this.files.setAside() });
  }

  async create(files: VaultFiles = this.files): Promise<SealedVault> {
    const vault = await createVault({ files, keychain: this.keychain, nowMs: () => someDayMs });
    this.#open.push(vault);
    return vault;
  }

  async open(files: VaultFiles = this.files): Promise<SealedVault> {
    const vault = await openVault({ files, keychain: this.keychain });
    if (vault === null) throw new Error('there is no vault');
    this.#open.push(vault);
    return vault;
  }

  async reopen(vault: SealedVault): Promise<SealedVault> {
    await vault.close();
    return this.open();
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  /** Every file of the profile with its bytes. */
  contents(folder = this.userDataFolder): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    if (!existsSync(folder)) return found;
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(path, readFileSync(path));
    }
    return found;
  }

  /** Works on the closed database as somebody who holds the disk and not the key. */
  harm(work: (db: LibsqlDatabase.Database) => void, path = this.at('records.db')): void {
    const Database = createRequire(import.meta.url)('libsql') as typeof LibsqlDatabase;
    const db = new Database(path, { timeout: 200 });
    try {
      work(db);
    } finally {
      // Statements keep a libsql connection alive; without the log there is no lock to be kept.
      db.close();
    }
  }

  async remove(): Promise<void> {
    for (const vault of this.#open) await vault.close();
    rmSync(this.userDataFolder, { recursive: true, force: true });
  }
}

export const endpointsAt = (host: string): AppRecord['endpoints'] => [
  { kind: 'token', url: `https://${host}/oauth/token`, source: 'provider_documents' },
  { kind: 'revocation', url: `https://${host}/oauth/revoke`, source: 'provider_documents' },
  { kind: 'test', url: null, source: 'assumed' },
];

export function appRecord(id: string, over: Partial<AppRecord> = {}): AppRecord {
  return {
    id,
    realm: 'vault',
    providerId: 'taskade',
    name: `App ${id}`,
    clientId: `client-of-${id}`,
    clientSecretSet: true,
    regionId: 'only',
    issuer: null,
    endpoints: endpointsAt('accounts.provider.example'),
    scopes: ['tasks:read'],
    redirectUri: 'http://127.0.0.1:8765/callback',
    createdAtMs: someDayMs,
    ...over,
  };
}

export function connectionRecord(id: string, appId: string, over: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id,
    realm: 'vault',
    appId,
    providerId: 'taskade',
    label: `Connection ${id}`,
    account: `${id}@people.example`,
    grant: 'authorization_code',
    condition: 'kept',
    renewable: true,
    renewalIntent: null,
    issuedAtMs: someDayMs,
    expiresAtMs: someDayMs + 3_600_000,
    expirySource: 'expires_in',
    lastRenewedAtMs: null,
    createdAtMs: someDayMs,
    scopesAsked: ['tasks:read'],
    scopesGranted: null,
    fingerprint: '00112233',
    generation: 1,
    failure: null,
    revocation: null,
    username: null,
    accountId: null,
    ...over,
  };
}

export function exchangeAt(atMs: number, over: Partial<Exchange> = {}): Exchange {
  return {
    atMs,
    what: 'renewed',
    outcome: 'done',
    durationMs: 120,
    status: 200,
    refreshToken: 'new',
    problem: null,
    ...over,
  };
}

export const tokensOf = (word: string) => ({
  accessToken: new Secret(`access-${word}`),
  idToken: null,
  refreshToken: new Secret(`refresh-${word}`),
});

/** An app `one` with its secret and connections `a` and `b`, each with tokens and history. */
export function sample(): Change[] {
  return [
    { put: 'app', record: appRecord('one') },
    { put: 'app_secrets', appId: 'one', secrets: { clientSecret: new Secret('client-secret-one') } },
    ...['a', 'b'].flatMap((id): Change[] => [
      { put: 'connection', record: connectionRecord(id, 'one') },
      { put: 'connection_secrets', connectionId: id, secrets: tokensOf(id) },
      { put: 'history', connectionId: id, exchanges: [exchangeAt(someDayMs, { what: 'signed_in' })] },
    ]),
  ];
}

/** The code of the AppError that comes; anything else fails the test. */
export async function codeOf(step: () => unknown): Promise<ErrorCode> {
  try {
    await step();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    return (thrown as AppError).code;
  }
  throw new Error('nothing was thrown');
}
