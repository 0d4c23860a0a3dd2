import { AppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { ClipboardStatus, CopyForm } from '../../shared/model/program.ts';
import { Secret } from '../secret.ts';
import type { Announce } from './announce.ts';
import { copyText } from './copy-forms.ts';
import type { Clipboard, Clock, Preferences } from './ports.ts';
import type { ProviderCalls } from './provider-calls.ts';
import type { Realms } from './realms.ts';
import type { Renewals } from './renew.ts';

export interface CopyTools {
  realms: Realms;
  calls: ProviderCalls;
  renewals: Renewals;
  clipboard: Clipboard;
  clock: Clock;
  preferences: Preferences;
  announce: Announce;
  /** The vault is locked, perhaps only since a copy was asked for: nothing is handed out. */
  locked(): boolean;
}

/** A copied token should not die in the middle of the work: with less life than this it is renewed first. */
const leastLifeMs = 60_000;

const nothing: ClipboardStatus = { what: 'nothing', connectionId: null, form: null, takenAtMs: null, clearsAtMs: null };

/** Hands tokens out through main's clipboard and takes them back after their time, only while they are still ours. */
export class Copying {
  readonly #tools: CopyTools;
  #ours: Secret | null = null;
  #status: ClipboardStatus = nothing;
  #stopTimer: () => void = () => undefined;
  #ended = false;

  constructor(tools: CopyTools) {
    this.#tools = tools;
  }

  status(): ClipboardStatus {
    return this.#status;
  }

  async copyToken(connectionId: string, form: CopyForm): Promise<Output<'connections.copy'>> {
    const { realms, calls, clock, preferences } = this.#tools;
    const renewedFirst = await this.#renewWhenShort(connectionId);
    const { vault, connection, app } = realms.connection(connectionId);
    const tokens = vault.connectionSecrets(connectionId);
    const bearer = tokens === null ? null : calls.bearer(app, tokens);
    if (bearer === null || connection.condition === 'revoked') {
      throw new AppError('sign_in_again', { name: calls.name(app.providerId) });
    }
    const nowMs = clock.nowMs();
    const leftMs = connection.expiresAtMs === null ? null : connection.expiresAtMs - nowMs;
    if (leftMs !== null && leftMs <= 0) throw new AppError('sign_in_again', { name: calls.name(app.providerId) });
    const clearsAtMs = await this.#hold(copyText(form, bearer, calls.presentation(app)), {
      what: 'token',
      connectionId,
      form,
    });
    if (vault.realm === 'vault') preferences.rememberCopied(connectionId);
    return { renewedFirst, clearsAtMs, leftMs };
  }

  /** A list of scopes is no secret, but it is ours as well: cleared and told in the same way. */
  async copyScopes(scopes: readonly string[]): Promise<void> {
    await this.#hold(new Secret(scopes.join(' ')), { what: 'scopes', connectionId: null, form: null });
  }

  /** What has to be typed at the provider, or opened in another browser: a sign-in link holds the state of its try. */
  async copyAddress(value: Secret, what: 'redirect_address' | 'sign_in_link' | 'user_code'): Promise<void> {
    await this.#hold(value, { what, connectionId: null, form: null });
  }

  /** A key that this vault made for itself and nobody has seen (E11). */
  async copyKey(value: Secret, what: 'client_id' | 'client_secret'): Promise<void> {
    await this.#hold(value, { what, connectionId: null, form: null });
  }

  /** Nothing in a report needs to be taken back, and a ticket takes longer to write than a token lies there. */
  async copyReport(text: string): Promise<void> {
    await this.#hold(new Secret(text), { what: 'report', connectionId: null, form: null });
    this.#stopTimer();
    this.#ours = null;
    this.#status = { ...this.#status, clearsAtMs: null };
  }

  /** True when the clipboard still held our value. */
  async clear(): Promise<boolean> {
    this.#stopTimer();
    const ours = this.#ours;
    this.#ours = null;
    this.#status = nothing;
    this.#tools.announce.part('clipboard');
    return ours === null ? false : this.#tools.clipboard.clearIfStill(ours);
  }

  /** Before quitting: cleared now, and nothing is handed out any more that nobody would take back. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.clear();
  }

  /**
   * Renews first when too little life is left. If that fails and the token still lives, it is handed out with the
   * life it has: a provider that is down for a minute must not stop work that a valid token allows.
   */
  async #renewWhenShort(connectionId: string): Promise<boolean> {
    const { realms, renewals, clock } = this.#tools;
    const { connection } = realms.connection(connectionId);
    if (connection.expiresAtMs === null || !connection.renewable || connection.condition !== 'kept') return false;
    const leftMs = connection.expiresAtMs - clock.nowMs();
    const lifeMs = connection.expiresAtMs - (connection.issuedAtMs ?? 0);
    // A token whose whole life is short cannot have a minute left for long: half its life is asked for then.
    if (leftMs > Math.min(leastLifeMs, lifeMs / 2)) return false;
    try {
      await renewals.renew(connectionId);
      return true;
    } catch (thrown) {
      if (connection.expiresAtMs <= clock.nowMs()) throw thrown;
      return false;
    }
  }

  async #hold(value: Secret, what: Pick<ClipboardStatus, 'what' | 'connectionId' | 'form'>): Promise<number> {
    const { clipboard, clock, preferences, announce } = this.#tools;
    // Read before the clipboard is written: what is on it must have its timer.
    const holdMs = preferences.clipboardSeconds() * 1000;
    this.#mustHandOut();
    await clipboard.write(value);
    if (this.#ended || this.#tools.locked()) await clipboard.clearIfStill(value);
    this.#mustHandOut();
    this.#stopTimer();
    this.#ours = value;
    const takenAtMs = clock.nowMs();
    this.#status = { ...what, takenAtMs, clearsAtMs: takenAtMs + holdMs };
    this.#stopTimer = clock.after(holdMs, () => void this.clear().catch(() => undefined));
    announce.part('clipboard');
    return takenAtMs + holdMs;
  }

  #mustHandOut(): void {
    if (this.#tools.locked()) throw new AppError('vault_locked');
    if (this.#ended) throw new AppError('clipboard_failed');
  }
}
