import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type LibsqlDatabase from 'libsql';
import { expect } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Secret } from '../../electron/secret.ts';
import { vaultCopies } from '../../electron/platform/vault-copies.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import type { VaultCopies, VaultFiles } from '../../electron/vault/ports.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';
import { memoryKeychain, type MemoryKeychain } from './memory-keychain.ts';
import { someDayMs } from './vault-rig-records.ts';

export {
  appRecord,
  connectionRecord,
  endpointsAt,
  exchangeAt,
  sample,
  someDayMs,
  tokensOf,
} from './vault-rig-records.ts';

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

  async create(files: VaultFiles = this.files, passphrase?: Secret): Promise<SealedVault> {
    const given = passphrase === undefined ? {} : { passphrase };
    const vault = await createVault({ files, keychain: this.keychain, ...given, nowMs: () => someDayMs });
    this.#open.push(vault);
    return vault;
  }

  async open(files: VaultFiles = this.files, passphrase?: Secret): Promise<SealedVault> {
    const given = passphrase === undefined ? {} : { passphrase };
    const vault = await openVault({ files, keychain: this.keychain, ...given });
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
