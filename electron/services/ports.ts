import type { ConnectionNotices, NoticeSettings } from '../../shared/model/notices.ts';
import type { PracticeAct, PracticeSystem } from '../../shared/model/practice.ts';
import type { EndpointKind, GrantType } from '../../shared/model/provider.ts';
import type { Question } from '../../shared/model/question.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Secret } from '../secret.ts';

export interface Clock {
  /** Wall clock, ms since the epoch. */
  nowMs(): number;
  /** Calls back once after at least that long; returns the way to stop it. Spans over a day are cut to a day. */
  after(ms: number, run: () => void): () => void;
}

/** This computer's own clocks: one that people and programs set, and one that only runs (and may stand in sleep). */
export interface LocalClock extends Clock {
  runningMs(): number;
}

/** How far this computer's clock is off, where somebody measures it; `nowMs` of the program's clock has it in it. */
export interface Correction {
  /** True time less the local clock's, in whole ms. */
  offsetMs(): number;
  /** The latest that it may be: later than now where nobody knows whether the clock was set or the computer slept. */
  mayBeMs(): number;
  /** One listener, told soon after either has changed. */
  onChange(run: () => void): void;
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

/** Files that a person chooses in the system's own dialogs; null or false: they chose none. */
export interface ChosenFiles {
  /** Written whole or not at all. Throws `file_not_written`. */
  save(suggestedName: string, text: string): Promise<boolean>;
  /** The name alone, without its folder. Throws `set_up_too_large`, `file_unreadable`. */
  open(mostBytes: number): Promise<{ name: string; bytes: Uint8Array } | null>;
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
  settings(): Settings;
  keepSettings(change: Partial<Settings>): void;
}

/** What a person was told of a connection, so that nothing is told twice. Causes, no names. */
export interface Told {
  /** Of the token it was told of: a sign-in or a renewal since then makes the next cause a new one. */
  generation: number;
  causes: readonly string[];
}

export interface NoticesKept extends ConnectionNotices {
  told: Told | null;
}

export interface PresenceKept {
  closeToTray: boolean;
  quitWarning: boolean;
  /** Starting with the computer was offered and answered. */
  offerAnswered: boolean;
}

/** Preferences of notifications, tray and quitting; those of one connection lie under its id, which is random. */
export interface MannerPreferences {
  noticeSettings(): NoticeSettings;
  keepNoticeSettings(value: NoticeSettings): void;
  noticesOfConnections(): Readonly<Record<string, NoticesKept>>;
  keepNoticesOfConnections(value: Readonly<Record<string, NoticesKept>>): void;
  presence(): PresenceKept;
  keepPresence(value: PresenceKept): void;
}

/** What a native notification is to say. Never a token, never the provider's words. */
export interface Notice {
  kind: 'needed' | 'soon' | 'recovered';
  /** Does a sign-in help all of them, or is there something to put right first? */
  remedy: 'sign_in' | 'set_up';
  /** One notification for all of these; a press on it shows the first. */
  connectionIds: readonly string[];
  /** Of the first; null where it must not be named. */
  label: string | null;
  account: string | null;
  /** When the first of them ends, where that is what is told. */
  endsAtMs: number | null;
}

export interface Notifications {
  /** Does this system show notifications at all? */
  readonly supported: boolean;
  show(notice: Notice): void;
}

/** The system's list of what is started when a person signs in to the computer. */
export interface LoginStart {
  readonly supported: boolean;
  isOn(): boolean;
  /** Throws `disk_…`. */
  set(on: boolean): void;
}

/** How the program behaves while nobody looks at its window. */
export interface Manners {
  preferences: MannerPreferences;
  notifications: Notifications;
  loginStart: LoginStart;
  /** Looks for a place for the tray's icon, and takes it. False where the desktop has none. */
  findTray(): Promise<boolean>;
}

export type TrayAct =
  | { do: 'copy'; connectionId: string }
  /** Null: the whole list. */
  | { do: 'show'; connectionId: string | null }
  | { do: 'renew_due' }
  | { do: 'open' }
  | { do: 'lock' }
  | { do: 'quit' };

export type TrayItem =
  | { kind: 'words'; words: string }
  | { kind: 'line' }
  | { kind: 'act'; words: string; act: TrayAct; available: boolean };

export interface TrayMenu {
  /** Somebody must act: the icon gets its dot. The tooltip says it in words. */
  needsYou: boolean;
  tooltip: string;
  items: readonly TrayItem[];
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
