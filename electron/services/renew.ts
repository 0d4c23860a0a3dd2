import { createHash } from 'node:crypto';
import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Exchange, Failure } from '../../shared/model/connection.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import type { ConnectionRecord } from '../vault/records.ts';
import type { Announce } from './announce.ts';
import { exchangeFailed, exchangeGranted, withExchange } from './history.ts';
import { LostAnswers, nextTryAtMs } from './next-try.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { Clock, Log } from './ports.ts';
import { isRenewable, storedTokens, type ProviderCalls } from './provider-calls.ts';
import type { Found, Realms } from './realms.ts';
import { withTokens } from './token-trail.ts';

export interface RenewTools {
  realms: Realms;
  calls: ProviderCalls;
  clock: Clock;
  log: Log;
  announce: Announce;
  newId: () => string;
  /** 0 ≤ x < 1; spreads tries that failed together. */
  random: () => number;
  /** An older copy of the vault renews nothing until a person has said that it is to be used. */
  paused: () => boolean;
  /** A renewal has ended, well or not. */
  ended: () => void;
}

/** Endings that no waiting mends: a person has to change something first. Everything else is tried again. */
const needsPerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'sign_in_again',
  'answer_never_came',
  'wrong_client',
  'scope_refused',
  'grant_refused',
  'address_missing',
  'address_invalid',
  'address_insecure',
]);

/** An answer that has come, for the connection as it was when it was asked for. */
interface Answer {
  generation: number;
  granted: Granted;
  what: Exchange['what'];
}

/**
 * Renews connections: one renewal in flight for each, whoever asks (schedule, copy, test, a person), so that a
 * refresh token is never sent twice at once (B18).
 */
export class Renewals {
  readonly #tools: RenewTools;
  readonly #inFlight = new OneAtATime<void>();
  /** Answers that could not be saved (full disk). The next try saves them instead of asking the provider again. */
  readonly #unsaved = new Map<string, Answer>();
  /** Failures that could not be saved either; shown all the same. */
  readonly #unsavedFailure = new Map<string, { generation: number; failure: Failure }>();

  /** Whose refresh token was already sent once without an answer, when its try under way began. */
  readonly #sentBefore = new Set<string>();
  readonly #lostAnswers = new LostAnswers();

  constructor(tools: RenewTools) {
    this.#tools = tools;
  }

  isRenewing(connectionId: string): boolean {
    return this.#inFlight.isRunning(connectionId);
  }

  /** A failure newer than the stored one, because the disk did not take it. A later sign-in or revocation ends it. */
  failureBesideRecord({ id, condition, generation }: ConnectionRecord): Failure | null {
    const beside = this.#unsavedFailure.get(id);
    return condition === 'kept' && beside?.generation === generation ? beside.failure : null;
  }

  /** Resolves when the new tokens are on disk. Throws what went wrong; the record says it as well. */
  renew(connectionId: string): Promise<void> {
    if (this.isRenewing(connectionId)) return this.#inFlight.run(connectionId, () => Promise.resolve());
    // Nothing is wrong with it: it only cannot be asked for again without a person.
    if (this.#isFixed(connectionId)) return Promise.reject(new AppError('cannot_renew'));
    // A refresh token of an older copy may be spent; sending it again can end the living sign-in (F44).
    if (this.#tools.paused() && this.#isInVault(connectionId)) return Promise.reject(new AppError('vault_older_copy'));
    const run = this.#inFlight
      .run(connectionId, () => this.#run(connectionId))
      .finally(() => {
        this.#tools.announce.connection(connectionId);
        // Only now is it no longer "renewing", so only now can the schedule see when its next try is due.
        this.#tools.ended();
      });
    this.#tools.announce.connection(connectionId);
    return run;
  }

  /** Waits for whatever is under way; used before quitting, so that an answer that came is also kept. */
  settled(): Promise<void> {
    return this.#inFlight.settled();
  }

  #isFixed(connectionId: string): boolean {
    return this.#tools.realms.all().some((vault) => vault.connection(connectionId)?.grant === 'personal_access_token');
  }

  #isInVault(connectionId: string): boolean {
    return this.#tools.realms.all().some((vault) => vault.realm === 'vault' && vault.connection(connectionId) !== null);
  }

  async #run(connectionId: string): Promise<void> {
    const { realms, clock } = this.#tools;
    const startedAtMs = clock.nowMs();
    let generation: number | null = null;
    try {
      ({ generation } = realms.connection(connectionId).connection);
      const kept = this.#unsaved.get(connectionId);
      // A sign-in since then has brought newer tokens than the kept answer holds.
      if (kept?.generation === generation) this.#keep(connectionId, kept);
      else await this.#exchange(connectionId);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (generation !== null) this.#recordFailure(connectionId, generation, error, startedAtMs);
      throw error;
    }
  }

  async #exchange(connectionId: string): Promise<void> {
    const { realms, calls } = this.#tools;
    const found = realms.connection(connectionId);
    const { vault, connection, app } = found;
    const { generation } = connection;
    if (connection.condition !== 'kept') throw this.#signInAgain(connection);
    const keys = { app, secrets: vault.appSecrets(app.id) };
    const before = vault.connectionSecrets(connectionId);
    if (connection.grant === 'client_credentials') {
      const granted = await calls.askForToken(keys, connection.scopesAsked);
      this.#keep(connectionId, { generation, granted, what: 'asked_again' });
      return;
    }
    if (before?.refreshToken == null) throw this.#signInAgain(connection);
    const mayBeSpent = this.#writeIntent(found, before.refreshToken);
    const granted = await calls.refresh(keys, before.refreshToken).catch((thrown: unknown) => {
      const error = asAppError(thrown);
      // Refused after an answer that never came: the provider had changed the key, and that is another story than
      // "revoked". The access token lives to its end, and the old refresh token is never sent by itself again.
      throw mayBeSpent && error.code === 'sign_in_again' ? new AppError('answer_never_came', error.facts) : error;
    });
    this.#keep(connectionId, { generation, granted, what: 'renewed' });
  }

  /**
   * On disk before the request leaves: a full or read-only disk is met here, while nothing is lost yet, and after a
   * crash it is known that this refresh token may have been used up. True: it was sent before, without an answer.
   */
  #writeIntent({ vault, connection }: Found, refreshToken: Secret): boolean {
    const tokenHash = createHash('sha256').update(refreshToken.reveal(), 'utf8').digest('hex');
    const renewalIntent = { attemptId: this.#tools.newId(), tokenHash, atMs: this.#tools.clock.nowMs() };
    const sentBefore = connection.renewalIntent?.tokenHash === tokenHash;
    if (sentBefore) this.#sentBefore.add(connection.id);
    else this.#sentBefore.delete(connection.id);
    vault.commit([{ put: 'connection', record: { ...connection, renewalIntent } }]);
    return sentBefore;
  }

  /**
   * New tokens, cleared intent and history in one commit, before anyone sees a token (B18). Built from the record as
   * it is now: the connection may have been renamed, revoked or removed since the provider was asked, also between
   * an answer that the disk did not take and the try that saves it.
   */
  #keep(connectionId: string, answer: Answer): void {
    const { realms } = this.#tools;
    this.#unsaved.delete(connectionId);
    const { vault, connection: now } = realms.connection(connectionId);
    if (now.condition === 'revoked' || now.generation !== answer.generation) return;
    const { granted } = answer;
    const secrets = storedTokens(granted);
    const record: ConnectionRecord = {
      ...now,
      renewable: isRenewable(now.grant, secrets),
      ...dated(granted),
      lastRenewedAtMs: granted.tokens.issuedAtMs,
      scopesGranted: granted.tokens.scopesGranted ?? now.scopesGranted,
      generation: now.generation + 1,
      // Ended meanwhile by the revocation of another connection: the token may live on, the sign-in does not.
      failure: now.condition === 'sign_in_again' ? now.failure : null,
      renewalIntent: null,
    };
    this.#unsaved.set(connectionId, answer);
    realms.commit(vault, [
      { put: 'connection', record },
      { put: 'connection_secrets', connectionId, secrets },
      withExchange(vault, connectionId, exchangeGranted(answer.what, granted)),
      withTokens(vault, record, granted),
    ]);
    this.#unsaved.delete(connectionId);
    this.#unsavedFailure.delete(connectionId);
    this.#lostAnswers.forget(connectionId);
  }

  #recordFailure(connectionId: string, generation: number, error: AppError, startedAtMs: number): void {
    const { realms, clock, log, random } = this.#tools;
    const nowMs = clock.nowMs();
    let found: Found;
    try {
      found = realms.connection(connectionId);
    } catch {
      this.#unsavedFailure.delete(connectionId);
      return; // removed meanwhile
    }
    const { vault, connection } = found;
    log.write('renewal failed', { provider: connection.providerId, code: error.code, ...hostAndStatus(error) });
    // A failure never erases a newer success (peers.md, pain 22). Counted, since a wall clock may be set back.
    if (connection.condition !== 'kept' || connection.generation !== generation) return;
    const tries = Math.max(connection.failure?.tries ?? 0, this.failureBesideRecord(connection)?.tries ?? 0) + 1;
    const mayBeLost = connection.renewalIntent !== null && mayHaveActed.has(error.code);
    const failure: Failure = {
      problem: { code: error.code, facts: error.facts },
      atMs: nowMs,
      tries,
      nextTryAtMs: needsPerson.has(error.code)
        ? null
        : nextTryAtMs(nowMs, tries, error.facts.retryAtMs, random(), this.#lostAnswers.count(connectionId, mayBeLost)),
    };
    const isOver = error.code === 'sign_in_again' || error.code === 'answer_never_came';
    const condition = isOver ? 'sign_in_again' : 'kept';
    // The intent goes only where it is known what became of the refresh token: an error of which nothing was sent
    // says nothing about an earlier try whose answer was lost.
    const isOpen =
      mayHaveActed.has(error.code) || this.#sentBefore.has(connectionId) || this.#unsaved.has(connectionId);
    const renewalIntent = isOpen && !isOver ? connection.renewalIntent : null;
    const record: ConnectionRecord = { ...connection, condition, failure, renewalIntent };
    const exchange = exchangeFailed(
      connection.grant === 'client_credentials' ? 'asked_again' : 'renewed',
      error,
      startedAtMs,
      nowMs,
    );
    try {
      realms.commit(vault, [{ put: 'connection', record }, withExchange(vault, connectionId, exchange)]);
      this.#unsavedFailure.delete(connectionId);
    } catch {
      this.#unsavedFailure.set(connectionId, { generation, failure });
    }
  }

  #signInAgain(connection: ConnectionRecord): AppError {
    return new AppError('sign_in_again', { name: this.#tools.calls.name(connection.providerId) });
  }
}

/** What a token answer says of its life, as a connection's record holds it. */
export function dated({
  tokens,
}: Granted): Pick<ConnectionRecord, 'issuedAtMs' | 'expiresAtMs' | 'expirySource' | 'fingerprint'> {
  return {
    issuedAtMs: tokens.issuedAtMs,
    expiresAtMs: tokens.expiresAtMs,
    expirySource: tokens.expirySource,
    fingerprint: tokens.bearer.fingerprint(),
  };
}

const mayHaveActed: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'no_answer_in_time',
  'answer_lost',
  'answer_too_large',
  'provider_failing',
  'not_an_oauth_answer',
  'bearer_missing',
  'internal',
]);

function hostAndStatus(error: AppError): { host?: string; status?: number; systemCode?: string } {
  const { host, status, systemCode } = error.facts;
  return {
    ...(host === undefined ? {} : { host }),
    ...(status === undefined ? {} : { status }),
    ...(systemCode === undefined ? {} : { systemCode }),
  };
}
