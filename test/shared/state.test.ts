import { describe, expect, it } from 'vitest';
import type { ConnectionSummary } from '../../shared/model/connection.ts';
import { groupOf, needsPerson, stateOf } from '../../shared/model/state.ts';

const hour = 3_600_000;
const base: ConnectionSummary = {
  id: 'c',
  realm: 'vault',
  appId: 'a',
  providerId: 'teamgantt',
  label: 'Site works plan',
  account: 'pm@firm.example',
  grant: 'password',
  condition: 'kept',
  renewable: true,
  issuedAtMs: 0,
  expiresAtMs: hour,
  expirySource: 'jwt_exp',
  renewsAtMs: hour - 300_000,
  lastRenewedAtMs: null,
  createdAtMs: 0,
  scopesAsked: [],
  scopesGranted: null,
  fingerprint: '7f3a91c2',
  generation: 1,
  failure: null,
  revocation: null,
};
const failing = (nextTryAtMs: number | null): ConnectionSummary => ({
  ...base,
  condition: nextTryAtMs === null ? 'kept' : 'retrying',
  failure: { problem: { code: 'wrong_client', facts: {} }, atMs: 0, tries: 1, nextTryAtMs },
});

describe('the state of a connection', () => {
  it.each<[string, ConnectionSummary, number, string, boolean, string]>([
    ['fresh', base, 1000, 'working', false, 'kept'],
    ['with little left, renewing by itself', base, hour - 60_000, 'expires_soon', false, 'ends_soon'],
    [
      'with little left and nobody to renew it',
      { ...base, renewable: false },
      hour - 60_000,
      'expires_soon',
      true,
      'needs_you',
    ],
    ['over, not renewable', { ...base, renewable: false }, hour + 1, 'ended', true, 'needs_you'],
    ['over, renewable', base, hour + 1, 'ended', false, 'ends_soon'],
    ['without a stated end', { ...base, expiresAtMs: null }, hour, 'expiry_unknown', false, 'cannot_tell'],
    ['renewing', { ...base, condition: 'renewing' }, hour - 1000, 'renewing', false, 'ends_soon'],
    ['retrying', failing(5000), 1000, 'retrying', false, 'ends_soon'],
    ['stopped by a wrong secret', failing(null), 1000, 'working', true, 'needs_you'],
    ['stopped by a wrong secret, with little left', failing(null), hour - 60_000, 'expires_soon', true, 'needs_you'],
    ['stopped by a wrong secret, and over', failing(null), hour + 1, 'ended', true, 'needs_you'],
    [
      'stopped by a wrong secret, and tried again now',
      { ...failing(null), condition: 'renewing' },
      1000,
      'renewing',
      false,
      'ends_soon',
    ],
    ['no longer accepted', { ...base, condition: 'sign_in_again' }, 1000, 'sign_in_again', true, 'needs_you'],
    ['revoked', { ...base, condition: 'revoked' }, 1000, 'revoked', false, 'ended'],
    [
      'in practice',
      { ...base, realm: 'practice', condition: 'sign_in_again' },
      1000,
      'sign_in_again',
      true,
      'practice',
    ],
  ])('%s', (_name, connection, nowMs, kind, duty, group) => {
    expect(stateOf(connection, nowMs).kind).toBe(kind);
    expect(needsPerson(connection, nowMs)).toBe(duty);
    expect(groupOf(connection, nowMs)).toBe(group);
  });

  it('calls a day-long token soon in its last fifteen minutes, not for hours', () => {
    const day = { ...base, expiresAtMs: 24 * hour };
    expect(stateOf(day, 24 * hour - 1_000_000).kind).toBe('working');
    expect(stateOf(day, 24 * hour - 800_000).kind).toBe('expires_soon');
  });

  it('calls a two-minute token soon in its last minute', () => {
    const short = { ...base, expiresAtMs: 120_000 };
    expect(stateOf(short, 30_000).kind).toBe('working');
    expect(stateOf(short, 70_000).kind).toBe('expires_soon');
  });
});
