import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerTo, type AuthorizationAnswer } from '../../../electron/oauth/authorization-answer.ts';
import { Secret } from '../../../electron/secret.ts';
import type { AppError } from '../../../shared/errors.ts';
import { problem } from '../../../shared/model/problem.ts';

const stateValue = 'Zx81aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const attempt = { state: new Secret(stateValue) };
const stateless = { state: null };
const nobodyKnown = { providerName: 'By the book', issuer: null };
const known = { providerName: 'By the book', issuer: 'https://as.test' };
const iss = encodeURIComponent(known.issuer);
const good = `code=abc&state=${stateValue}`;

const codeIn = (answer: AuthorizationAnswer | null): string | null =>
  answer?.kind === 'code' ? answer.code.reveal() : null;
function errorIn(answer: AuthorizationAnswer | null): AppError {
  if (answer?.kind !== 'error') throw new Error('no error came');
  return answer.error;
}

describe('K2 the answer to this very try', () => {
  test.each([
    [good, 'abc'],
    [`state=${stateValue}&code=abc&session_state=x&scope=read`, 'abc'],
    [`code=4%2F0Ab_c-d.e~f&state=${stateValue}`, '4/0Ab_c-d.e~f'],
    [`code=YWJjZA%3D%3D&state=${stateValue}`, 'YWJjZA=='],
    [`code=abc&state=${stateValue}&error=`, 'abc'],
    [`code=${'c'.repeat(4096)}&state=${stateValue}`, 'c'.repeat(4096)],
  ])('%s brings its code', (query, code) => {
    expect(codeIn(answerTo(attempt, nobodyKnown, query))).toBe(code);
  });

  test('with the right issuer, or with none where none has to come', () => {
    expect(codeIn(answerTo(attempt, known, `${good}&iss=${iss}`))).toBe('abc');
    expect(codeIn(answerTo(attempt, known, good))).toBe('abc');
    expect(codeIn(answerTo(attempt, nobodyKnown, `${good}&iss=https%3A%2F%2Fany.test`))).toBe('abc');
  });

  test('a code is a secret wherever it is printed', () => {
    const answer = answerTo(attempt, nobodyKnown, `code=very-secret-code&state=${stateValue}`);
    expect(codeIn(answer)).toBe('very-secret-code');
    expect(inspect(answer, { depth: 9, showHidden: true }) + JSON.stringify(answer)).not.toContain('very-secret');
  });
});

describe('K2 B3 B8 a forged or foreign hit is no answer, so that the wait goes on', () => {
  const other = `${stateValue.slice(0, -1)}b`;
  const forged: [string, string][] = [
    ['nothing', ''],
    ['a question mark alone', '?'],
    ['a code without a state', 'code=abc'],
    ['an empty state', 'code=abc&state='],
    ['another state', `code=abc&state=${other}`],
    ['the beginning of the state', `code=abc&state=${stateValue.slice(0, 42)}`],
    ['the state and more', `code=abc&state=${stateValue}x`],
    ['the state in capitals', `code=abc&state=${stateValue.toUpperCase()}`],
    ['the state with a space', `code=abc&state=${stateValue}+`],
    ['the state with a NUL', `code=abc&state=${stateValue}%00`],
    ['the state under another name', `code=abc&State=${stateValue}`],
    ['the state twice', `code=abc&state=${stateValue}&state=${stateValue}`],
    ['the right state after another', `code=abc&state=${other}&state=${stateValue}`],
    ['the right state before another', `code=abc&state=${stateValue}&state=${other}`],
    ['the right state and an empty one', `code=abc&state=${stateValue}&state=`],
    ['the right state and an escaped name', `code=abc&state=${stateValue}&st%61te=${other}`],
    ['the code twice', `code=abc&code=abc&state=${stateValue}`],
    ['two codes', `code=abc&state=${stateValue}&code=def`],
    ['a code as a list', `code%5B%5D=abc&state=${stateValue}`],
    ['an empty code', `code=&state=${stateValue}`],
    ['no code', `state=${stateValue}`],
    ['a code with a line break', `code=a%0Ab&state=${stateValue}`],
    ['a code beyond ASCII', `code=%C3%A9&state=${stateValue}`],
    ['a huge code', `code=${'c'.repeat(4097)}&state=${stateValue}`],
    ['a huge query', `${good}&x=${'y'.repeat(9000)}`],
    ['an error without a state', 'error=access_denied'],
    ['an error with another state', `error=access_denied&state=${other}`],
    ['an error with an empty state', 'error=access_denied&state='],
    ['an error with the state twice', `error=access_denied&state=${stateValue}&state=${stateValue}`],
    ['two errors', `error=access_denied&error=server_error&state=${stateValue}`],
    ['an empty error', `error=&state=${stateValue}`],
    ['an error’s words alone', `error_description=no&state=${stateValue}`],
    ['an access token', `access_token=a&token_type=bearer&state=${stateValue}`],
    ['an access token beside the code', `${good}&access_token=a`],
    ['an id_token beside the code', `${good}&id_token=a`],
    ['a token beside the code', `${good}&token=a`],
    ['an error beside a token', `error=access_denied&access_token=a&state=${stateValue}`],
    ['a signed response', `response=eyJ.eyJ.x&state=${stateValue}`],
    ['a signed response beside the code', `${good}&response=eyJ.eyJ.x`],
    ['another parameter twice', `${good}&x=1&x=2`],
    ['a semicolon for an ampersand', `code=abc;state=${stateValue}`],
    ['the whole query escaped', encodeURIComponent(good)],
  ];
  test.each(forged)('%s', (_name, query) => {
    expect(answerTo(attempt, nobodyKnown, query)).toBeNull();
    expect(answerTo(attempt, known, query)).toBeNull();
  });

  test.each([
    ['another issuer', `${good}&iss=https%3A%2F%2Fevil.test`],
    ['the issuer with a slash more', `${good}&iss=${iss}%2F`],
    ['the issuer twice', `${good}&iss=${iss}&iss=${iss}`],
    ['an error of another issuer', `error=access_denied&state=${stateValue}&iss=https%3A%2F%2Fevil.test`],
  ])('B9 an issuer that is not the one: %s', (_name, query) => {
    expect(answerTo(attempt, known, query)).toBeNull();
  });

  test('no query with another state is ever taken, whatever stands around it', () => {
    const name = fc.constantFrom(
      'code',
      'error',
      'state',
      'iss',
      'error_description',
      'scope',
      'State',
      'state[]',
      'x',
    );
    const value = fc.oneof(
      fc.string({ maxLength: 50 }),
      fc.constantFrom('abc', 'access_denied', known.issuer, stateValue.slice(1), `${stateValue} `, ''),
    );
    const pairs = fc.array(fc.tuple(name, value), { maxLength: 8 });
    fc.assert(
      fc.property(pairs, fc.boolean(), (given, atKnown) => {
        fc.pre(given.every(([n, v]) => n !== 'state' || v !== stateValue));
        return answerTo(attempt, atKnown ? known : nobodyKnown, new URLSearchParams(given).toString()) === null;
      }),
      { numRuns: 2000, seed: 20_261_125 },
    );
    // Raw text, so that broken escapes and odd separators are among it.
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
        fc.pre(!query.includes(stateValue));
        return answerTo(attempt, nobodyKnown, `code=abc&${query}`) === null;
      }),
      { numRuns: 2000, seed: 20_261_126 },
    );
  }, 60_000);
});

describe('an error of the provider ends the try (RFC 6749 section 4.1.2.1)', () => {
  test.each([
    ['access_denied', 'sign_in_declined'],
    ['invalid_scope', 'scope_refused'],
    ['invalid_request', 'sign_in_refused'],
    ['unauthorized_client', 'grant_refused'],
    ['unsupported_response_type', 'grant_refused'],
    ['server_error', 'provider_failing'],
    ['temporarily_unavailable', 'provider_busy'],
    ['interaction_required', 'sign_in_refused'],
  ])('%s', (code, expected) => {
    const error = errorIn(answerTo(attempt, nobodyKnown, `error=${code}&state=${stateValue}&error_description=Not+so`));
    expect(error.code).toBe(expected);
    expect(error.facts).toMatchObject({ name: 'By the book', providerCode: code, providerText: 'Not so' });
  });

  test('also beside a code, which is not used then', () => {
    expect(errorIn(answerTo(attempt, nobodyKnown, `${good}&error=access_denied`)).code).toBe('sign_in_declined');
  });

  test('R5 B65 its words are stripped, cut and masked: no state, no code, nothing that cannot be seen', () => {
    const words = `\u202eno\u200b entry\u0000 for ${stateValue} and secret-code-1 ${'x'.repeat(300)}`;
    const query = new URLSearchParams({
      error: stateValue,
      state: stateValue,
      code: 'secret-code-1',
      error_description: words,
      error_uri: 'https://evil.test/',
    });
    const error = errorIn(answerTo(attempt, nobodyKnown, query.toString()));
    expect(error.facts.providerCode).toBeUndefined();
    expect(error.facts.providerText).toMatch(/^no entry for ••• and ••• x+…$/);
    expect(error.facts.providerText).toHaveLength(200);
    expect(JSON.stringify(error.facts)).not.toContain('evil.test');
    expect(problem.parse({ code: error.code, facts: error.facts })).toBeDefined();
  });
});

describe('B6 where the provider begins, no state was sent and none has to come', () => {
  test('a code comes with or without one', () => {
    expect(codeIn(answerTo(stateless, nobodyKnown, 'code=abc'))).toBe('abc');
    expect(codeIn(answerTo(stateless, nobodyKnown, 'code=abc&state=theirs'))).toBe('abc');
  });

  test.each([
    '',
    'code=',
    'code=a&code=b',
    'state=x',
    'access_token=a',
    'code=abc&access_token=a',
    'code=a&state=&state=',
  ])('but %j is no answer', (query) => {
    expect(answerTo(stateless, nobodyKnown, query)).toBeNull();
  });
});

describe('B9 a provider that names itself in every answer (RFC 9207 section 2.4)', () => {
  const naming = { ...known, answersNameIssuer: true };

  test.each([
    [`${good}&iss=${iss}`, 'code'],
    [`error=access_denied&state=${stateValue}&iss=${iss}`, 'error'],
    [good, undefined],
    [`${good}&iss=`, undefined],
    [`error=access_denied&state=${stateValue}`, undefined],
    [`${good}&iss=${encodeURIComponent('https://AS.test')}`, undefined],
    [`${good}&iss=${iss}%2F`, undefined],
  ])('%s', (query, kind) => {
    expect(answerTo(attempt, naming, query)?.kind).toBe(kind);
  });
});
