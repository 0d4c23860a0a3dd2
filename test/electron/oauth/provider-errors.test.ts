// Over 300 lines: one table of cases for one subject.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askWithClientCredentials } from '../../../electron/oauth/client-credentials-grant.ts';
import { signInWithPassword } from '../../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../../electron/oauth/refresh-grant.ts';
import { testConnection } from '../../../electron/oauth/test-call.ts';
import type { HttpAnswer } from '../../../electron/oauth/transport.ts';
import type { ProviderWay } from '../../../electron/oauth/way.ts';
import { Secret } from '../../../electron/secret.ts';
import { AppError, errorCodes, type ErrorCode } from '../../../shared/errors.ts';
import { problem } from '../../../shared/model/problem.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { connecteamKeys, jwt, rfcWay, teamganttKeys, wayTo } from '../../support/ways.ts';

const teamgantt = wayTo('teamgantt');
const byTheBook = rfcWay();
const refreshToken = new Secret('rt-very-secret-1');
const password = new Secret('pw very+secret 2');

const refresh = (answer: HttpAnswer, way: ProviderWay = teamgantt): Promise<AppError> =>
  ending(renewWithRefreshToken(fakeTransport(answer), way, teamganttKeys, { refreshToken }));
const signIn = (answer: HttpAnswer, way: ProviderWay = teamgantt): Promise<AppError> =>
  ending(signInWithPassword(fakeTransport(answer), way, teamganttKeys, { username: 'pm@firm.example', password }));

const html = '<!DOCTYPE html><html><body>Please sign in to the network</body></html>';
const xmlError = (code: string): string =>
  `<oauth><error_description>no</error_description><error>${code}</error></oauth>`;

describe('R3 a renewal that fails: only the provider’s own refusal asks for a new sign-in', () => {
  const refusals: [string, HttpAnswer, ErrorCode, ErrorCode][] = [
    // what came, the answer, at a provider without documented errors (TeamGantt), at one by the RFC
    ['invalid_grant', answerOf(400, { error: 'invalid_grant' }), 'sign_in_again', 'sign_in_again'],
    ['invalid_grant with a 401', answerOf(401, { error: 'invalid_grant' }), 'sign_in_again', 'sign_in_again'],
    ['invalid_grant in XML', answerOf(400, xmlError('invalid_grant')), 'sign_in_again', 'sign_in_again'],
    ['invalid_grant with a 200', answerOf(200, { error: 'invalid_grant' }), 'sign_in_again', 'sign_in_again'],
    ['a JSON 400 of unknown shape', answerOf(400, { message: 'no' }), 'sign_in_again', 'request_refused'],
    ['a JSON 401 of unknown shape', answerOf(401, { message: 'Unauthorized' }), 'sign_in_again', 'request_refused'],
    ['a JSON 400 of an unknown code', answerOf(400, { error: 'expired' }), 'sign_in_again', 'request_refused'],
    ['a JSON 403 of unknown shape', answerOf(403, { message: 'Forbidden' }), 'request_refused', 'request_refused'],
    ['invalid_client', answerOf(401, { error: 'invalid_client' }), 'wrong_client', 'wrong_client'],
    ['invalid_request', answerOf(400, { error: 'invalid_request' }), 'request_refused', 'request_refused'],
    ['invalid_scope', answerOf(400, { error: 'invalid_scope' }), 'scope_refused', 'scope_refused'],
    ['unauthorized_client', answerOf(400, { error: 'unauthorized_client' }), 'grant_refused', 'grant_refused'],
    ['unsupported_grant_type', answerOf(400, { error: 'unsupported_grant_type' }), 'grant_refused', 'grant_refused'],
    ...[400, 401, 403, 404, 407, 511].map((status): [string, HttpAnswer, ErrorCode, ErrorCode] => [
      `a portal’s page with a ${String(status)}`,
      answerOf(status, html, { 'content-type': 'text/html' }),
      'not_an_oauth_answer',
      'not_an_oauth_answer',
    ]),
    [
      'a page that claims to be JSON',
      answerOf(401, html, { 'content-type': 'application/json' }),
      'not_an_oauth_answer',
      'not_an_oauth_answer',
    ],
    ['a 401 with nothing in it', answerOf(401, ''), 'not_an_oauth_answer', 'not_an_oauth_answer'],
    ['a 401 in plain words', answerOf(401, 'Access denied by proxy'), 'not_an_oauth_answer', 'not_an_oauth_answer'],
    ['a 407 in JSON', answerOf(407, { error: 'invalid_grant' }), 'not_an_oauth_answer', 'not_an_oauth_answer'],
    ['429', answerOf(429, { error: 'invalid_grant' }), 'provider_busy', 'provider_busy'],
    ['503 with Retry-After', answerOf(503, html, { 'retry-after': '7' }), 'provider_busy', 'provider_busy'],
    ['503', answerOf(503, html), 'provider_failing', 'provider_failing'],
    ['500 with an OAuth body', answerOf(500, { error: 'invalid_grant' }), 'provider_failing', 'provider_failing'],
    ['temporarily_unavailable', answerOf(400, { error: 'temporarily_unavailable' }), 'provider_busy', 'provider_busy'],
    [
      'a redirect',
      answerOf(302, '', { location: 'https://elsewhere.test/?x' }),
      'redirect_refused',
      'redirect_refused',
    ],
  ];
  test.each(refusals)('%s', async (_name, answer, atTeamGantt, byRfc) => {
    expect([(await refresh(answer)).code, (await refresh(answer, byTheBook)).code]).toEqual([atTeamGantt, byRfc]);
  });

  test('what the transport says goes on as it is', async () => {
    for (const code of [
      'host_unknown',
      'server_refused',
      'answer_lost',
      'no_answer_in_time',
      'answer_too_large',
    ] as const) {
      const error = new AppError(code, { host: 'auth.teamgantt.com', systemCode: 'E' });
      const sending = renewWithRefreshToken(fakeTransport(error), teamgantt, teamganttKeys, { refreshToken });
      expect(await ending(sending)).toBe(error);
    }
  });
});

describe('a first sign-in', () => {
  test.each([
    [answerOf(400, { error: 'invalid_grant' }), 'wrong_password', 'password'],
    [answerOf(400, { message: 'nope' }), 'wrong_password', 'password'],
    [answerOf(401, { error: 'unauthorized' }), 'wrong_password', 'password'],
    [answerOf(401, ''), 'wrong_password', 'password'],
    [answerOf(401, { error: 'invalid_client' }), 'wrong_client', 'clientSecret'],
    [answerOf(400, { error: 'invalid_scope' }), 'scope_refused', 'scopes'],
    [answerOf(401, html), 'not_an_oauth_answer', 'tokenEndpoint'],
    [answerOf(400, { error: 'unsupported_grant_type' }), 'grant_refused', undefined],
    [answerOf(404, { message: 'Not Found' }), 'request_refused', undefined],
  ] as const)('%j → %s, pointing at %s', async (answer, code, field) => {
    const error = await signIn(answer);
    expect(error.code).toBe(code);
    expect(error.facts.field).toBe(field);
  });
});

describe('R4 B17 what is no OAuth answer never crashes; status, media type and host are told', () => {
  const odd: [string, string][] = [
    ['HTML', html],
    ['nothing', ''],
    ['half of a JSON', '{"id_token":"eyJ'],
    ['a JSON list', '[{"id_token":"x"}]'],
    ['a JSON string', '"id_token"'],
    ['null', 'null'],
    ['NUL bytes', '\u0000\u0000{}'],
    ['UTF-16 read as UTF-8', '\ufffd\ufffd{\u0000"\u0000'],
    ['form-encoded', 'access_token=a&id_token=b'],
    ['10,000 deep', '['.repeat(10_000)],
    ['XML without an error', '<?xml version="1.0"?><ok/>'],
    ['XML with entities', '<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><oauth><error>&x;</error></oauth>'],
  ];
  test.each(odd)('a 200 with %s', async (_name, body) => {
    const error = await signIn(answerOf(200, body, { 'content-type': 'text/html; charset=utf-8' }));
    expect(error.code).toBe('not_an_oauth_answer');
    expect(error.facts).toEqual({
      status: 200,
      host: 'auth.teamgantt.com',
      contentType: 'text/html',
      name: 'TeamGantt',
      field: 'tokenEndpoint',
    });
  });

  test('10,000 deep inside an object, duplicate keys, __proto__, a BOM and 1e999 are read for what they are', async () => {
    const idToken = jwt({ exp: receivedAtMs / 1000 + 60 });
    const bodies = [
      `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)},"id_token":"${idToken}"}`,
      `{"id_token":"no","id_token":"${idToken}"}`,
      `{"__proto__":{"id_token":"no"},"constructor":1,"id_token":"${idToken}"}`,
      `\ufeff{"id_token":"${idToken}"}`,
      `  {"id_token":"${idToken}","expires_in":1e999}`,
    ];
    for (const body of bodies) {
      const { tokens } = await renewWithRefreshToken(fakeTransport(answerOf(200, body)), teamgantt, teamganttKeys, {
        refreshToken,
      });
      expect(tokens.bearer.reveal()).toBe(idToken);
    }
    const inherited = await refresh(answerOf(200, '{"__proto__":{"id_token":"eyJx"}}'));
    expect(inherited).toMatchObject({ code: 'bearer_missing', facts: { membersSeen: ['__proto__'] } });
  });

  test('a token that no header can carry is none', async () => {
    for (const id_token of ['two words', 'line\nbreak', 'über', '', 7, null, ['x'], 'x'.repeat(20_000)]) {
      expect((await refresh(answerOf(200, { id_token }))).code).toBe('bearer_missing');
    }
  });
});

describe('F33 when to come back', () => {
  const second = 1000;
  test.each([
    ['30', 30 * second],
    ['0', second],
    ['1', second],
    ['99999', 3_600_000],
    ['999999999999', 3_600_000],
    [new Date(receivedAtMs + 90_000).toUTCString(), 90_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 3_600_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', second],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['', null],
    ['2027-01-01', null],
    ['Fri, 99 Foo 2027 99:99:99 GMT', null],
  ])('Retry-After %j', async (value, waitMs) => {
    const error = await refresh(answerOf(429, '', { 'retry-after': value }));
    expect(error.code).toBe('provider_busy');
    expect(error.facts.retryAtMs).toBe(waitMs === null ? undefined : receivedAtMs + waitMs);
  });
});

describe('R5 nothing secret in what is told', () => {
  test('an echo is masked in every spelling', async () => {
    const pair = Buffer.from(`tg-7c1e:${teamganttKeys.clientSecret!.reveal()}`).toString('base64');
    const said = `you sent ${password.reveal()} as ${encodeURIComponent(password.reveal())} or pw+very%2Bsecret+2, with Basic ${pair}`;
    const error = await signIn(answerOf(400, { error: 'invalid_grant', error_description: said }));
    expect(error.facts.providerText).toBe('you sent ••• as ••• or •••, with Basic •••');
  });

  test('a code or a member’s name that is an echo is not told either', async () => {
    const code = await refresh(answerOf(400, { error: refreshToken.reveal() }));
    expect(code.facts.providerCode).toBeUndefined();
    const name = await refresh(answerOf(200, { [refreshToken.reveal()]: 1 }));
    expect(name.facts.membersSeen).toEqual(['•••']);
  });

  test('an error has no cause, and printing it prints no token, though the library’s own would', async () => {
    const odd = [
      answerOf(200, { access_token: 'AT-secret', token_type: 'mac', refresh_token: 'RT-secret' }),
      answerOf(200, { access_token: 'AT-secret', refresh_token: 'RT-secret' }),
      answerOf(200, { access_token: 'AT secret', token_type: 'bearer', refresh_token: 'RT-secret' }),
    ];
    for (const answer of odd) {
      const error = await ending(
        askWithClientCredentials(fakeTransport(answer), byTheBook, connecteamKeys, { scopes: [] }),
      );
      expect(error.cause).toBeUndefined();
      expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)).not.toMatch(
        /AT.secret|RT-secret/,
      );
    }
  });

  test('2,000 hostile answers: no crash, an error that fits the contract, no secret of the request in it', async () => {
    const secrets = [refreshToken, password, teamganttKeys.clientSecret!];
    const [, , clientSecret] = secrets as [Secret, Secret, Secret];
    const sentWith = [
      [refreshToken, clientSecret],
      [password, clientSecret],
      [refreshToken, clientSecret],
      [refreshToken],
    ];
    const echoes = secrets.flatMap((secret) => {
      const value = secret.reveal();
      return [
        value,
        encodeURIComponent(value),
        Buffer.from(value).toString('base64'),
        Array.from(value).join('\u200b'),
      ];
    });
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        ...echoes,
        'invalid_grant',
        'invalid_client',
        'bearer',
        html,
        '\u202eevil',
        'eyJhbGciOiJub25lIn0.eyJ4IjoxfQ.',
      ),
    );
    const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
    const name = fc.oneof(
      fc.constantFrom(
        'error',
        'error_description',
        'message',
        'detail',
        'code',
        'id_token',
        'access_token',
        'refresh_token',
        'token_type',
        'expires_in',
        'scope',
        '__proto__',
      ),
      text,
    );
    const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.double());
    const members = fc
      .array(fc.tuple(name, value), { maxLength: 6 })
      .map((pairs) => `{${pairs.map(([n, v]) => `${JSON.stringify(n)}:${JSON.stringify(v)}`).join(',')}}`);
    const body = fc.oneof(
      { weight: 4, arbitrary: members },
      text,
      text.map((said) => `<oauth><error>${said}</error><error_description>${said}</error_description></oauth>`),
      fc.jsonValue().map((v) => JSON.stringify(v)),
    );
    const headers = fc.record(
      {
        'content-type': fc.oneof(fc.constantFrom('application/json', 'text/html', 'application/xml'), text),
        'retry-after': text,
      },
      { requiredKeys: [] },
    );
    const status = fc.oneof(
      fc.constantFrom(200, 200, 201, 204, 302, 400, 401, 403, 422, 429, 500, 503),
      fc.integer({ min: 100, max: 599 }),
    );
    const ask = (answer: HttpAnswer, purpose: number): Promise<unknown> => {
      const transport = fakeTransport(answer);
      if (purpose === 0) return renewWithRefreshToken(transport, teamgantt, teamganttKeys, { refreshToken });
      if (purpose === 1) return signInWithPassword(transport, teamgantt, teamganttKeys, { username: 'u', password });
      if (purpose === 2) return renewWithRefreshToken(transport, byTheBook, teamganttKeys, { refreshToken });
      return testConnection(transport, teamgantt, { bearer: refreshToken, scopesGranted: null });
    };
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(status, headers, body, fc.integer({ min: 0, max: 3 }), async (code, head, text_, purpose) => {
        const answer = {
          status: code,
          headers: head as Record<string, string>,
          body: text_,
          receivedAtMs,
          durationMs: 1,
        };
        const thrown: unknown = await ask(answer, purpose).then(
          () => null,
          (error: unknown) => error,
        );
        if (thrown === null) return;
        refused += 1;
        if (!(thrown instanceof AppError)) throw new Error('crashed', { cause: thrown });
        expect(errorCodes).toContain(thrown.code);
        expect(thrown.code).not.toBe('internal');
        problem.parse({ code: thrown.code, facts: thrown.facts });
        const told = JSON.stringify(thrown.facts) + thrown.message + String(thrown.cause);
        for (const secret of sentWith[purpose]!) expect(told).not.toContain(secret.reveal());
        expect(thrown.facts.providerText ?? '').not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 2000, seed: 20_261_122 },
    );
    expect(refused).toBeGreaterThan(1000);
  }, 60_000);
});
