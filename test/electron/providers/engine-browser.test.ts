import { beforeEach, describe, expect, test } from 'vitest';
import { PracticeEngine } from '../../../electron/providers/practice/engine.ts';
import { practicePath } from '../../../electron/providers/practice/accounts.ts';
import type { EngineRequest, WholeAnswer } from '../../../electron/providers/practice/wire.ts';
import { profile } from '../../../electron/providers/registry.ts';
import { answerForm, body, broughtBack, callOf, formType, members, pkce } from '../../support/engine-call.ts';
import { formOfPage, textOfPage } from '../../support/page-form.ts';

let nowMs = 0;
let engine: PracticeEngine;
const redirectUri = 'http://127.0.0.1:23456/back';
const { verifier, challenge } = pkce();

/** The systems that send the browser to an authorization endpoint, each with a confidential app. */
const systems = ['taskade', 'er-studio'].map((id) => ({ id, keys: profile(id).practice.apps[0]! }));

describe.each(systems)('$id: the consent page', ({ id, keys }) => {
  const path = practicePath(profile(id), 'authorization')!;
  const good = {
    response_type: 'code',
    client_id: keys.clientId,
    redirect_uri: redirectUri,
    state: 'a state of ours',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const open = (change: Record<string, string> = {}): WholeAnswer =>
    callOf(engine, { path, query: body({ ...good, ...change }) });
  const code = (person?: string): string => broughtBack(answerForm(engine, path, open(), 'allow', person))!['code']!;

  /** The exchange in this provider's shape. */
  function exchange(change: Record<string, string>, without: string[] = []): WholeAnswer {
    const all = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: keys.clientId,
      client_secret: keys.clientSecret,
      ...change,
    };
    const sent = body(Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name))));
    const token: Partial<EngineRequest> = { path: practicePath(profile(id), 'token')! };
    return id === 'er-studio'
      ? callOf(engine, { ...token, query: sent })
      : callOf(engine, { ...token, method: 'POST', headers: { 'content-type': formType }, body: sent });
  }
  const statusAtApi = (token: string): number =>
    id === 'er-studio'
      ? callOf(engine, { path: '/api/v1/people', query: body({ access_token: token }) }).status
      : callOf(engine, {
          path: '/oauth2/ping',
          headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        }).status;

  beforeEach(() => {
    nowMs = 1_800_000_000_000;
    engine = new PracticeEngine({ profile: profile(id), nowMs: () => nowMs });
    engine.registerRedirect(keys.clientId, redirectUri);
  });

  test('says that it is practice, names the app, and lets the person choose who they are', () => {
    const page = open();
    const text = textOfPage(page.body);
    expect(text).toContain('Practice. Nothing here is real.');
    expect(text).toContain(`Let “${keys.name}” use a ${profile(id).name} account?`);
    // Without one a browser would post to the page's own address, the whole query included.
    expect(formOfPage(page.body)).toMatchObject({ action: path, hidden: { ticket: expect.any(String) as string } });
    expect(formOfPage(page.body)!.people).toEqual(profile(id).practice.people.map((person) => person.username));
    expect(page.body).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(page.headers['content-security-policy']).toContain("form-action 'self' http://127.0.0.1:23456;");
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    // What goes back with the code has no business on a page.
    expect(page.body).not.toContain('a state of ours');
  });

  test('Allow goes back with a code and the state alone, Decline with access_denied and the state', () => {
    const allowed = answerForm(engine, path, open());
    expect([allowed.status, allowed.headers['location']!.split('?')[0]]).toEqual([302, redirectUri]);
    expect(Object.keys(broughtBack(allowed)!).sort()).toEqual(['code', 'state']);
    expect(broughtBack(allowed)!['state']).toBe('a state of ours');
    const declined = answerForm(engine, path, open(), 'decline');
    expect(broughtBack(declined)).toMatchObject({ error: 'access_denied', state: 'a state of ours' });
    expect(broughtBack(declined)).not.toHaveProperty('code');
  });

  test('a redirect address with a query of its own keeps it byte for byte', () => {
    const own = 'http://127.0.0.1:23456/back?from=A%20b';
    engine.registerRedirect(keys.clientId, own);
    const { location } = answerForm(engine, path, open({ redirect_uri: own })).headers;
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:23456\/back\?from=A%20b&code=[\w-]+&state=a\+state\+of\+ours$/);
  });

  test('an IPv6 redirect address is allowed by the page’s policy as well, which has no spelling for it', () => {
    engine.registerRedirect(keys.clientId, 'http://[::1]:23456/back');
    const page = open({ redirect_uri: 'http://[::1]:23456/back' });
    expect(page.headers['content-security-policy']).toContain("form-action 'self' http:;");
  });

  test('each page is good for one answer, within ten minutes', () => {
    const page = open();
    answerForm(engine, path, page);
    const again = answerForm(engine, path, page);
    expect([again.status, broughtBack(again)]).toEqual([400, null]);
    const late = open();
    nowMs += 600_000;
    expect(answerForm(engine, path, late).status).toBe(400);
  });

  const nowhere: [string, () => WholeAnswer, number][] = [
    ['an unknown client', () => open({ client_id: 'nobody' }), 400],
    ['a redirect address with one letter more', () => open({ redirect_uri: `${redirectUri}/` }), 400],
    ['another port', () => open({ redirect_uri: 'http://127.0.0.1:23457/back' }), 400],
    ['a redirect address of another app', () => open({ client_id: profile(id).practice.apps[1]!.clientId }), 400],
    ['a scope, which is not taken here', () => open({ scope: 'all' }), 400],
    ['an unknown parameter', () => open({ nonce: 'x' }), 400],
    ['an empty state', () => open({ state: '' }), 400],
    ['a parameter twice', () => callOf(engine, { path, query: `${body(good)}&client_id=${keys.clientId}` }), 400],
    ...Object.keys(good).map((name): [string, () => WholeAnswer, number] => [
      `no ${name}`,
      () => callOf(engine, { path, query: body(Object.fromEntries(Object.entries(good).filter(([n]) => n !== name))) }),
      400,
    ]),
    ['a PUT', () => callOf(engine, { path, method: 'PUT', query: body(good) }), 405],
    ['a ticket that nobody gave out', () => answerForged({ ticket: 'x' }), 400],
    ['no ticket', () => answerForged({}), 400],
  ];
  function answerForged(ticket: Record<string, string>): WholeAnswer {
    const sent = body({ ...ticket, person: profile(id).practice.people[0]!.username, answer: 'allow' });
    return callOf(engine, { path, method: 'POST', headers: { 'content-type': formType }, body: sent });
  }
  test.each(nowhere)('%s ends on a plain page and sends the browser nowhere', (_name, ask, status) => {
    const given = ask();
    expect(given.status).toBe(status);
    expect(given.headers['location']).toBeUndefined();
    expect(formOfPage(given.body)).toBeNull();
  });

  test.each([
    ['response_type', 'token', 'unsupported_response_type'],
    ['code_challenge_method', 'plain', 'invalid_request'],
    ['code_challenge', 'too short', 'invalid_request'],
  ])('a wrong %s goes back as an error with the state', (name, value, error) => {
    const given = open({ [name]: value });
    expect([given.status, broughtBack(given)]).toEqual([302, { error, state: 'a state of ours' }]);
  });

  test('a person who is not there, or no answer, gives out no code', () => {
    const changes: Record<string, string>[] = [{ person: 'mallory' }, { answer: 'perhaps' }, { extra: 'x' }];
    for (const change of changes) {
      const { hidden } = formOfPage(open().body)!;
      const person = profile(id).practice.people[0]!.username;
      const given = callOf(engine, {
        path,
        method: 'POST',
        headers: { 'content-type': formType },
        body: body({ ...hidden, person, answer: 'allow', ...change }),
      });
      expect([given.status, given.headers['location']]).toEqual([400, undefined]);
    }
  });

  test('the code is exchanged in the profile’s shape, for the person who was chosen', () => {
    const person = profile(id).practice.people[1]!;
    const given = exchange({ code: code(person.username) });
    expect(given.status).toBe(200);
    expect(Object.keys(members(given))).toEqual(
      expect.arrayContaining(['access_token', 'refresh_token', 'expires_in']),
    );
    expect(statusAtApi(members(given)['access_token']!)).toBe(200);
  });

  test('a second use of a code refuses and ends the tokens that the first brought', () => {
    const once = code();
    const first = members(exchange({ code: once }));
    expect(exchange({ code: once }).status).toBe(400);
    expect(statusAtApi(first['access_token']!)).toBe(401);
    const refreshed = exchange({ grant_type: 'refresh_token', refresh_token: first['refresh_token']! }, [
      'redirect_uri',
      'code_verifier',
    ]);
    expect(refreshed.status).toBe(400);
    // Of that sign-in, and of no other.
    const other = members(exchange({ code: code() }));
    expect(statusAtApi(other['access_token']!)).toBe(200);
  });

  const refused: [string, () => WholeAnswer][] = [
    ['another verifier', () => exchange({ code: code(), code_verifier: pkce().verifier })],
    ['the challenge itself as the verifier', () => exchange({ code: code(), code_verifier: challenge })],
    ['no verifier though a challenge came', () => exchange({ code: code() }, ['code_verifier'])],
    ['another redirect address', () => exchange({ code: code(), redirect_uri: `${redirectUri}?` })],
    ['a code that nobody gave out', () => exchange({ code: 'made-up' })],
    [
      'a code of another app',
      () => {
        const other = profile(id).practice.apps[1]!;
        const secret = other.clientSecret === '' ? [] : [['client_secret', other.clientSecret]];
        const own = Object.fromEntries([['client_id', other.clientId], ...secret]) as Record<string, string>;
        return exchange({ code: code(), ...own }, other.clientSecret === '' ? ['client_secret'] : []);
      },
    ],
    [
      'a code of ten minutes',
      () => {
        const old = code();
        nowMs += 600_000;
        return exchange({ code: old });
      },
    ],
  ];
  test.each(refused)('refuses with invalid_grant: %s', (_name, ask) => {
    const given = ask();
    expect(given.status).toBe(400);
    expect(given.body).toContain('invalid_grant');
    expect(given.body).not.toContain('access_token');
  });

  test('refuses an exchange without a redirect address, with an odd parameter, and with a wrong secret', () => {
    expect(exchange({ code: code() }, ['redirect_uri']).body).toContain('invalid_request');
    expect(exchange({ code: code(), scope: 'x' }).body).toContain('invalid_request');
    expect(exchange({ code: code(), client_secret: 'no' }).status).toBe(401);
  });
});

describe('Taskade’s two kinds of app', () => {
  const path = '/oauth2/authorize';
  const [confidential, open] = profile('taskade').practice.apps;
  function exchangeAs(clientId: string, secret: Record<string, string>): WholeAnswer {
    const query = body({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const code = broughtBack(answerForm(engine, path, callOf(engine, { path, query })))!['code']!;
    return callOf(engine, {
      method: 'POST',
      path: '/oauth2/token',
      headers: { 'content-type': formType },
      body: body({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        client_id: clientId,
        ...secret,
      }),
    });
  }
  beforeEach(() => {
    engine = new PracticeEngine({ profile: profile('taskade'), nowMs: () => 1_800_000_000_000 });
    for (const app of [confidential!, open!]) engine.registerRedirect(app.clientId, redirectUri);
  });

  test('K4 a public app sends its ID alone; any secret for it is refused', () => {
    expect(exchangeAs('practice-tk-public', {}).status).toBe(200);
    expect(exchangeAs('practice-tk-public', { client_secret: 'x' }).status).toBe(401);
    expect(exchangeAs('practice-tk-public', { client_secret: '' }).status).toBe(401);
  });

  test('K4 a confidential app needs its secret, in the body', () => {
    expect(exchangeAs('practice-tk-1', { client_secret: confidential!.clientSecret }).status).toBe(200);
    expect(exchangeAs('practice-tk-1', {}).status).toBe(401);
  });

  test('a public app gets no token by its ID alone (RFC 6749 section 4.4)', () => {
    const ask = (sent: Record<string, string>): number =>
      callOf(engine, {
        method: 'POST',
        path: '/oauth2/token',
        headers: { 'content-type': formType },
        body: body({ grant_type: 'client_credentials', ...sent }),
      }).status;
    expect(ask({ client_id: 'practice-tk-public' })).toBe(401);
    expect(ask({ client_id: 'practice-tk-1', client_secret: confidential!.clientSecret })).toBe(200);
  });

  test('K6 ping answers a page to whoever does not accept JSON; the workspaces answer as well', () => {
    const token = members(exchangeAs('practice-tk-public', {}))['access_token']!;
    const ask = (at: string, accept?: string): WholeAnswer =>
      callOf(engine, {
        path: at,
        headers: { authorization: `Bearer ${token}`, ...(accept === undefined ? {} : { accept }) },
      });
    expect(members(ask('/oauth2/ping', 'application/json'))).toEqual({ handle: 'practice-ana' });
    for (const accept of [undefined, '*/*', 'text/html'])
      expect(ask('/oauth2/ping', accept).headers['content-type']).toContain('text/html');
    expect(members(ask('/api/v1/workspaces'))).toMatchObject({ ok: true });
    const refused = callOf(engine, { path: '/api/v1/workspaces', headers: { authorization: 'Bearer no' } });
    expect([refused.status, members(refused)]).toEqual([
      401,
      { ok: false, code: 'UNAUTHORIZED', message: 'Unauthorized', statusMessage: 'Unauthorized' },
    ]);
  });
});
