import { beforeEach, describe, expect, test } from 'vitest';
import { happenings, type Happening } from '../../../shared/model/practice.ts';
import { PracticeEngine } from '../../../electron/providers/practice/engine.ts';
import type { EngineAnswer, WholeAnswer } from '../../../electron/providers/practice/wire.ts';
import { profile, profiles } from '../../../electron/providers/registry.ts';
import { basic, body, callOf, formType, members } from '../../support/engine-call.ts';

let nowMs = 0;
let engine: PracticeEngine;
let changes = 0;
const { people, apps } = profile('teamgantt').practice;
const authorization = basic(apps[0]!.clientId, apps[0]!.clientSecret);

function start(providerId: string): void {
  nowMs = 1_800_000_000_000;
  changes = 0;
  engine = new PracticeEngine({ profile: profile(providerId), nowMs: () => nowMs });
  engine.watch(() => (changes += 1));
}

const asking = (sent: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  path: '/oauth2/token',
  query: '',
  headers: { 'content-type': formType, ...headers },
  body: body(sent),
});
const signIn = (who = 0): WholeAnswer => {
  const { username, password } = people[who]!;
  return callOf(engine, asking({ grant_type: 'password', username, password }, { authorization }));
};
const refresh = (token: string): EngineAnswer =>
  engine.handle(asking({ grant_type: 'refresh_token', refresh_token: token }));
const statusOf = (given: EngineAnswer): number | string => (given.kind === 'answer' ? given.status : given.kind);
const ask = (token: string, path = '/v1/current_user'): WholeAnswer =>
  callOf(engine, { path, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } });

describe('what a person makes happen', () => {
  beforeEach(() => start('teamgantt'));

  test('every token ends now, and a renewal mends it', () => {
    const given = members(signIn());
    engine.happen('expired');
    expect(ask(given['id_token']!).status).toBe(401);
    const renewed = members(
      callOf(engine, asking({ grant_type: 'refresh_token', refresh_token: given['refresh_token']! })),
    );
    expect(ask(renewed['id_token']!).status).toBe(200);
    expect(engine.happenings().armed).toEqual([]);
  });

  test('access is taken away elsewhere: of every person, the token made by hand as well', () => {
    const mine = members(signIn());
    const other = members(signIn(1));
    const byHand = engine.personalToken(people[0]!.username)!;
    expect(ask(byHand).status).toBe(200);
    engine.happen('revoked_elsewhere');
    expect(statusOf(refresh(mine['refresh_token']!))).toBe(400);
    expect(statusOf(refresh(other['refresh_token']!))).toBe(400);
    expect(ask(byHand).status).toBe(401);
  });

  test('one renewal brings a new refresh token and ends the one before; the next ones are as usual', () => {
    const old = members(signIn())['refresh_token']!;
    engine.happen('new_refresh_token');
    expect(engine.happenings().armed).toEqual([{ what: 'new_refresh_token', callsLeft: 1 }]);
    const rotated = refresh(old) as WholeAnswer;
    expect(members(rotated)['refresh_token']).toBeDefined();
    expect(statusOf(refresh(old))).toBe(400);
    expect(members(refresh(members(rotated)['refresh_token']!) as WholeAnswer)).not.toHaveProperty('refresh_token');
    expect(engine.happenings().armed).toEqual([]);
  });

  test('an answer is lost after the work was done', () => {
    engine.happen('new_refresh_token');
    const old = members(signIn())['refresh_token']!;
    engine.happen('answer_lost');
    expect(statusOf(refresh(old))).toBe('drop');
    // The provider has acted: what was sent is used up.
    expect(statusOf(refresh(old))).toBe(400);
  });

  const faults: [Happening, (given: EngineAnswer) => void][] = [
    ['too_many', (given) => expect(given).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })],
    ['server_error', (given) => expect(given).toMatchObject({ status: 500 })],
    [
      'web_page',
      (given) => expect(given).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } }),
    ],
    ['slow', (given) => expect(given).toMatchObject({ status: 200, afterMs: 5000 })],
  ];
  test.each(faults)('%s comes with the next call for tokens, once, and not with another call', (what, looksRight) => {
    const given = members(signIn());
    engine.happen(what);
    engine.happen(what);
    expect(ask(given['id_token']!)).toMatchObject({ status: 200, afterMs: 0 });
    expect(engine.happenings().armed).toEqual([{ what, callsLeft: 2 }]);
    looksRight(refresh(given['refresh_token']!));
    expect(engine.happenings().armed).toEqual([{ what, callsLeft: 1 }]);
    looksRight(refresh(given['refresh_token']!));
    expect(engine.happenings().armed).toEqual([]);
    expect(refresh(given['refresh_token']!)).toMatchObject({ status: 200, afterMs: 0 });
  });

  test('a clock an hour ahead ends what is here, moves an end told as a time of day, and leaves expires_in alone', () => {
    const before = members(signIn());
    engine.happen('clock_wrong');
    engine.happen('clock_wrong');
    expect(engine.happenings().armed).toEqual([{ what: 'clock_wrong', callsLeft: null }]);
    expect(ask(before['id_token']!).status).toBe(401);
    const given = signIn();
    expect(given.headers['date']).toBe(new Date(nowMs + 3_600_000).toUTCString());
    const { exp } = JSON.parse(Buffer.from(members(given)['id_token']!.split('.')[1]!, 'base64url').toString()) as {
      exp: number;
    };
    expect(exp).toBe((nowMs + 3_600_000 + 120_000) / 1000);
    expect(members(given)['expires_in']).toBe(120);
    expect(ask(members(given)['id_token']!).status).toBe(200);
  });

  test('back to normal takes back whatever waits, and what has happened stays', () => {
    const given = members(signIn());
    for (const what of ['revoked_elsewhere', 'too_many', 'slow', 'clock_wrong', 'new_refresh_token'] as const)
      engine.happen(what);
    expect(engine.happenings().armed).toHaveLength(4);
    engine.happen('normal');
    expect(engine.happenings().armed).toEqual([]);
    expect(signIn()).toMatchObject({ status: 200, afterMs: 0, headers: { date: new Date(nowMs).toUTCString() } });
    expect(statusOf(refresh(given['refresh_token']!))).toBe(400);
  });

  test('whoever watches is told when something is armed and when a call uses it up', () => {
    const given = members(signIn());
    expect(changes).toBe(0);
    engine.happen('too_many');
    engine.happen('new_refresh_token');
    expect(changes).toBe(2);
    refresh(given['refresh_token']!);
    expect(changes).toBe(3);
    refresh(given['refresh_token']!);
    expect(changes).toBe(4);
    refresh(given['refresh_token']!);
    expect(changes).toBe(4);
  });

  test('only what can happen at a provider is offered, and nothing else is taken', () => {
    const can = (providerId: string): Happening[] => {
      start(providerId);
      return engine.happenings().can;
    };
    expect(can('teamgantt')).toEqual([...happenings]);
    expect(can('er-studio')).not.toContain('new_refresh_token');
    expect(can('connecteam')).toEqual(
      happenings.filter((what) => what !== 'new_refresh_token' && what !== 'revoked_elsewhere'),
    );
    expect(() => engine.happen('new_refresh_token')).toThrow('bad_input');
  });
});

test.each(profiles().map(({ id }) => id))('%s: every answer carries a Date by the engine’s clock', (id) => {
  start(id);
  nowMs += 86_400_000;
  for (const path of [
    '/',
    '/marketplace',
    '/oauth2/authorize',
    '/oauth2/token',
    '/api/oauth/token',
    '/me',
    '/v1/brands',
  ])
    for (const method of ['GET', 'POST'])
      expect(callOf(engine, { path, method }).headers['date']).toBe(new Date(nowMs).toUTCString());
});

describe('tokens made by hand', () => {
  test.each([
    ['teamgantt', /^\d+\|[0-9a-f]{40}$/, '/v1/current_user', '4711'],
    ['taskade', /^tskdp_[0-9a-f]{40}$/, '/oauth2/ping', 'practice-ana'],
  ])('%s: each person has one, taken by the API until it is revoked there', (id, looks, path, account) => {
    start(id);
    const [first, second] = profile(id).practice.people.map(({ username }) => username);
    const token = engine.personalToken(first!)!;
    expect(token).toMatch(looks);
    expect(engine.personalToken(first!)).toBe(token);
    expect(engine.personalToken(second!)).not.toBe(token);
    expect(ask(token, path).body).toContain(account);
    nowMs += 365 * 86_400_000;
    engine.endAccessTokens();
    expect(ask(token, path).status).toBe(200);
    engine.revokeElsewhere(second!);
    expect(ask(token, path).status).toBe(200);
    engine.revokeElsewhere(first!);
    expect(ask(token, path).status).toBe(401);
    expect(engine.personalToken(first!)).not.toBe(token);
  });

  test('there are none where the profile has none, and none of a stranger', () => {
    start('connecteam');
    expect(engine.personalToken('ana')).toBeNull();
    start('teamgantt');
    expect(engine.personalToken('nobody')).toBeNull();
  });
});

describe('a refresh token from another program', () => {
  test('renews through its own app and through no other', () => {
    start('taskade');
    const [own, other] = profile('taskade').practice.apps;
    const token = engine.existingRefreshToken(own!.clientId, profile('taskade').practice.people[0]!.username)!;
    const renew = (app: Record<string, string>): number =>
      callOf(engine, asking({ grant_type: 'refresh_token', refresh_token: token, ...app })).status;
    expect(renew({ client_id: other!.clientId })).toBe(400);
    expect(renew({ client_id: own!.clientId, client_secret: own!.clientSecret })).toBe(200);
  });

  test('there is none where nothing is renewed with one', () => {
    start('connecteam');
    expect(engine.existingRefreshToken('practice-ct-1', '')).toBeNull();
  });
});
