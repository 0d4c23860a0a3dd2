import { AppError, asAppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Change, ConnectionRecord } from '../vault/records.ts';
import { exchangeDone, exchangeFailed, withExchange } from './history.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Clock, Log } from './ports.ts';
import type { ProviderCalls } from './provider-calls.ts';
import type { Found, Realms } from './realms.ts';
import type { Renewals } from './renew.ts';
import { isKnownSamePerson } from './same-account.ts';

export interface RevokeTools {
  realms: Realms;
  calls: ProviderCalls;
  renewals: Renewals;
  clock: Clock;
  log: Log;
  /** A second press waits for the first: the token that revoking needs is dead after it. */
  revoking: OneAtATime<Output<'connections.revoke'>>;
  /** What a provider has confirmed and the disk did not take; the next press only saves. */
  confirmed: Map<string, Confirmed>;
}

export interface Confirmed {
  /** As it was when the provider was asked. */
  found: Found;
  answer: { status: number; durationMs: number };
  atMs: number;
}

/** What revoking this connection would end, to be said before it is done (R7). */
export function revokeReach({ realms, calls }: RevokeTools, connectionId: string): Output<'connections.revokeReach'> {
  const found = realms.connection(connectionId);
  const endpoint = found.app.endpoints.find(({ kind }) => kind === 'revocation')?.url ?? null;
  return {
    reach: calls.reach(found.connection),
    alsoEnds: alsoEnded(calls, found).map(({ id }) => id),
    worksUntilMs: calls.reach(found.connection) === 'this_access_token' ? null : found.connection.expiresAtMs,
    endpointHost: endpoint === null ? null : new URL(endpoint).host,
  };
}

/**
 * Revokes at the provider, then drops the tokens here. When the provider does not confirm, nothing is dropped (T8):
 * removing here only is another act with another text.
 */
export function revoke(tools: RevokeTools, connectionId: string): Promise<Output<'connections.revoke'>> {
  return tools.revoking.run(connectionId, () => revokeOnce(tools, connectionId));
}

async function revokeOnce(tools: RevokeTools, connectionId: string): Promise<Output<'connections.revoke'>> {
  const { realms, clock, log, confirmed } = tools;
  const startedAtMs = clock.nowMs();
  const first = realms.connection(connectionId);
  let unsaved = confirmed.get(connectionId);
  // A sign-in since then is another one, which nobody has taken away.
  if (unsaved?.found.connection.generation !== first.connection.generation) unsaved = undefined;
  if (unsaved === undefined) {
    try {
      unsaved = await askProvider(tools, connectionId);
    } catch (thrown) {
      const error = asAppError(thrown);
      log.write('revocation failed', { provider: first.app.providerId, code: error.code });
      try {
        const exchange = exchangeFailed('revoked', error, startedAtMs, clock.nowMs());
        realms.commit(first.vault, [withExchange(first.vault, connectionId, exchange)]);
      } catch {
        // A disk that takes no history line, or a removal meanwhile, must not hide why the revocation failed.
      }
      throw error;
    }
    confirmed.set(connectionId, unsaved);
  }
  const receipt = keepRevocation(tools, connectionId, unsaved);
  confirmed.delete(connectionId);
  return receipt;
}

async function askProvider(tools: RevokeTools, connectionId: string): Promise<Confirmed> {
  const { realms, calls, clock } = tools;
  await makeTokenValid(tools, connectionId);
  const found = realms.connection(connectionId);
  const tokens = found.vault.connectionSecrets(connectionId);
  if (tokens === null) throw new AppError('nothing_to_revoke');
  const keys = { app: found.app, secrets: found.vault.appSecrets(found.app.id) };
  const answer = await calls.revoke(keys, tokens);
  return { found, answer, atMs: clock.nowMs() };
}

/** One commit: this one revoked and without tokens, and what the provider ended with it. */
function keepRevocation(
  { realms, calls, log }: RevokeTools,
  connectionId: string,
  { found, answer, atMs }: Confirmed,
): Output<'connections.revoke'> {
  const { vault, app } = found;
  const now = vault.connection(connectionId);
  const others = alsoEnded(calls, found);
  const endsAtMs = (now ?? found.connection).expiresAtMs;
  // Where the access token itself is what was taken back, none that was handed out works on.
  const worksOn = calls.reach(found.connection) !== 'this_access_token';
  const worksUntilMs = worksOn && endsAtMs !== null && endsAtMs > atMs ? endsAtMs : null;
  // Removed here while the provider answered: what it ended besides must still say so.
  const own: Change[] =
    now === null
      ? []
      : [
          { put: 'connection', record: revoked(now, atMs, worksUntilMs) },
          { remove: 'connection_secrets', connectionId },
          withExchange(vault, connectionId, exchangeDone('revoked', atMs, answer)),
        ];
  const name = (now ?? found.connection).label;
  const ended = others.flatMap((other): Change[] => [
    { put: 'connection', record: endedWithAnother(other, atMs, name) },
    withExchange(vault, other.id, exchangeDone('revoked', atMs, answer)),
  ]);
  realms.commit(vault, [...own, ...ended]);
  log.write('revoked', { provider: app.providerId, status: answer.status, count: others.length });
  return { atMs, status: answer.status, alsoEnded: others.map(({ id }) => id), worksUntilMs };
}

/** TeamGantt takes a revocation only with a living access token, so an ended one is renewed first (T7). */
async function makeTokenValid({ realms, calls, renewals, clock }: RevokeTools, connectionId: string): Promise<void> {
  const { app, connection } = realms.connection(connectionId);
  const needs = calls.reach(connection) === 'none' ? null : calls.revocationNeeds(app);
  if (needs === null) throw new AppError('revoke_unsupported', { name: calls.name(app.providerId) });
  if (connection.condition === 'revoked') throw new AppError('nothing_to_revoke');
  const ended = connection.expiresAtMs !== null && connection.expiresAtMs <= clock.nowMs();
  // A renewal under way would bring a token after the revocation; it is waited for, whatever its ending.
  if (renewals.isRenewing(connectionId)) await renewals.renew(connectionId).catch(() => undefined);
  else if (needs.mustBeValid && ended && connection.condition === 'kept') await renewals.renew(connectionId);
}

/** The other connections here that end with this one: those of the same person, where the provider ends them all. */
function alsoEnded(calls: ProviderCalls, { vault, connection }: Found): ConnectionRecord[] {
  if (calls.reach(connection) !== 'every_sign_in_of_the_person') return [];
  return vault.connections().filter(
    (other) =>
      other.id !== connection.id &&
      other.providerId === connection.providerId &&
      other.condition !== 'revoked' &&
      // It was made by hand and hangs on no sign-in.
      other.grant !== 'personal_access_token' &&
      isKnownSamePerson(other, connection),
  );
}

function revoked(record: ConnectionRecord, atMs: number, worksUntilMs: number | null): ConnectionRecord {
  return {
    ...record,
    condition: 'revoked',
    failure: null,
    renewalIntent: null,
    fingerprint: null,
    revocation: { atMs, worksUntilMs },
  };
}

/**
 * Its refresh token is dead by our own doing, so it says so at once instead of failing at its next renewal. Its
 * access token may live on until its end and stays.
 */
function endedWithAnother(record: ConnectionRecord, atMs: number, name: string): ConnectionRecord {
  return {
    ...record,
    condition: 'sign_in_again',
    renewalIntent: null,
    failure: { problem: { code: 'ended_with_another', facts: { name } }, atMs, tries: 0, nextTryAtMs: null },
  };
}
