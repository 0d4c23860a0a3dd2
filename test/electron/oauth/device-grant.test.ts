import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { askForDeviceCode, askWhetherAllowed } from '../../../electron/oauth/device-grant.ts';
import { Secret } from '../../../electron/secret.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport, receivedAtMs } from '../../support/fake-transport.ts';
import { rfcWay } from '../../support/ways.ts';

const way = rfcWay();
const client = { clientId: 'c 1', clientSecret: new Secret('s/+') };
/** Section 3.2's own example. */
const good = {
  device_code: 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS',
  user_code: 'WDJB-MJHT',
  verification_uri: 'https://as.test/device',
  verification_uri_complete: 'https://as.test/device?user_code=WDJB-MJHT',
  expires_in: 1800,
  interval: 5,
};
const ask = (members: unknown, status = 200) =>
  askForDeviceCode(fakeTransport(answerOf(status, members)), way, client, { scopes: [] });

describe('B19: asking for a code (RFC 8628 section 3.1)', () => {
  test('proves the app as the token endpoint has it, and asks for the scopes', async () => {
    const transport = fakeTransport(answerOf(200, good));
    await askForDeviceCode(transport, way, client, { scopes: ['a', 'b'] });
    const [request] = transport.seen;
    expect(request).toMatchObject({ method: 'POST', url: 'https://as.test/device' });
    expect(request!.headers['authorization']).toBe(`Basic ${Buffer.from('c+1:s%2F%2B').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(request!.body!))).toEqual({ client_id: 'c 1', scope: 'a b' });
  });

  test('section 3.2’s example is read', async () => {
    expect(await ask(good)).toMatchObject({
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://as.test/device',
      endsAtMs: receivedAtMs + 1_800_000,
      intervalMs: 5_000,
    });
  });

  test.each([
    [undefined, 5_000],
    [10, 10_000],
    [0.2, 1_000],
    [999, 60_000],
  ])('an interval of %s is %s ms', async (interval, intervalMs) => {
    expect((await ask({ ...good, interval })).intervalMs).toBe(intervalMs);
  });

  test('a life of a year is an hour', async () => {
    expect((await ask({ ...good, expires_in: 31_536_000 })).endsAtMs).toBe(receivedAtMs + 3_600_000);
  });

  test.each([
    ['on another host', 'https://evil.test/device?user_code=WDJB-MJHT'],
    ['with a user name', 'https://me@as.test/device'],
    ['no web address', 'calc.exe'],
  ])('a link with the code in it that is %s is left aside: the page alone is opened', async (_name, link) => {
    const attempt = await ask({ ...good, verification_uri_complete: link });
    expect(attempt.completeUri).toBeNull();
    expect(attempt.verificationUri).toBe(good.verification_uri);
  });

  test.each<[string, Record<string, unknown>, ErrorCode]>([
    ['http', { verification_uri: 'http://as.test/device' }, 'address_insecure'],
    ['a program', { verification_uri: 'file:///bin/sh' }, 'address_insecure'],
    ['a script', { verification_uri: 'javascript:alert(1)' }, 'address_insecure'],
    ['this computer', { verification_uri: 'http://127.0.0.1/device' }, 'address_insecure'],
    ['a user name in it', { verification_uri: 'https://as.test@evil.test/' }, 'address_insecure'],
  ])('a page that is %s is never opened', async (_name, over, code) => {
    expect((await ending(ask({ ...good, ...over }))).code).toBe(code);
  });

  test.each<[string, Record<string, unknown>]>([
    ['no device code', { device_code: '' }],
    ['no user code', { user_code: null }],
    ['a user code with what nobody sees', { user_code: 'WDJB\u200b-MJHT' }],
    ['a user code of a page', { user_code: 'x'.repeat(65) }],
    ['no life', { expires_in: undefined }],
    ['a life that is none', { expires_in: -1 }],
    ['a life in words', { expires_in: 'soon' }],
    ['an interval in words', { interval: 'often' }],
  ])('%s is no answer, and nothing of it goes on', async (_name, over) => {
    const error = await ending(ask({ ...good, ...over }));
    expect(error).toMatchObject({ code: 'not_an_oauth_answer', facts: { field: 'deviceEndpoint' } });
    expect(inspect(error)).not.toContain(good.device_code);
  });

  test.each<[string, unknown, number, ErrorCode]>([
    ['the app is wrong', { error: 'invalid_client' }, 401, 'wrong_client'],
    ['the app may not', { error: 'unauthorized_client' }, 400, 'grant_refused'],
    ['the scope is wrong', { error: 'invalid_scope' }, 400, 'scope_refused'],
    ['a page', '<html></html>', 200, 'not_an_oauth_answer'],
    ['a busy day', {}, 503, 'provider_failing'],
  ])('%s', async (_name, body, status, code) => {
    expect((await ending(ask(body, status))).code).toBe(code);
  });
});

describe('B19: asking whether it is allowed (section 3.5)', () => {
  test.each<[string, number, ErrorCode]>([
    ['authorization_pending', 400, 'device_pending'],
    ['slow_down', 400, 'device_slow_down'],
    ['slow_down', 429, 'device_slow_down'],
    ['access_denied', 400, 'sign_in_declined'],
    ['expired_token', 400, 'device_code_ended'],
    ['invalid_grant', 400, 'device_code_ended'],
    ['invalid_client', 401, 'wrong_client'],
    ['slow_down', 503, 'provider_busy'],
  ])('%s with a %s is %s', async (error, status, code) => {
    const deviceCode = new Secret(good.device_code);
    const transport = fakeTransport(answerOf(status, { error, error_description: `of ${good.device_code}` }));
    const ended = await ending(askWhetherAllowed(transport, way, client, { deviceCode }));
    expect(ended.code).toBe(code);
    expect(inspect(ended)).not.toContain(good.device_code);
    expect(transport.seen[0]!.body).toContain('grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code');
  });
});
