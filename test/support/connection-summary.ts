import type { ConnectionSummary } from '../../shared/model/connection.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const noonMs = Date.UTC(2026, 4, 14, 12);

/** A real connection that renews by itself and has forty minutes left, unless told otherwise. */
export function summary(id: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary {
  return {
    id,
    realm: 'vault',
    appId: 'app',
    providerId: 'teamgantt',
    label: `Label ${id}`,
    account: `${id}@people.example`,
    grant: 'password',
    condition: 'kept',
    renewable: true,
    issuedAtMs: noonMs - 20 * minute,
    expiresAtMs: noonMs + 40 * minute,
    expirySource: 'expires_in',
    renewsAtMs: noonMs + 35 * minute,
    lastRenewedAtMs: null,
    createdAtMs: noonMs - day,
    scopesAsked: [],
    scopesGranted: null,
    fingerprint: '7f3a91c2',
    generation: 3,
    failure: null,
    revocation: null,
    ...more,
  };
}

const refusedBy = (code: 'sign_in_again' | 'wrong_client', atMs: number) => ({
  problem: { code, facts: {} },
  atMs,
  tries: 1,
  nextTryAtMs: null,
});

/** The provider no longer accepts the saved sign-in. */
export const refused = (id: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary =>
  summary(id, { condition: 'sign_in_again', failure: refusedBy('sign_in_again', noonMs), ...more });

/** The app's secret is not accepted; its token lives on for a while. */
export const wrongClient = (id: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary =>
  summary(id, { failure: refusedBy('wrong_client', noonMs), ...more });

/** Tried again by itself. */
export const retrying = (id: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary =>
  summary(id, {
    condition: 'retrying',
    failure: { problem: { code: 'server_refused', facts: {} }, atMs: noonMs, tries: 9, nextTryAtMs: noonMs + minute },
    ...more,
  });

/** Pasted in, of no renewal: lives `lifeMs`, of which `leftMs` are left. */
export const fixed = (
  id: string,
  lifeMs: number,
  leftMs: number,
  more: Partial<ConnectionSummary> = {},
): ConnectionSummary =>
  summary(id, {
    grant: 'personal_access_token',
    renewable: false,
    renewsAtMs: null,
    issuedAtMs: noonMs + leftMs - lifeMs,
    expiresAtMs: noonMs + leftMs,
    ...more,
  });
