import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { introspect } from '../../../electron/oauth/introspection.ts';
import { Secret } from '../../../electron/secret.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport } from '../../support/fake-transport.ts';
import { rfcWay, wayTo } from '../../support/ways.ts';

const client = { clientId: 'c', clientSecret: new Secret('secret-marker') };
const token = new Secret('token-marker');
const ask = (body: unknown, status = 200) => introspect(fakeTransport(answerOf(status, body)), rfcWay(), client, token);

describe('B15: asking a provider about a token (RFC 7662)', () => {
  test('sends the token in the body with its hint, and is told whose it is', async () => {
    const transport = fakeTransport(answerOf(200, { active: true, sub: 'p-1', username: 'kim' }));
    const tested = await introspect(transport, rfcWay(), client, token);
    expect(tested).toMatchObject({ status: 200, accountId: 'p-1', accountName: 'kim' });
    const [request] = transport.seen;
    expect(request!.url).toBe('https://as.test/introspect');
    expect(request!.body).toBe('token_type_hint=access_token&token=token-marker');
  });

  test.each<[string, unknown, number, ErrorCode]>([
    ['false', { active: false }, 200, 'token_refused'],
    ['“true” in quotes is no yes', { active: 'true' }, 200, 'test_wrong_answer'],
    ['1 is no yes', { active: 1 }, 200, 'test_wrong_answer'],
    ['nothing said is no yes', { sub: 'p-1' }, 200, 'test_wrong_answer'],
    ['a page', '<html></html>', 200, 'test_wrong_answer'],
    ['a yes with a 201', { active: true }, 201, 'test_wrong_answer'],
    ['a 401 speaks of the app, not of the token', { error: 'invalid_client' }, 401, 'wrong_client'],
    ['a 401 with nothing', '', 401, 'wrong_client'],
    ['a 403', { error: 'insufficient_scope' }, 403, 'request_refused'],
    ['a 503', {}, 503, 'provider_failing'],
  ])('%s', async (_name, body, status, code) => {
    const error = await ending(ask(body, status));
    expect(error.code).toBe(code);
    expect(inspect(error)).not.toMatch(/token-marker|secret-marker/);
  });

  test('an echo of the token is masked in what is shown of it', async () => {
    expect((await ask({ active: true, sub: 'p', username: 'of token-marker' })).accountName).toBe('of •••');
  });

  test('a provider without it is not asked', async () => {
    const transport = fakeTransport();
    expect((await ending(introspect(transport, wayTo('taskade'), client, token))).code).toBe('address_missing');
    expect(transport.seen).toEqual([]);
  });
});
