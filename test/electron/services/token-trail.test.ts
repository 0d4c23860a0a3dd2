import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import { findToken } from '../../../electron/services/find-token.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { withTokens } from '../../../electron/services/token-trail.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { trailLimit } from '../../../electron/vault/records.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';

const startMs = Date.UTC(2026, 0, 31, 12);
const hour = 3_600_000;
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A connection that was renewed so often; the refresh token changes at each renewal or stays. */
function renewed(times: number, rotates: boolean, label = 'one') {
  const shelf = new PracticeShelf();
  const realms = new Realms({ app: () => undefined, connection: () => undefined, part: () => undefined });
  realms.setPractice(shelf);
  shelf.commit([{ put: 'app', record: appRecord('app', { realm: 'practice' }) }]);
  for (let generation = 1; generation <= times; generation += 1) {
    const record = connectionRecord(label, 'app', {
      realm: 'practice',
      generation,
      issuedAtMs: startMs + generation * hour,
    });
    const refresh = new Secret(
      rotates || generation === 1 ? `refresh-${String(rotates ? generation : 1)}` : 'refresh-1',
    );
    const access = new Secret(`access-${String(generation)}`);
    const tokens = {
      accessToken: access,
      idToken: null,
      refreshToken: refresh,
      bearer: access,
      expiresAtMs: null,
      issuedAtMs: startMs + generation * hour,
      expirySource: 'not_stated' as const,
      scopesGranted: null,
      refreshTokenReturned: rotates || generation === 1,
    };
    shelf.commit([
      { put: 'connection', record },
      { put: 'connection_secrets', connectionId: label, secrets: tokens },
      withTokens(shelf, record, { tokens, status: 200, durationMs: 1 }),
    ]);
  }
  return { shelf, realms, find: async (pasted: string) => (await findToken(realms, pasted)).matches };
}

describe('the trail of a connection’s tokens', () => {
  it('keeps hashes alone, the newest first, and drops the oldest beyond its limit', () => {
    const { shelf } = renewed(trailLimit + 3, true);
    const trail = shelf.tokenTrail('one');
    expect(trail).toHaveLength(trailLimit);
    expect(trail[0]?.generation).toBe(trailLimit + 3);
    expect(trail.at(-1)?.generation).toBe(4);
    expect(JSON.stringify(trail)).not.toMatch(/access-|refresh-/);
  });

  it('goes with the connection', () => {
    const { shelf } = renewed(2, true);
    shelf.commit([{ remove: 'connection', connectionId: 'one' }]);
    expect(() => shelf.tokenTrail('one')).toThrow('not_found');
    shelf.commit([{ put: 'connection', record: connectionRecord('one', 'app', { realm: 'practice' }) }]);
    expect(shelf.tokenTrail('one')).toEqual([]);
  });
});

describe('a token out of a log', () => {
  it('is found by itself, by its fingerprint and by its whole hash, with generation and times', async () => {
    const { find } = renewed(5, true);
    const third = {
      connectionId: 'one',
      token: 'access_token',
      fromGeneration: 3,
      toGeneration: 3,
      issuedAtMs: startMs + 3 * hour,
      replacedAtMs: startMs + 4 * hour,
      state: 'replaced',
    };
    const hash = sha('access-3');
    const halves = `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
    for (const pasted of ['access-3', ' access-3\n', hash.slice(0, 8), halves, hash.slice(0, 8).toUpperCase(), hash])
      expect(await find(pasted), pasted).toEqual([third]);
  });

  it.each([
    'Authorization: Bearer access-5',
    '"access-5",',
    'access_token=access-5',
    'token:access-5',
    'curl -H "Authorization: Bearer access-5"',
  ])('is found in what a log puts round it: %s', async (pasted) => {
    const { find } = renewed(5, true);
    expect(await find(pasted)).toMatchObject([{ fromGeneration: 5, state: 'in_use', replacedAtMs: null }]);
  });

  it('that served several generations tells from which to which', async () => {
    const kept = renewed(4, false);
    expect(await kept.find('refresh-1')).toMatchObject([
      { token: 'refresh_token', fromGeneration: 1, toGeneration: 4, state: 'in_use' },
    ]);
    const rotating = renewed(4, true);
    expect(await rotating.find('refresh-2')).toMatchObject([{ fromGeneration: 2, toGeneration: 2, state: 'replaced' }]);
  });

  it('whose connection was stored before trails were kept is found while it is in use', async () => {
    const { shelf, find } = renewed(2, true);
    shelf.commit([{ put: 'token_trail', connectionId: 'one', trail: [] }]);
    expect(await find('access-2')).toMatchObject([{ fromGeneration: 2, state: 'in_use' }]);
    expect(await find('access-1')).toEqual([]);
  });

  it('that is no longer kept and was the last is said to be gone', async () => {
    const { shelf, find } = renewed(2, true);
    const revocation = { atMs: startMs + 9 * hour, worksUntilMs: null };
    shelf.commit([
      {
        put: 'connection',
        record: { ...shelf.connection('one')!, condition: 'revoked', fingerprint: null, revocation },
      },
      { remove: 'connection_secrets', connectionId: 'one' },
    ]);
    expect(await find('access-2')).toMatchObject([{ state: 'gone', replacedAtMs: startMs + 9 * hour }]);
  });

  it.each(['', '   ', 'access-9', 'abc', '12345678'])('that is none of ours finds nothing: %j', async (pasted) => {
    const { find } = renewed(3, true);
    expect(await find(pasted)).toEqual([]);
  });
});
