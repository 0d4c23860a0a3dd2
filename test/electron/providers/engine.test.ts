// Over 300 lines: one table of cases for one subject.
import { beforeEach, describe, expect, test } from 'vitest';
import { practiceAccounts, practiceEndpoints } from '../../../electron/providers/practice/accounts.ts';
import { PracticeEngine } from '../../../electron/providers/practice/engine.ts';
import type { EngineRequest, WholeAnswer } from '../../../electron/providers/practice/wire.ts';
import { profile } from '../../../electron/providers/registry.ts';

let nowMs = 0;
let engine: PracticeEngine;

const form = 'application/x-www-form-urlencoded';
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const body = (members: Record<string, string>): string => new URLSearchParams(members).toString();

function call(request: Partial<EngineRequest>): WholeAnswer {
  const given = engine.handle({ method: 'POST', path: '/', query: '', headers: {}, body: '', ...request });
  if (given.kind !== 'answer') throw new Error(given.kind);
  return given;
}
const members = (given: WholeAnswer): Record<string, string> => JSON.parse(given.body) as Record<string, string>;
const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

describe('TeamGantt', () => {
  const { people, apps } = practiceAccounts('teamgantt');
  const person = { username: people[0]!.username, password: people[0]!.password.reveal() };
  const app = basic(apps[0]!.clientId, apps[0]!.clientSecret.reveal());
  const good: Partial<EngineRequest> = {
    path: '/oauth2/token',
    headers: { 'content-type': form, authorization: app },
    body: body({ grant_type: 'password', ...person }),
  };
  const tokens = (): Record<string, string> => members(call(good));
  const refresh = (token: string, more: Partial<EngineRequest> = {}): WholeAnswer =>
    call({
      path: '/oauth2/token',
      headers: { 'content-type': form },
      body: body({ grant_type: 'refresh_token', refresh_token: token }),
      ...more,
    });
  const revoke = (token: string, more: Partial<EngineRequest> = {}): WholeAnswer =>
    call({ path: '/revoke', headers: { 'content-type': form, authorization: app }, body: body({ token }), ...more });
  const ask = (token: string): WholeAnswer =>
    call({ method: 'GET', path: '/v1/current_user', headers: { authorization: `Bearer ${token}` } });

  beforeEach(() => {
    nowMs = 1_800_000_000_000;
    engine = new PracticeEngine({ profile: profile('teamgantt'), nowMs: () => nowMs });
  });

  test('answers a sign-in with the documented members, two minutes of life, and a refresh token of real size', () => {
    const given = tokens();
    expect(Object.keys(given)).toEqual(['id_token', 'refresh_token', 'access_token', 'expires_in']);
    expect(claims(given['id_token']!)).toMatchObject({ sub: '4711', iat: nowMs / 1000, exp: nowMs / 1000 + 120 });
    expect(given['refresh_token']!.split('.')).toHaveLength(5);
    expect(given['refresh_token']!.length).toBeGreaterThan(1700);
    expect(tokens()['id_token']).not.toBe(given['id_token']);
  });

  test('answers a renewal without a refresh token, again and again', () => {
    const first = tokens();
    for (let round = 0; round < 3; round += 1) {
      const renewed = refresh(first['refresh_token']!);
      expect(renewed.status).toBe(200);
      expect(Object.keys(members(renewed))).toEqual(['id_token', 'access_token', 'expires_in']);
    }
  });

  test('takes a right header on a renewal, as third-party clients send it, and refuses a wrong one', () => {
    const { refresh_token } = tokens();
    expect(refresh(refresh_token!, { headers: { 'content-type': form, authorization: app } }).status).toBe(200);
    const wrong = { 'content-type': form, authorization: basic('practice-tg-1', 'no') };
    expect(refresh(refresh_token!, { headers: wrong }).status).toBe(401);
  });

  test('the API takes the id_token, until it ends, and nothing else', () => {
    const given = tokens();
    expect(members(ask(given['id_token']!))).toEqual({ id: 4711, companies: [{ id: 99 }] });
    expect(ask(given['access_token']!).status).toBe(401);
    expect(ask(`${given['id_token']!}x`).status).toBe(401);
    expect(call({ method: 'GET', path: '/v1/current_user', query: `access_token=${given['id_token']!}` }).status).toBe(
      401,
    );
    nowMs += 120_000;
    expect(ask(given['id_token']!).status).toBe(401);
  });

  test('revoking ends every refresh token of that person and no other’s', () => {
    const [mine, elsewhere] = [tokens(), tokens()];
    const other = members(
      call({
        ...good,
        body: body({ grant_type: 'password', username: people[1]!.username, password: people[1]!.password.reveal() }),
      }),
    );
    expect(revoke(mine['access_token']!).status).toBe(200);
    for (const ended of [mine, elsewhere]) {
      const refused = refresh(ended['refresh_token']!);
      expect([refused.status, members(refused)['error']]).toEqual([400, 'invalid_grant']);
    }
    expect(refresh(other['refresh_token']!).status).toBe(200);
    expect(ask(mine['id_token']!).status).toBe(200);
  });

  const wrong: [string, Partial<EngineRequest>, number][] = [
    ['a GET', { method: 'GET' }, 405],
    ['a PUT', { method: 'PUT' }, 405],
    [
      'JSON',
      {
        headers: { 'content-type': 'application/json', authorization: app },
        body: JSON.stringify({ grant_type: 'password', ...person }),
      },
      400,
    ],
    ['no content type', { headers: { authorization: app } }, 400],
    ['the parameters in the query', { query: good.body!, body: '' }, 400],
    ['one parameter in the query as well', { query: 'grant_type=password' }, 400],
    ['no grant_type', { body: body(person) }, 400],
    ['another grant', { body: body({ grant_type: 'client_credentials' }) }, 400],
    ['the browser’s grant', { body: body({ grant_type: 'authorization_code', code: 'x', redirect_uri: 'y' }) }, 400],
    ['no Authorization', { headers: { 'content-type': form } }, 401],
    ['a wrong secret', { headers: { 'content-type': form, authorization: basic('practice-tg-1', 'no') } }, 401],
    [
      'an unknown client',
      { headers: { 'content-type': form, authorization: basic('nobody', 'practice secret/with+odd=signs') } },
      401,
    ],
    [
      'a form-encoded Basic header',
      {
        headers: {
          'content-type': form,
          authorization: basic('practice-tg-1', 'practice+secret%2Fwith%2Bodd%3Dsigns'),
        },
      },
      401,
    ],
    ['a Bearer header', { headers: { 'content-type': form, authorization: 'Bearer x' } }, 401],
    [
      'the keys in the body',
      { headers: { 'content-type': form }, body: `${good.body!}&client_id=practice-tg-1&client_secret=x` },
      401,
    ],
    ['the keys in the body as well', { body: `${good.body!}&client_id=practice-tg-1` }, 400],
    ['no password', { body: body({ grant_type: 'password', username: person.username }) }, 400],
    ['an empty password', { body: body({ grant_type: 'password', username: person.username, password: '' }) }, 400],
    ['a wrong password', { body: body({ grant_type: 'password', username: person.username, password: 'no' }) }, 400],
    [
      'an unknown person',
      { body: body({ grant_type: 'password', username: 'no@practice.example', password: person.password }) },
      400,
    ],
    ['a scope, which TeamGantt does not know', { body: `${good.body!}&scope=all` }, 400],
    ['an empty scope', { body: `${good.body!}&scope=` }, 400],
    ['a parameter twice', { body: `${good.body!}&username=x` }, 400],
    ['another path', { path: '/oauth/token' }, 404],
  ];
  test.each(wrong)('refuses a sign-in with %s', (_name, change, status) => {
    const refused = call({ ...good, ...change });
    expect(refused.status).toBe(status);
    expect(refused.body).not.toContain('eyJ');
  });

  test('refuses renewals and revocations that the provider would refuse', () => {
    const given = tokens();
    const revocations: [Partial<EngineRequest>, number][] = [
      [{ headers: { 'content-type': form } }, 401],
      [{ headers: { authorization: app } }, 400],
      [{ method: 'DELETE' }, 405],
      [{ body: body({ access_token: given['access_token']! }) }, 400],
      [{ body: body({ token: given['access_token']!, token_type_hint: 'access_token' }) }, 400],
      [{ body: body({ token: given['id_token']! }) }, 400],
      [{ body: body({ token: given['refresh_token']! }) }, 400],
      [{ query: body({ token: given['access_token']! }), body: '' }, 400],
      [{ path: '/oauth2/revoke' }, 404],
    ];
    for (const [change, status] of revocations) expect(revoke(given['access_token']!, change).status).toBe(status);
    expect(refresh('eyJunknown').status).toBe(400);
    expect(refresh(given['access_token']!).status).toBe(400);
    expect(
      refresh(given['refresh_token']!, {
        body: `${body({ grant_type: 'refresh_token', refresh_token: given['refresh_token']! })}&client_id=practice-tg-1`,
      }).status,
    ).toBe(400);
    nowMs += 120_000;
    expect(revoke(given['access_token']!).status).toBe(400);
    const renewed = members(refresh(given['refresh_token']!));
    expect(revoke(renewed['access_token']!).status).toBe(200);
  });

  test('faults come as often as asked, on the address asked, and are recorded without a value', () => {
    engine.failNext('token', 2, { kind: 'html' });
    engine.failNext('any', 1, { kind: 'status', status: 503, headers: { 'retry-after': '3' } });
    expect(ask('x').status).toBe(503);
    expect([call(good).status, call(good).headers['content-type'], call(good).status]).toEqual([
      200,
      'text/html; charset=utf-8',
      200,
    ]);
    engine.failNext('token', 1, { kind: 'drop_after' });
    expect(
      engine.handle({ method: 'POST', path: '/oauth2/token', query: '', headers: good.headers!, body: good.body! }),
    ).toEqual({ kind: 'drop' });
    const record = engine.record();
    expect(record.map((seen) => [seen.endpoint, seen.answered, seen.fault])).toEqual([
      ['test', 503, 'status'],
      ['token', 200, 'html'],
      ['token', 200, 'html'],
      ['token', 200, null],
      ['token', 'dropped', 'drop_after'],
    ]);
    expect(JSON.stringify(record)).not.toContain(person.password);
    expect(record[1]).toMatchObject({
      place: 'form',
      authorization: 'Basic',
      grantType: 'password',
      parameterNames: ['grant_type', 'password', 'username'],
    });
    engine.clearRecord();
    expect(engine.record()).toEqual([]);
  });

  test('revoked elsewhere, a secret replaced, a lifetime set', () => {
    const given = tokens();
    engine.revokeElsewhere(person.username);
    expect(refresh(given['refresh_token']!).status).toBe(400);
    engine.setLifetimeSeconds(9);
    expect(tokens()['expires_in']).toBe(9);
    engine.replaceClientSecret('practice-tg-1', 'new');
    expect(call(good).status).toBe(401);
  });
});

describe('Connecteam', () => {
  const { apps } = practiceAccounts('connecteam');
  const [first, usersOnly] = apps.map(({ clientId, clientSecret }) => basic(clientId, clientSecret.reveal()));
  const good: Partial<EngineRequest> = {
    path: '/oauth/v1/token',
    headers: { 'content-type': form, authorization: first! },
    body: body({ grant_type: 'client_credentials' }),
  };
  const me = (token: string, path = '/me'): WholeAnswer =>
    call({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } });

  beforeEach(() => {
    nowMs = 1_800_000_000_000;
    engine = new PracticeEngine({ profile: profile('connecteam'), nowMs: () => nowMs, lifetimeSeconds: 86_400 });
  });

  test('answers with exactly the documented members, all scopes of the app or those asked for', () => {
    const given = members(call(good));
    expect(given).toMatchObject({
      token_type: 'bearer',
      expires_in: 86_400,
      scope: 'account_information.read users.read schedule.read',
    });
    expect(Object.keys(given)).toEqual(['access_token', 'token_type', 'expires_in', 'scope']);
    expect(members(call({ ...good, body: `${good.body!}&scope=users.read` }))['scope']).toBe('users.read');
  });

  test('/me names the company, with rate headers, and needs its scope', () => {
    const answered = me(members(call(good))['access_token']!);
    expect(members(answered)['data']).toEqual({ companyName: 'Practice Harbour Crew', companyId: '1234' });
    expect(Number(answered.headers['x-ratelimit-minute-reset'])).toBeGreaterThan(nowMs / 1000);
    const token = members(call({ ...good, headers: { 'content-type': form, authorization: usersOnly! } }))[
      'access_token'
    ]!;
    const refused = me(token);
    expect([refused.status, members(refused)]).toEqual([
      403,
      { error: 'Token missing required scope: account_information.read', details: null },
    ]);
    expect(me(token, '/users/v1/users').status).toBe(200);
  });

  test('a path that is not there answers 200 with a page', () => {
    for (const path of ['/oauth/token', '/v1/me', '/revoke', '/']) {
      const given = call({ ...good, path });
      expect([given.status, given.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
  });

  const wrong: [string, Partial<EngineRequest>, number][] = [
    ['no grant_type', { body: 'scope=users.read' }, 422],
    ['an empty body', { body: '' }, 422],
    [
      'JSON',
      {
        headers: { 'content-type': 'application/json', authorization: first! },
        body: '{"grant_type":"client_credentials"}',
      },
      422,
    ],
    ['the query', { query: good.body!, body: '' }, 422],
    ['a GET', { method: 'GET' }, 405],
    ['a password grant', { body: body({ grant_type: 'password', username: 'a', password: 'b' }) }, 400],
    ['a refresh', { body: body({ grant_type: 'refresh_token', refresh_token: 'x' }) }, 400],
    ['no keys', { headers: { 'content-type': form } }, 401],
    ['a wrong secret', { headers: { 'content-type': form, authorization: basic('practice-ct-1', 'no') } }, 401],
    [
      'the keys in the body',
      { headers: { 'content-type': form }, body: `${good.body!}&client_id=practice-ct-1&client_secret=practice` },
      401,
    ],
    ['the keys in the body as well', { body: `${good.body!}&client_id=practice-ct-1` }, 422],
    ['a foreign scope', { body: `${good.body!}&scope=users.read+pay_rates.read` }, 403],
    ['an empty scope', { body: `${good.body!}&scope=` }, 422],
  ];
  test.each(wrong)('refuses a token call with %s', (_name, change, status) => {
    const refused = call({ ...good, ...change });
    expect(refused.status).toBe(status);
    expect(members(refused)).toHaveProperty('detail');
  });

  test('C10 an API call with the client’s keys instead of the token is refused', () => {
    const refused = call({ method: 'GET', path: '/me', headers: { authorization: first! } });
    expect(refused.status).toBe(401);
    expect(members(refused)['error']).toMatch(/^UNAUTHORIZED: /);
  });
});

test('practice addresses have the provider’s own paths, and none where it has none', () => {
  expect(practiceEndpoints(profile('teamgantt'), 'http://127.0.0.1:1')).toEqual({
    authorization: null,
    token: 'http://127.0.0.1:1/oauth2/token',
    device: null,
    revocation: 'http://127.0.0.1:1/revoke',
    introspection: null,
    test: 'http://127.0.0.1:1/v1/current_user',
  });
  expect(practiceEndpoints(profile('connecteam'), 'http://127.0.0.1:1').revocation).toBeNull();
});
