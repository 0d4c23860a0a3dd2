// Over 300 lines: the rules for all providers, each a table over every profile.
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../../electron/oauth/transport.ts';
import { profile, profiles, providerViews } from '../../../electron/providers/registry.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { problem } from '../../../shared/model/problem.ts';
import { renewsAtMs } from '../../../shared/model/time.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { systems, type TokenCall } from '../../support/systems.ts';
import { jwt } from '../../support/ways.ts';

const html = '<!DOCTYPE html><html><body>Please sign in to the network</body></html>';
const xml = (code: string): string => `<oauth><error_description>no</error_description><error>${code}</error></oauth>`;
const ids = profiles().map(({ id }) => id);
const each = systems.flatMap(({ id, way, tokenCalls }) =>
  tokenCalls.map((call) => [`${call.purpose} at ${id}`, call, way] as const),
);

test('the tables below are over these six, and over every call their profiles have', () => {
  expect(ids).toEqual(['teamgantt', 'taskade', 'er-studio', 'connecteam', 't-gate', 'other']);
  expect(systems.map(({ tokenCalls }) => tokenCalls.map(({ purpose }) => purpose))).toEqual([
    ['password', 'refresh'],
    ['password', 'client_credentials', 'authorization_code', 'refresh'],
    ['password', 'authorization_code', 'refresh'],
    ['client_credentials'],
    ['authorization_code', 'refresh'],
    ['password', 'client_credentials', 'authorization_code', 'device_code', 'refresh'],
  ]);
  expect(systems.map(({ otherCalls }) => otherCalls.map(({ name }) => name))).toEqual([
    ['test', 'revoke'],
    ['test'],
    ['test', 'revoke', 'register'],
    ['test'],
    ['test'],
    ['test', 'revoke', 'introspect'],
  ]);
});

describe('R1 when a token ends, and when it is renewed', () => {
  const inOneMinute = jwt({ exp: receivedAtMs / 1000 + 60 });
  const lifeOf = async (call: TokenCall, members: Record<string, unknown>): Promise<[number | null, string]> => {
    const { tokens } = await call.send(fakeTransport(answerOf(200, { token_type: 'bearer', ...members })));
    expect(tokens.issuedAtMs).toBe(receivedAtMs);
    const { expiresAtMs, expirySource } = tokens;
    return [expiresAtMs === null ? null : expiresAtMs - receivedAtMs, expirySource];
  };

  test.each(each)('%s: expires_in counts from receipt, as a number or as a string', async (_name, call, way) => {
    const bearer = { [way.answer.bearer]: 'opaque' };
    for (const expires_in of [1000, '1000', ' 1000 ', 1000.0]) {
      expect(await lifeOf(call, { ...bearer, expires_in })).toEqual([1_000_000, 'expires_in']);
    }
  });

  test.each(each)('%s: without it the bearer’s own exp, else the profile’s time, marked', async (_name, call, way) => {
    const bearer = { [way.answer.bearer]: inOneMinute };
    const { lifetimeSeconds } = profile(way.providerId);
    // Where a profile stands for any provider, nothing is assumed of how long its tokens live.
    const assumed = lifetimeSeconds === null ? [null, 'not_stated'] : [lifetimeSeconds.value * 1000, 'assumed'];
    // ER/Studio's tokens are UUIDs, so its profile looks for no claim in them.
    expect(await lifeOf(call, bearer)).toEqual(way.providerId === 'er-studio' ? assumed : [60_000, 'jwt_exp']);
    for (const expires_in of [undefined, null, 0, -5, '', 'soon', '1e3', {}, true]) {
      expect(await lifeOf(call, { [way.answer.bearer]: 'opaque', expires_in })).toEqual(assumed);
    }
  });

  test.each(each)(
    '%s: where both speak, expires_in wins, but at TeamGantt the id_token (T6)',
    async (_n, call, way) => {
      const both = { [way.answer.bearer]: inOneMinute, expires_in: 1000 };
      expect(await lifeOf(call, both)).toEqual(
        way.providerId === 'teamgantt' ? [60_000, 'jwt_exp'] : [1_000_000, 'expires_in'],
      );
    },
  );

  test.each(each)('%s: it is renewed ahead by the lesser of 300 s and a tenth of its life', async (_n, call, way) => {
    const bearer = { [way.answer.bearer]: 'opaque' };
    for (const [expires_in, aheadMs] of [
      ...(profile(way.providerId).lifetimeSeconds === null ? [] : [[undefined, 300_000] as const]),
      [3600, 300_000],
      [3000, 300_000],
      [2990, 299_000],
      [100, 10_000],
    ] as const) {
      const { tokens } = await call.send(fakeTransport(answerOf(200, { token_type: 'bearer', ...bearer, expires_in })));
      expect(tokens.expiresAtMs! - renewsAtMs(tokens.issuedAtMs, tokens.expiresAtMs!, 300_000)).toBe(aheadMs);
    }
  });
});

const retryAfter = { 'retry-after': '7' };
const everywhere: [string, HttpAnswer, ErrorCode][] = [
  ['429 with Retry-After', answerOf(429, { error: 'invalid_grant' }, retryAfter), 'provider_busy'],
  ['429 with nothing', answerOf(429, ''), 'provider_busy'],
  ['503 with Retry-After', answerOf(503, html, retryAfter), 'provider_busy'],
  ['503', answerOf(503, html), 'provider_failing'],
  ['500 with an OAuth body', answerOf(500, { error: 'invalid_grant' }), 'provider_failing'],
  ['502 with nothing', answerOf(502, ''), 'provider_failing'],
  ['a page with a 400', answerOf(400, html), 'not_an_oauth_answer'],
  ['a page with a 401', answerOf(401, html), 'not_an_oauth_answer'],
  ['a page with a 403', answerOf(403, html), 'not_an_oauth_answer'],
  ['a page with a 200', answerOf(200, html), 'not_an_oauth_answer'],
  ['plain words with a 400', answerOf(400, 'Access denied by proxy'), 'not_an_oauth_answer'],
  ['407', answerOf(407, { error: 'invalid_grant' }), 'not_an_oauth_answer'],
  ['invalid_client', answerOf(401, { error: 'invalid_client' }), 'wrong_client'],
  ['invalid_scope', answerOf(400, { error: 'invalid_scope' }), 'scope_refused'],
  ['unauthorized_client', answerOf(400, { error: 'unauthorized_client' }), 'grant_refused'],
  ['unsupported_grant_type', answerOf(400, { error: 'unsupported_grant_type' }), 'grant_refused'],
  ['invalid_request', answerOf(400, { error: 'invalid_request' }), 'request_refused'],
  ['a 200 without the bearer', answerOf(200, { token_type: 'bearer', expires_in: 1 }), 'bearer_missing'],
];

describe('R3 what a refusal means is the same at all six', () => {
  test.each(everywhere)('%s', async (_name, answer, code) => {
    for (const { tokenCalls } of systems) {
      for (const call of tokenCalls) {
        const error = await ending(call.send(fakeTransport(answer)));
        expect([call.purpose, error.code]).toEqual([call.purpose, code]);
        if (answer.headers['retry-after'] !== undefined) expect(error.facts.retryAtMs).toBe(receivedAtMs + 7000);
      }
    }
  });

  test('what the network says goes on as it is, so that the tokens are kept and it is tried again', async () => {
    for (const code of ['host_unknown', 'server_refused', 'answer_lost', 'no_answer_in_time', 'offline'] as const) {
      const error = new AppError(code, { systemCode: 'E' });
      for (const { tokenCalls } of systems) {
        for (const call of tokenCalls) expect(await ending(call.send(fakeTransport(error)))).toBe(error);
      }
    }
  });
});

/** The ending of one call at each system that has it, in the order of the profiles. */
async function endings(purpose: TokenCall['purpose'], answer: HttpAnswer): Promise<ErrorCode[]> {
  const calls = systems.flatMap(({ tokenCalls }) => tokenCalls.filter((call) => call.purpose === purpose));
  return Promise.all(calls.map(async (call) => (await ending(call.send(fakeTransport(answer)))).code));
}

describe('R3 a refused renewal', () => {
  const again = 'sign_in_again';
  // What came; then TeamGantt, Taskade, ER/Studio, T-Gate and any other.
  test.each<[string, HttpAnswer, ErrorCode[]]>([
    ['invalid_grant', answerOf(400, { error: 'invalid_grant' }), [again, again, again, again, again]],
    ['invalid_grant with a 401', answerOf(401, { error: 'invalid_grant' }), [again, again, again, again, again]],
    ['invalid_grant in XML', answerOf(400, xml('invalid_grant')), [again, again, again, again, again]],
    ['invalid_token in XML', answerOf(401, xml('invalid_token')), [again, again, again, again, again]],
    [
      'a JSON 400 of no known shape',
      answerOf(400, { m: 1 }),
      [again, 'request_refused', 'request_refused', again, 'request_refused'],
    ],
    [
      'a JSON 401 of no known shape',
      answerOf(401, { m: 1 }),
      [again, 'wrong_client', 'wrong_client', again, 'request_refused'],
    ],
    ['a JSON 403 of no known shape', answerOf(403, { m: 1 }), Array.from({ length: 5 }, () => 'request_refused')],
    [
      'a 401 with nothing, which a network may send',
      answerOf(401, ''),
      Array.from({ length: 5 }, () => 'not_an_oauth_answer'),
    ],
  ])('%s', async (_name, answer, expected) => {
    expect(await endings('refresh', answer)).toEqual(expected);
  });
});

describe('R3 a refused code', () => {
  const refused = 'code_refused';
  // What came; then Taskade, ER/Studio, T-Gate and any other.
  test.each<[string, HttpAnswer, ErrorCode[]]>([
    ['invalid_grant', answerOf(400, { error: 'invalid_grant' }), [refused, refused, refused, refused]],
    ['invalid_grant in XML', answerOf(400, xml('invalid_grant')), [refused, refused, refused, refused]],
    ['invalid_grant with a 200', answerOf(200, { error: 'invalid_grant' }), [refused, refused, refused, refused]],
    ['a JSON 400 of no known shape', answerOf(400, { m: 1 }), [refused, refused, refused, refused]],
    ['a 400 with nothing', answerOf(400, ''), [refused, refused, refused, refused]],
    [
      'a JSON 401 of no known shape',
      answerOf(401, { m: 1 }),
      ['wrong_client', 'wrong_client', 'wrong_client', 'wrong_client'],
    ],
    ['a 401 with nothing', answerOf(401, ''), ['wrong_client', 'wrong_client', 'wrong_client', 'wrong_client']],
    ['a JSON 422', answerOf(422, { m: 1 }), ['request_refused', 'request_refused', refused, 'request_refused']],
    [
      'a JSON 404',
      answerOf(404, { m: 1 }),
      ['request_refused', 'not_an_oauth_answer', 'request_refused', 'request_refused'],
    ],
  ])('%s', async (_name, answer, expected) => {
    expect(await endings('authorization_code', answer)).toEqual(expected);
  });

  test('is sent once, whatever came: a second try with it may end what the first brought', async () => {
    for (const { tokenCalls } of systems) {
      for (const call of tokenCalls.filter(({ purpose }) => purpose === 'authorization_code')) {
        for (const answer of [...everywhere.map(([, given]) => given), new AppError('answer_lost')]) {
          const transport = fakeTransport(answer);
          await ending(call.send(transport));
          expect(transport.seen).toHaveLength(1);
        }
      }
    }
  });
});

describe('R4 B17 what is no JSON never crashes, and status, media type and host are told', () => {
  const odd = [
    '',
    html,
    'null',
    '[]',
    '"x"',
    '{',
    '{"a":',
    '\u0000\u0000',
    'access_token=a&id_token=b',
    '<a/>',
    '\ufeff',
  ];
  test.each(each)('%s', async (_name, call, way) => {
    for (const body of odd) {
      for (const status of [200, 400, 418]) {
        const answer = answerOf(status, body, { 'content-type': 'Text/HTML; charset=x' });
        const { code, facts } = await ending(call.send(fakeTransport(answer)));
        expect(facts).toMatchObject({
          status,
          contentType: 'text/html',
          host: new URL(way.addresses.token!).host,
          name: way.providerName,
        });
        problem.parse({ code, facts });
      }
    }
  });
});

const everyCall = systems.flatMap(({ id, tokenCalls, otherCalls }) => [
  ...tokenCalls.map((call) => [`${call.purpose} at ${id}`, call] as const),
  ...otherCalls.map((call) => [`${call.name} at ${id}`, call] as const),
]);

describe('R5 no ending holds what was sent, in any spelling or place of the answer', () => {
  const spellings = (value: string): string[] => [
    value,
    encodeURIComponent(value),
    new URLSearchParams({ '': value }).toString().slice(1),
    Buffer.from(value).toString('base64'),
    Buffer.from(`client-id-1:${value}`).toString('base64'),
  ];
  const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const answers = (text: string): unknown[] => [
    { error: text, error_description: `\u202eyou sent ${text}\u0000` },
    { error: { message: text } },
    { ok: false, code: text, message: `you sent \u200b${text}` },
    { detail: [{ loc: ['body', text], msg: text }] },
    `<oauth><error_description>${inXml(text)}</error_description><error>${inXml(text)}</error></oauth>`,
    `you sent ${text}`,
    { [text]: 1, token_type: 'bearer' },
  ];

  test.each(everyCall)(
    '%s',
    async (_name, { send, sends }) => {
      let told = 0;
      for (const secret of sends) {
        for (const spelling of spellings(secret.reveal())) {
          for (const body of answers(spelling)) {
            for (const status of [200, 400, 401, 500]) {
              const thrown: unknown = await send(fakeTransport(answerOf(status, body))).then(
                () => null,
                (error: unknown) => error,
              );
              if (!(thrown instanceof AppError)) continue;
              told += 1;
              const { code, facts } = problem.parse({ code: thrown.code, facts: thrown.facts });
              const text = JSON.stringify({ code, facts }) + inspect(thrown, { depth: 9, showHidden: true });
              for (const hidden of spellings(secret.reveal())) expect(text).not.toContain(hidden);
              expect(Object.values(facts).join()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
            }
          }
        }
      }
      expect(told).toBeGreaterThanOrEqual(sends.length * 5 * 7 * 3);
    },
    60_000,
  );
});

describe('R6 a redirect of any call is an ending, and no second request is made', () => {
  test.each(everyCall)('%s', async (_name, { send }) => {
    for (const status of [300, 301, 302, 303, 304, 307, 308]) {
      const transport = fakeTransport(answerOf(status, '', { location: 'https://elsewhere.test/?x=y' }));
      const error = await ending(send(transport));
      expect(error.code).toBe('redirect_refused');
      expect(JSON.stringify(error.facts)).not.toContain('elsewhere');
      expect(transport.seen).toHaveLength(1);
    }
  });
});

describe('R8 each value says where it came from', () => {
  // Authorization where there is one, token, revocation, test.
  test.each([
    ['teamgantt', ['provider_documents', 'third_party', 'provider_documents']],
    ['taskade', ['provider_documents', 'provider_documents', 'provider_documents', 'third_party']],
    ['er-studio', ['provider_documents', 'seed', 'provider_documents', 'provider_documents']],
    ['connecteam', ['provider_documents', 'provider_documents', 'provider_documents']],
    ['t-gate', ['assumed', 'assumed', 'assumed']],
    ['other', Array.from({ length: 6 }, () => 'assumed')],
  ])('the addresses of %s', (id, sources) => {
    const { endpoints } = providerViews('en').find((view) => view.id === id)!;
    expect(endpoints.map(({ source }) => source)).toEqual(sources);
  });

  test.each(ids)('at %s, what nobody published or confirmed has a note that says so', (id) => {
    const of = profile(id);
    const addresses = Object.values(of.endpoints);
    for (const { urls, verified, note } of addresses) {
      const isOpen = Object.values(urls).some((url) => url === null) && of.revocation.kind !== 'none';
      if (isOpen || !verified) expect(note).not.toBeNull();
    }
    const rest = [
      of.answer.bearer,
      ...(of.lifetimeSeconds === null ? [] : [of.lifetimeSeconds]),
      ...(of.authorization === null ? [] : [of.authorization.redirect]),
      ...(of.revocation.kind === 'form_with_token' ? [of.revocation.parameter] : []),
      ...(of.presentation.place === 'query' ? [of.presentation] : []),
      ...(of.personalAccessToken === null ? [] : [of.personalAccessToken]),
      ...(of.registration === null ? [] : [of.registration]),
    ];
    for (const { source, verified, note } of rest) {
      expect(source).toMatch(/^(?:provider_documents|seed|third_party|assumed)$/);
      if (!verified || source === 'assumed') expect(note).not.toBeNull();
    }
    for (const { source } of [...of.tests, ...of.pages]) expect(source).toBeDefined();
  });
});
