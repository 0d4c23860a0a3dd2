import type { AppSummary } from '../../shared/model/app.ts';
import type { Condition, ConnectionSummary } from '../../shared/model/connection.ts';
import type { AppRecord, ConnectionRecord } from '../vault/records.ts';
import { dueAtMs } from './renewal-schedule.ts';
import type { Renewals } from './renew.ts';

/** What the window may know of an app. Built member by member: a new member of the record does not leak by itself. */
export function appSummary(app: AppRecord): AppSummary {
  return {
    id: app.id,
    realm: app.realm,
    providerId: app.providerId,
    name: app.name,
    clientId: app.clientId,
    clientSecretSet: app.clientSecretSet,
    regionId: app.regionId,
    endpoints: app.endpoints.map(({ kind, url, source }) => ({ kind, url, source })),
    scopes: app.scopes,
    redirectUri: app.redirectUri,
    choices: { ...app.choices },
    createdAtMs: app.createdAtMs,
    unencryptedConsent: app.unencryptedConsent ?? null,
  };
}

/** What the window may know of a connection. */
export function connectionSummary(connection: ConnectionRecord, renewals: Renewals, leadMs: number): ConnectionSummary {
  const failure = renewals.failureBesideRecord(connection) ?? connection.failure;
  return {
    id: connection.id,
    realm: connection.realm,
    appId: connection.appId,
    providerId: connection.providerId,
    label: connection.label,
    account: connection.account,
    grant: connection.grant,
    condition: condition(connection, failure !== null && failure.nextTryAtMs !== null, renewals),
    renewable: connection.renewable,
    issuedAtMs: connection.issuedAtMs,
    expiresAtMs: connection.expiresAtMs,
    expirySource: connection.expirySource,
    renewsAtMs: dueAtMs({ ...connection, failure }, leadMs),
    lastRenewedAtMs: connection.lastRenewedAtMs,
    createdAtMs: connection.createdAtMs,
    scopesAsked: connection.scopesAsked,
    scopesGranted: connection.scopesGranted,
    fingerprint: connection.fingerprint,
    generation: connection.generation,
    failure,
    revocation: connection.revocation,
  };
}

function condition(connection: ConnectionRecord, willRetry: boolean, renewals: Renewals): Condition {
  if (connection.condition !== 'kept') return connection.condition;
  if (renewals.isRenewing(connection.id)) return 'renewing';
  return willRetry ? 'retrying' : 'kept';
}
