import type { EndpointKind } from '../../shared/model/provider.ts';
import type { Secret } from '../secret.ts';
import type { Vault } from '../vault/records.ts';

export interface Clock {
  /** Wall clock, ms since the epoch. */
  nowMs(): number;
  /** Calls back once after at least that long; returns the way to stop it. Spans over a day are cut to a day. */
  after(ms: number, run: () => void): () => void;
}

/** Asynchronous, since Electron 44 made its clipboard so. */
export interface Clipboard {
  write(value: Secret): Promise<void>;
  /** Clears only when the clipboard still holds this value; true when it did. */
  clearIfStill(value: Secret): Promise<boolean>;
}

export interface Browser {
  /** Opens an https address in the system browser; anything else is refused (B10). */
  open(url: string): Promise<void>;
}

/** Only listed scalar fields: a log that cannot hold a secret (B64). */
export interface LogFields {
  area?: string;
  code?: string;
  status?: number;
  host?: string;
  durationMs?: number;
  provider?: string;
  count?: number;
  systemCode?: string;
}

export interface Log {
  write(event: string, fields?: LogFields): void;
}

/** Small preferences that are no secret. */
export interface Preferences {
  lastCopiedConnectionId(): string | null;
  rememberCopied(connectionId: string | null): void;
  clipboardSeconds(): number;
  renewalLeadSeconds(): number;
}

export interface OpenedVault extends Vault {
  /** The vault is older than the one last seen with this key: its refresh tokens may be spent (F44). */
  readonly olderCopy: boolean;
  acceptOlderCopy(): Promise<void>;
  close(): Promise<void>;
}

/** How the vault on this computer is reached; the composition root joins files, keychain and format. */
export interface VaultDoor {
  keychainName: string;
  /** Null: there is none yet. */
  open(): Promise<OpenedVault | null>;
  /** Makes key and vault. Throws rather than make a key over a vault that exists. */
  create(): Promise<OpenedVault>;
  /** Is there a keychain that takes a key? Throws `keychain_…`. */
  probeKeychain(): Promise<void>;
  /** Renames the vault's folder; deletes nothing. Returns the new folder. */
  setAside(): string;
}

/** What practice offers so that a newcomer can just press on. */
export interface PracticeOffer {
  clientId: string;
  clientSecret: Secret;
  username: string | null;
  password: Secret | null;
  scopes: string[];
  endpoints: Record<EndpointKind, string | null>;
  /** Where it listens: the address of the "own server" where a provider has such. */
  origin: string;
}

/** One running practice provider: where it listens and what it hands a newcomer to sign in with. */
export interface PracticeProvider {
  providerId: string;
  origin: string;
  endpoints: Record<EndpointKind, string | null>;
  offer: Omit<PracticeOffer, 'endpoints' | 'origin'>;
  stop(): Promise<void>;
}
