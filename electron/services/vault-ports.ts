import type { Secret } from '../secret.ts';
import type { Change, Vault } from '../vault/records.ts';

export interface OpenedVault extends Vault {
  readonly vaultId: string;
  readonly commitNumber: number;
  /** The vault is older than the one last seen with this key: its refresh tokens may be spent (F44). */
  readonly olderCopy: boolean;
  /** What opens this vault, and changing it. */
  readonly slots: {
    /** A passphrase is the only way in; else the keychain is. */
    readonly needsPassphrase: boolean;
    /** Throws `wrong_passphrase`. */
    check(passphrase: Secret): Promise<void>;
    /** False: the keychain did not let go of the key; the next opening sees to it. */
    set(passphrase: Secret, current: Secret | null): Promise<boolean>;
    remove(current: Secret): Promise<void>;
  };
  acceptOlderCopy(): Promise<void>;
  /** The sealed copy of that day, where there is none yet; the oldest of more than three goes. */
  copyOfToday(nowMs: number): Promise<void>;
  /** What was removed from the vault leaves its copies too. */
  tidyCopies(): Promise<void>;
  /** The ways in have changed: its copies open by the new ones alone. */
  copiesFollow(): void;
  /** What a backup held, in one commit and as an older copy. Throws `backup_vault_there` where anything stands. */
  fill(content: readonly Change[]): void;
  close(): Promise<void>;
}

/** How the vault on this computer is reached; the composition root joins files, keychain and format. */
export interface VaultDoor {
  keychainName: string;
  /** Null: there is none yet. Throws `vault_locked` where it takes a passphrase and none is given. */
  open(passphrase?: Secret): Promise<OpenedVault | null>;
  /** Makes key and vault, with a passphrase without any keychain. Throws rather than make a key over a vault that exists. */
  create(passphrase?: Secret): Promise<OpenedVault>;
  /** Is there a keychain that takes a key? Throws `keychain_…`. */
  probeKeychain(): Promise<void>;
  /** Renames the vault's folder; deletes nothing. Returns the new folder. */
  setAside(): string;
  /** The same as `create`, with what a backup held in it, and as an older copy. */
  restore(content: readonly Change[], passphrase?: Secret): Promise<OpenedVault>;
  /**
   * The daily copies that would open whole now, newest first. Throws `vault_locked` where they take a passphrase and
   * none is given, `wrong_passphrase`, `keychain_…`.
   */
  copies(passphrase?: Secret): Promise<{ id: string; madeAtMs: number }[]>;
  /** Sets the vault aside and puts that copy in its place. Returns the folder the vault is in now. */
  putCopyInPlace(copyId: string, passphrase?: Secret): Promise<string>;
}

/** A backup file, and the person who says which. Errors are AppErrors. */
export interface BackupFiles {
  /** Null: they closed the dialog. */
  chooseNew(suggestedName: string): Promise<string | null>;
  chooseExisting(): Promise<string | null>;
  /** Whole or not at all; what was written has been read back. Throws `backup_folder_closed`, `disk_…`. */
  write(path: string, sealed: Uint8Array): void;
  /** Throws `backup_unreadable`. */
  read(path: string): Uint8Array;
}

/** Seals and opens backups where nobody waits for it: a passphrase is stretched for seconds (B46). */
export interface BackupSealer {
  /** Takes the bytes over: they are gone or zero afterwards. */
  seal(plain: Uint8Array, passphrase: Secret): Promise<Uint8Array>;
  /** Throws `backup_passphrase`, `backup_damaged`, `backup_foreign`, `backup_newer`. */
  open(sealed: Uint8Array, passphrase: Secret): Promise<Uint8Array>;
}
