/** The system keychain, three verbs. Errors are AppErrors: `keychain_absent|locked|denied|silent`. */
export interface Keychain {
  /** Words for the person: "GNOME Keyring", "macOS Keychain", "Windows Credential Manager". */
  readonly name: string;
  /** Null: no such entry, or a locked keyring that answers like one (see `probe`). */
  read(account: string): Promise<string | null>;
  write(account: string, value: string): Promise<void>;
  remove(account: string): Promise<void>;
  /** Writes and deletes a test item: refused means locked, accepted means that a null was a missing entry (B41). */
  probe(): Promise<void>;
}

/** A sealed row as it lies in the database: nothing in it can be read without the key. */
export interface SealedRow {
  /** `kind:id`, e.g. `connection:3f…`. Ids are random, so the column tells nothing. */
  id: string;
  schema: number;
  commitNumber: number;
  iv: Uint8Array;
  /** Ciphertext and 16-byte tag. */
  sealed: Uint8Array;
}

/**
 * Rows in SQLite. `apply` is one transaction: all of it or nothing, durable when it returns.
 * Errors are AppErrors: `disk_full`, `disk_error`, `disk_read_only`, `vault_in_use`, `vault_damaged`.
 */
export interface RecordStore {
  /** Rows whose id starts with one of the kinds. */
  readKinds(kinds: readonly string[]): SealedRow[];
  read(id: string): SealedRow | null;
  /** Id and commit number of every row, for the tally; bodies stay where they are. */
  readMarks(): { id: string; commitNumber: number }[];
  apply(changes: { put: readonly SealedRow[]; remove: readonly string[] }): void;
  /** One state of the whole database into that empty file. Not on the disk yet when it returns. */
  copyTo(path: string): void;
  /** The lock is gone when this returns; the files' handles when the promise resolves (Windows renames no open file). */
  close(): Promise<void>;
}

/** Small files beside the database, written whole or not at all (B48). */
export interface VaultFiles {
  /** Folder is made 0700, links are refused, own stale temp files are swept. */
  prepareFolder(): void;
  readHeader(): string | null;
  writeHeader(text: string): void;
  /**
   * In place of the one that stands: written beside it, onto the disk, read back and compared, then renamed over it.
   * What it throws before the rename has changed nothing.
   */
  replaceHeader(text: string): void;
  databaseExists(): boolean;
  /**
   * A note that stands from before the first file of a new vault until after its header. A database without a header
   * is a creation that was cut off when the note is there, and a vault that lost its header when it is not.
   */
  creationNoted(): boolean;
  noteCreation(): void;
  /** Takes the note back; the vault is whole. */
  endCreation(): void;
  /** Deletes what a creation in this process left that failed before its header. Never called on anything older. */
  abandonCreation(): void;
  /** Renames the whole vault to a dated folder beside it and returns that folder's name. Deletes nothing. */
  setAside(): string;
  /** A new, empty database; the file must not be there yet. */
  createRecords(): RecordStore;
  /** The database that is there. Never makes one: `vault_damaged` where it is missing or none of ours. */
  openRecords(): RecordStore;
}

/** A sealed copy of the vault, by the moment it was made. */
export interface CopyPlace {
  id: string;
  madeAtMs: number;
}

/**
 * Sealed copies beside the vault, each a header and a database of its own. Nothing here has a key: whoever writes one
 * opens it before it is kept, and whoever puts one in place opens it before the vault is touched.
 */
export interface VaultCopies {
  /** Newest first. What is no copy of ours is passed over. */
  list(): CopyPlace[];
  /** Writes a copy that does not count as one yet, down to the disk, and returns its id. What a crash left goes first. */
  write(records: RecordStore, headerText: string, atMs: number): string;
  /** From here on it is a copy, and survives a power cut as one. */
  keep(id: string): void;
  /** Deletes a copy, kept or not. */
  discard(id: string): void;
  readHeader(id: string): string | null;
  writeHeader(id: string, text: string): void;
  openToRead(id: string): RecordStore;
  openToWrite(id: string): RecordStore;
  /** Lays a second copy of it beside the vault's folder, to be made ready there. */
  stage(id: string): void;
  openStaged(): RecordStore;
  dropStaged(): void;
  /** The vault's folder is renamed, the staged one takes its name. Returns where the old one went; deletes nothing. */
  putStagedInPlace(): string;
}
