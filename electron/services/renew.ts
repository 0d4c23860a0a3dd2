import { createHash } from 'node:crypto';
import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Exchange, Failure } from '../../shared/model/connection.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import type { Change, ConnectionRecord } from '../vault/records.ts';
import type { Announce } from './announce.ts';
import { exchangeFailed, exchangeGranted, withExchange } from './history.ts';
import type { Clock, Log } from './ports.ts';
import { isRenewable, storedTokens, type ProviderCalls } from './provider-calls.ts';
import type { Found, Realms } from './realms.ts';

export interface RenewTools {
  realms: Realms;
  calls: ProviderCalls;
  clock: Clock;
  log: Log;
  announce: Announce;
  newId: () => string;
  /** 0 ≤ x < 1; spreads tries that failed together. */
  random: () => number;
}

/** Endings that no waiting mends: a person has to change something first. Everything else is tried again. */
const needsPerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'sign_in_again',
  'wrong_client',
  'scope_refused',
  'grant_refused',
  'address_missing',
  'address_invalid',
  'address_insecure',
]);

const longestWaitMs = 300_000;

/** 1 s, 2 s, 4 s … five minutes, up to a fifth earlier by chance; a provider's own "not before" wins. */
export function nextTryAtMs(nowMs: number, tries: number, retryAtMs: number | undefined, random: number): number {
  const waitMs = Math.min(longestWaitMs, 1000 * 2 ** Math.min(tries - 1, 20));
  return Math.max(nowMs + waitMs * (1 - random / 5), retryAtMs ?? 0);
}

/**
 * Renews connections: one renewal in flight for each, whoever asks (schedule, copy, test, a person), so that a
 * refresh token is never sent twice at once (B18).
 */
export class Renewals {
  readonly #tools: RenewTools;
  readonly #inFlight = new Map<string, Promise<void>>();
  /** Answers that could not be saved (full disk). The next try saves them instead of asking the provider again. */
  readonly #unsaved = new Map<string, Change[]>();
  /** Failures that could not be saved either; shown all the same. */
  readonly #unsavedFailure = new Map<string, Failure>();

  constructor(tools: RenewTools) {
    this.#tools = tools;
  }

  isRenewing(connectionId: string): boolean {
    return this.#inFlight.has(connectionId);
  }

  /** A failure newer than the stored one, because the disk did not take it. */
  failureBesideRecord(connectionId: string): Failure | null {
    return this.#unsavedFailure.get(connectionId) ?? null;
  }

  /** Resolves when the new tokens are on disk. Throws what went wrong; the record says it as well. */
  renew(connectionId: string): Promise<void> {
    const running = this.#inFlight.get(connectionId);
    if (running !== undefined) return running;
    const run = this.#run(connectionId).finally(() => {
      this.#inFlight.delete(connectionId);
      this.#tools.announce.connection(connectionId);
    });
    this.#inFlight.set(connectionId, run);
    this.#tools.announce.connection(connectionId);
    return run;
  }

  /** Waits for whatever is under way; used before quitting, so that an answer that came is also kept. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#inFlight.values());
  }

  async #run(connectionId: string): Promise<void> {
    const { realms, clock } = this.#tools;
    const startedAtMs = clock.nowMs();
    try {
      const kept = this.#unsaved.get(connectionId);
      if (kept === undefined) await this.#exchange(connectionId);
      else this.#save(realms.connection(connectionId), kept);
    } catch (thrown) {
      const error = asAppError(thrown);
      this.#recordFailure(connectionId, error, startedAtMs);
      throw error;
    }
  }

  async #exchange(connectionId: string): Promise<void> {
    const { realms, calls } = this.#tools;
    const found = realms.connection(connectionId);
    const { vault, connection, app } = found;
    if (connection.condition !== 'kept') throw this.#signInAgain(connection);
    const keys = { app, secrets: vault.appSecrets(app.id) };
    const before = vault.connectionSecrets(connectionId);
    if (connection.grant === 'client_credentials') {
      const granted = await calls.askForToken(keys, connection.scopesAsked);
      this.#keep(connectionId, connection, granted, 'asked_again');
      return;
    }
    if (before?.refreshToken == null) throw this.#signInAgain(connection);
    this.#writeIntent(found, before.refreshToken);
    const granted = await calls.refresh(keys, before.refreshToken);
    this.#keep(connectionId, connection, granted, 'renewed');
  }

  /**
   * On disk before the request leaves: a full or read-only disk is met here, while nothing is lost yet, and after a
   * crash it is known that this refresh token may have been used up.
   */
  #writeIntent({ vault, connection }: Found, refreshToken: Secret): void {
    const tokenHash = createHash('sha256').update(refreshToken.reveal(), 'utf8').digest('hex');
    const renewalIntent = { attemptId: this.#tools.newId(), tokenHash, atMs: this.#tools.clock.nowMs() };
    vault.commit([{ put: 'connection', record: { ...connection, renewalIntent } }]);
  }

  /** New tokens, cleared intent and history in one commit, before anyone sees a token (B18). */
  #keep(connectionId: string, before: ConnectionRecord, granted: Granted, what: Exchange['what']): void {
    // Read again: the connection may have been renamed, revoked or removed while the provider answered.
    const found = this.#tools.realms.connection(connectionId);
    const now = found.connection;
    if (now.condition === 'revoked' || now.generation !== before.generation) return;
    const { tokens } = granted;
    const secrets = storedTokens(granted);
    const record: ConnectionRecord = {
      ...now,
      condition: 'kept',
      renewable: isRenewable(now.grant, secrets),
      ...dated(granted),
      lastRenewedAtMs: tokens.issuedAtMs,
      scopesGranted: tokens.scopesGranted ?? now.scopesGranted,
      generation: now.generation + 1,
      failure: null,
      renewalIntent: null,
    };
    this.#save(found, [
      { put: 'connection', record },
      { put: 'connection_secrets', connectionId, secrets },
      withExchange(found.vault, connectionId, exchangeGranted(what, granted)),
    ]);
  }

  #save(found: Found, changes: Change[]): void {
    const { id } = found.connection;
    this.#unsaved.set(id, changes);
    this.#tools.realms.commit(found.vault, changes);
    this.#unsaved.delete(id);
    this.#unsavedFailure.delete(id);
  }

  #recordFailure(connectionId: string, error: AppError, startedAtMs: number): void {
    const { realms, clock, log, random } = this.#tools;
    const nowMs = clock.nowMs();
    let found: Found;
    try {
      found = realms.connection(connectionId);
    } catch {
      return; // removed meanwhile
    }
    const { vault, connection } = found;
    log.write('renewal failed', { provider: connection.providerId, code: error.code, ...hostAndStatus(error) });
    // A failure never erases a newer success (peers.md, pain 22).
    if (connection.condition !== 'kept') return;
    if (connection.lastRenewedAtMs !== null && connection.lastRenewedAtMs > startedAtMs) return;
    const tries = (connection.failure?.tries ?? this.#unsavedFailure.get(connectionId)?.tries ?? 0) + 1;
    const failure: Failure = {
      problem: { code: error.code, facts: error.facts },
      atMs: nowMs,
      tries,
      nextTryAtMs: needsPerson.has(error.code) ? null : nextTryAtMs(nowMs, tries, error.facts.retryAtMs, random()),
    };
    const condition = error.code === 'sign_in_again' ? 'sign_in_again' : 'kept';
    // The intent stays only where the provider may have acted without our learning of it.
    const renewalIntent = mayHaveActed.has(error.code) ? connection.renewalIntent : null;
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
      this.#unsavedFailure.set(connectionId, failure);
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
]);

function hostAndStatus(error: AppError): { host?: string; status?: number; systemCode?: string } {
  const { host, status, systemCode } = error.facts;
  return {
    ...(host === undefined ? {} : { host }),
    ...(status === undefined ? {} : { status }),
    ...(systemCode === undefined ? {} : { systemCode }),
  };
}
