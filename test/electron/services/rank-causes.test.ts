import { describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorFacts } from '../../../shared/errors.ts';
import type { CauseKind } from '../../../shared/model/diagnosis.ts';
import { lastFailed, rankCauses, type Evidence } from '../../../electron/services/rank-causes.ts';

const nowMs = Date.UTC(2026, 0, 31, 14);
const day = 86_400_000;

function evidence(code: ErrorCode | null, facts: ErrorFacts = {}, more: Partial<Evidence> = {}): Evidence {
  return {
    nowMs,
    connection: {
      condition: code === 'sign_in_again' ? 'sign_in_again' : 'kept',
      renewable: true,
      grant: 'password',
      expiresAtMs: nowMs + 60_000,
      scopesAsked: ['tasks:read', 'tasks:write'],
      scopesGranted: ['tasks:read'],
    },
    problem: code === null ? null : { code, facts },
    problemAtMs: nowMs - 60_000,
    lastGoodMs: nowMs - 3_600_000,
    rotatedAtMs: null,
    keptRefreshToken: false,
    refreshToken: 'b81c04e7',
    olderCopy: false,
    aheadMs: 200,
    host: 'accounts.provider.example',
    otherWorks: null,
    othersAnswer: 0,
    othersFail: 0,
    ...more,
  };
}
const other = (sameApp: boolean) => ({ atMs: nowMs - 1000, label: 'Field notes', sameApp });
const refused = { status: 400, providerCode: 'invalid_grant' };

/** What was seen, the cause that has to come first, and one that must not be called likelier than it is. */
const table: [string, Evidence, CauseKind, CauseKind?][] = [
  [
    'offline: nothing else is reached either',
    evidence('server_refused', {}, { othersFail: 2 }),
    'offline',
    'provider_down',
  ],
  ['the provider: others answer', evidence('server_refused', {}, { othersAnswer: 1 }), 'provider_down', 'offline'],
  [
    'DNS: others answer',
    evidence('host_unknown', { systemCode: 'ENOTFOUND' }, { othersAnswer: 3 }),
    'name_not_found',
    'offline',
  ],
  ['DNS: no other host is found', evidence('host_unknown', {}, { othersFail: 1 }), 'offline', 'name_not_found'],
  [
    'a proxy that wants a password',
    evidence('not_an_oauth_answer', { status: 407 }),
    'network_between',
    'address_wrong',
  ],
  [
    'a page where tokens came before',
    evidence('not_an_oauth_answer', { status: 200, contentType: 'text/html' }),
    'network_between',
    'address_wrong',
  ],
  [
    'a page where none ever came',
    evidence('not_an_oauth_answer', { status: 200 }, { lastGoodMs: null }),
    'address_wrong',
  ],
  [
    'an unknown CA',
    evidence('certificate_refused', { systemCode: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    'certificate_unknown',
    'clock_wrong',
  ],
  [
    'a certificate of another day, and the clock is off',
    evidence('certificate_refused', { systemCode: 'CERT_NOT_YET_VALID' }, { aheadMs: 40 * day }),
    'clock_wrong',
    'certificate_unknown',
  ],
  [
    'a client that is not accepted',
    evidence('wrong_client', { status: 401, providerCode: 'invalid_client' }),
    'secret_wrong',
    'access_removed',
  ],
  [
    'a client that others use with success',
    evidence('wrong_client', { status: 401 }, { otherWorks: other(true) }),
    'access_removed',
    'secret_wrong',
  ],
  [
    'a rotating refresh token refused',
    evidence('sign_in_again', refused, { rotatedAtMs: nowMs - 3_600_000 }),
    'used_elsewhere',
    'access_removed',
  ],
  [
    'a refresh token of an older copy refused',
    evidence('sign_in_again', refused, { olderCopy: true }),
    'used_elsewhere',
    'idle_too_long',
  ],
  [
    'a refresh token that never changes refused',
    evidence('sign_in_again', refused, { keptRefreshToken: true }),
    'access_removed',
    'used_elsewhere',
  ],
  [
    'one refused after forty idle days',
    evidence('sign_in_again', refused, { lastGoodMs: nowMs - 40 * day, rotatedAtMs: nowMs - 40 * day }),
    'idle_too_long',
    'used_elsewhere',
  ],
  [
    'a consent that is asked for again',
    evidence('sign_in_again', { status: 400, providerCode: 'consent_required' }),
    'consent_withdrawn',
    'access_removed',
  ],
  ['a plan without the call', evidence('request_refused', { status: 403 }), 'plan_or_scope'],
  ['a scope that is missing', evidence('test_scope_missing', { status: 403, name: 'users.read' }), 'plan_or_scope'],
  ['an answer that was lost', evidence('answer_never_came', refused), 'answer_lost'],
  ['a provider that asks to wait', evidence('provider_busy', { status: 429 }), 'provider_busy'],
  ['a provider with a fault', evidence('provider_failing', { status: 502 }), 'provider_fault'],
  ['a revocation of ours', evidence('ended_with_another', { name: 'Site plan' }), 'ended_here'],
  ['addresses that were changed', evidence('addresses_changed', { name: 'Firm app' }), 'addresses_changed'],
];
const rank = ['most_likely', 'likely', 'possible', 'unlikely'];

describe('the likely causes', () => {
  it.each(table)('of %s', (_what, seen, first, after) => {
    const causes = rankCauses(seen);
    expect(causes[0]?.kind).toBe(first);
    const place = causes.findIndex(({ kind }) => kind === after);
    if (after !== undefined && place >= 0) {
      expect(place).toBeGreaterThan(0);
      expect(rank.indexOf(causes[place]!.likelihood)).toBeGreaterThan(rank.indexOf(causes[0]!.likelihood));
    }
  });

  it.each(table)('each stand beside a fact, once and in their order: %s', (_what, seen) => {
    const causes = rankCauses(seen);
    for (const { facts } of causes) expect(facts.length).toBeGreaterThan(0);
    expect(new Set(causes.map(({ kind }) => kind)).size).toBe(causes.length);
    const ranks = causes.map(({ likelihood }) => rank.indexOf(likelihood));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it('never offer a renewal where only a new sign-in helps, or where nobody can renew', () => {
    const over = rankCauses(evidence('sign_in_again', refused, { aheadMs: 600_000 }));
    expect(over.map(({ remedy }) => remedy)).not.toContain('renew');
    const down = evidence('server_refused', {}, { othersAnswer: 1 });
    expect(rankCauses(down)[0]?.remedy).toBe('renew');
    const byHand = { ...down, connection: { ...down.connection, renewable: false } };
    expect(rankCauses(byHand)[0]?.remedy).toBe('test');
  });

  it('name a clock only when it is off by more than a minute', () => {
    const clock = (aheadMs: number | null) =>
      rankCauses(evidence('sign_in_again', refused, { aheadMs })).find(({ kind }) => kind === 'clock_wrong')
        ?.likelihood;
    expect(clock(null)).toBeUndefined();
    expect(clock(-59_000)).toBeUndefined();
    expect(clock(-61_000)).toBe('possible');
    expect(clock(300_000)).toBe('likely');
  });

  it('are none where nothing is wrong, and say of an ended token that nobody can renew it', () => {
    expect(rankCauses(evidence(null, {}, { aheadMs: 600_000 }))).toEqual([]);
    const fixed = evidence(null);
    const connection = { ...fixed.connection, renewable: false, expiresAtMs: nowMs - 1 };
    expect(rankCauses({ ...fixed, connection })[0]).toMatchObject({ kind: 'nobody_renews', remedy: 'sign_in' });
    const byHand = { ...connection, grant: 'personal_access_token' as const };
    expect(rankCauses({ ...fixed, connection: byHand })[0]?.kind).toBe('made_by_hand');
  });

  it('claim nothing of endings that say nothing of a provider', () => {
    expect(rankCauses(evidence('disk_full'))).toEqual([]);
    expect(rankCauses(evidence('internal'))).toEqual([]);
  });
});

describe('the exchange a diagnosis speaks of', () => {
  const line = (outcome: 'done' | 'failed', what: 'renewed' | 'revoked' = 'renewed') =>
    ({ atMs: 1, what, outcome, durationMs: 1, status: 1, refreshToken: null, problem: null }) as const;

  it('is the newest that failed, until something went well after it', () => {
    expect(lastFailed([line('failed'), line('done')])?.outcome).toBe('failed');
    expect(lastFailed([line('done'), line('failed')])).toBeNull();
    expect(lastFailed([line('done', 'revoked'), line('failed')])?.outcome).toBe('failed');
    expect(lastFailed([])).toBeNull();
  });
});
