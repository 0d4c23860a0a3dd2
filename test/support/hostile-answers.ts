import fc from 'fast-check';
import type { HttpAnswer } from '../../electron/oauth/transport.ts';
import { receivedAtMs } from './fake-transport.ts';

/** Stands inside every token that an answer brings: it must never be in what is told of a failure. */
export const broughtMark = 'brought-canary';

const page = '<!DOCTYPE html><html><body>Please sign in to the network</body></html>';
const odd = [
  '',
  '[]',
  'null',
  '{',
  '\ufeff{}',
  '\u0000',
  '{"access_token":1e999}',
  '{"a":1,"a":2,"__proto__":{"access_token":"x"}}',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `{"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
  page,
  '<oauth><error>invalid_grant</error></oauth>',
  '<!DOCTYPE x [<!ENTITY a "b">]><oauth><error>&a;</error></oauth>',
];

/** The spellings under which a server may say back what it was sent. */
const echoesOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  Array.from(secret).join('\u200b'),
];

/** Answers as no honest provider gives them; some say back one of these secrets, some bring tokens. */
export function hostileAnswers(secrets: readonly string[]): fc.Arbitrary<HttpAnswer> {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(...secrets.flatMap(echoesOf), 'invalid_grant', 'invalid_client', 'bearer', page, '\u202eevil'),
  );
  const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
  const brought = fc.nat(9).map((n) => `AT-${broughtMark}-${n}`);
  const member = fc.oneof(
    fc.tuple(fc.constantFrom('access_token', 'id_token', 'refresh_token'), brought),
    fc.tuple(
      fc.oneof(
        fc.constantFrom('error', 'error_description', 'message', 'detail', 'code', 'token_type', 'expires_in', 'scope'),
        text,
      ),
      fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.double()),
    ),
  );
  const members = fc
    .array(member, { maxLength: 6 })
    .map((pairs) => `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`);
  const xml = text.map((said) => `<oauth><error>${said}</error><error_description>${said}</error_description></oauth>`);
  const body = fc.oneof(
    { weight: 6, arbitrary: members },
    text,
    xml,
    fc.constantFrom(...odd),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  );
  const headers = fc.record(
    {
      'content-type': fc.oneof(fc.constantFrom('application/json', 'text/html', 'application/xml', 'text/plain'), text),
      'retry-after': fc.oneof(fc.constantFrom('1', '99999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'), text),
    },
    { requiredKeys: [] },
  );
  const status = fc.oneof(
    fc.constantFrom(200, 200, 201, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503),
    fc.integer({ min: 100, max: 599 }),
  );
  return fc.record({ status, headers, body }).map(({ headers: some, ...answer }) => ({
    ...answer,
    headers: some,
    receivedAtMs,
    durationMs: 1,
  }));
}
