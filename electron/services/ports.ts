import type { PracticeAct, PracticeSystem } from '../../shared/model/practice.ts';
import type { EndpointKind, GrantType } from '../../shared/model/provider.ts';
import type { Question } from '../../shared/model/question.ts';
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
  /** Opens an https page of a provider in the system browser; anything else is refused (B10). */
  open(url: string): Promise<void>;
  /**
   * An address that a sign-in sends the browser to: of exactly that origin (B10), over https, or over plain http where
   * the origin is this computer's own or one that a person agreed to. It may hold a state, so it comes as a secret.
   */
  openSignIn(url: Secret, only: { origin: string; unencryptedAgreed: boolean }): Promise<void>;
}

/** Which static page a hit on the redirect address is shown; null: it is none of ours, and is told nothing. */
export type RedirectPage = 'signed_in' | 'declined' | 'rehearsed';

export interface OpenRedirect {
  /** The address as it is listened on: as registered to the letter, or with the port that was free. */
  readonly redirectUri: string;
  /** Hits that were none of ours so far: another Host, path or method, or turned down by the judge. */
  strays(): number;
  /**
   * Stops taking what is new. Repeats of an accepted hit get the same page for `lateHitsMs` more (prefetch, reload,
   * scanners; B8); 0 ends every socket now. Resolves when the port is free again.
   */
  close(lateHitsMs: number): Promise<void>;
}

/** Where the system browser comes back to (RFC 8252 section 7.3). */
export interface RedirectListeners {
  /**
   * `redirectUri`: http on 127.0.0.1 or [::1] (literal), with a port and a path. `anyPort`: the provider takes any
   * port, so the one that is free is used and `redirectUri`'s is ignored.
   * `judge` is asked for each GET of exactly that path with the right Host; its query is a secret.
   * Throws `redirect_port_taken` (facts: name = the port), `redirect_not_here` (an address that this computer cannot
   * listen on).
   */
  open(redirectUri: string, anyPort: boolean, judge: (query: Secret) => RedirectPage | null): Promise<OpenRedirect>;
}

/**
 * Asks a person in a dialog of main's own, which the window cannot draw, press or skip (B31). Anything but a plain
 * yes is a no, also when there is no window to ask in.
 */
export interface Confirm {
  ask(question: Question): Promise<boolean>;
}

/** What a file of ours holds; a set-up where nothing is said. */
export type FileKind = 'set_up' | 'provider';

/** Files that a person chooses in the system's own dialogs; null or false: they chose none. */
export interface ChosenFiles {
  /** Written whole or not at all. Throws `file_not_written`. */
  save(suggestedName: string, text: string, what?: FileKind): Promise<boolean>;
  /** The name alone, without its folder. Throws `set_up_too_large`, `file_unreadable`. */
  open(mostBytes: number, what?: FileKind): Promise<{ name: string; bytes: Uint8Array } | null>;
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
  /** The page where a sign-in begins at the provider; null where it begins with a request of ours. */
  marketplaceUrl: string | null;
  /** Where it listens: the address of the "own server" where a provider has such. */
  origin: string;
  /** For a way that pastes a token in: one as a newcomer would have it, of the person offered. Null: no such way. */
  pastedToken(grant: GrantType): Secret | null;
}

/** One running practice provider: where it listens and what it hands a newcomer to sign in with. */
export interface PracticeProvider {
  providerId: string;
  origin: string;
  endpoints: Record<EndpointKind, string | null>;
  offer: Omit<PracticeOffer, 'endpoints' | 'origin'>;
  /** As if the person had typed that address at the provider, which in practice has no page to type it on. */
  registerRedirect(clientId: string, redirectUri: string): void;
  /** Throws `bad_input` for what cannot happen there. */
  happen(what: PracticeAct): void;
  happenings(): Pick<PracticeSystem, 'can' | 'armed'>;
  /** Called whenever what waits to happen has changed: a call used it up. */
  watch(changed: () => void): void;
  stop(): Promise<void>;
}
