import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discover, issuerFrom } from '../../../electron/oauth/discovery.ts';
import { AppError } from '../../../shared/errors.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, fakeTransport } from '../../support/fake-transport.ts';

const issuer = 'https://as.test';
const whole = {
  issuer,
  authorization_endpoint: 'https://as.test/authorize',
  token_endpoint: 'https://as.test/token',
  device_authorization_endpoint: 'https://as.test/device',
  revocation_endpoint: 'https://as.test/revoke',
  introspection_endpoint: 'https://as.test/introspect',
  userinfo_endpoint: 'https://as.test/me',
};

describe('B11: where metadata is asked for', () => {
  test.each([
    [
      'https://as.test',
      'https://as.test/.well-known/openid-configuration',
      'https://as.test/.well-known/oauth-authorization-server',
    ],
    // RFC 8414 section 3.1 puts it before the path, OpenID Connect Discovery section 4 behind it.
    [
      'https://as.test/t/1',
      'https://as.test/t/1/.well-known/openid-configuration',
      'https://as.test/.well-known/oauth-authorization-server/t/1',
    ],
    [
      'https://as.test/t/',
      'https://as.test/t/.well-known/openid-configuration',
      'https://as.test/.well-known/oauth-authorization-server/t/',
    ],
  ])('%s', async (at, first, second) => {
    const transport = fakeTransport(answerOf(404, {}), answerOf(404, {}));
    expect((await ending(discover(transport, at))).code).toBe('metadata_missing');
    expect(transport.seen.map(({ url }) => url.replace(/\/$/, ''))).toEqual([first, second.replace(/\/$/, '')]);
    for (const request of transport.seen) {
      expect(request).toMatchObject({ method: 'GET', body: null });
      expect(Object.keys(request.headers).sort()).toEqual(['accept', 'user-agent']);
    }
  });

  test('the second place is looked at where the first has a page, and counts as much', async () => {
    const transport = fakeTransport(answerOf(200, '<html>Welcome</html>'), answerOf(200, whole));
    expect((await discover(transport, issuer)).addresses.token).toBe(whole.token_endpoint);
  });

  test('a lie in the first place is one, whatever stands in the second', async () => {
    const transport = fakeTransport(answerOf(200, { ...whole, issuer: 'https://other.test' }), answerOf(200, whole));
    expect((await ending(discover(transport, issuer))).code).toBe('metadata_other_issuer');
    expect(transport.seen).toHaveLength(1);
  });

  test('what the network says goes on as it is', async () => {
    const error = new AppError('host_unknown', { host: 'as.test' });
    expect(await ending(discover(fakeTransport(error), issuer))).toMatchObject({
      code: 'host_unknown',
      facts: { field: 'issuer' },
    });
  });
});

describe('B11: what is read of it', () => {
  const read = (over: Record<string, unknown>, at = issuer) =>
    discover(fakeTransport(answerOf(200, { ...whole, ...over })), at);

  test('every address, by its kind', async () => {
    const { addresses, elsewhere } = await read({});
    expect(Object.values(addresses)).toEqual(Object.values(whole).slice(1));
    expect(elsewhere).toEqual([]);
  });

  test.each([
    [true, true],
    [false, false],
    ['true', false],
    [1, false],
    [undefined, false],
  ])('iss in every answer is promised by %s: %s', async (value, promised) => {
    const metadata = await read({ authorization_response_iss_parameter_supported: value });
    expect(metadata.answersNameIssuer).toBe(promised);
  });

  test('addresses on another origin are named, a port is one', async () => {
    const { elsewhere } = await read({
      token_endpoint: 'https://as.test:8443/token',
      userinfo_endpoint: 'https://api.test/me',
    });
    expect(elsewhere).toEqual(['token', 'test']);
  });

  test.each([
    'http://127.0.0.1:8080/token',
    'https://127.0.0.1/token',
    'https://localhost/token',
    'http://[::1]/token',
    'https://[::1]:1/token',
  ])('an issuer out there cannot lead to this computer: %s', async (token_endpoint) => {
    expect((await ending(read({ token_endpoint }))).code).toBe('metadata_insecure');
  });

  test('no answer, however odd, ends in anything but metadata or an AppError that holds nothing of it', async () => {
    const odd = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify({ ...whole, token_endpoint: 'MARKER' })));
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom(200, 201, 204, 400, 401, 404, 418, 500, 503), async (body, status) => {
        const answer = answerOf(status, `${body}MARKER`);
        const error = await ending(discover(fakeTransport(answer, answer), issuer));
        expect(error).toBeInstanceOf(AppError);
        expect(inspect(error)).not.toContain('MARKER');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an issuer as it is typed', () => {
  test.each([
    ['https://as.test', 'https://as.test'],
    [' https://as.test/ ', 'https://as.test/'],
    ['https://as.test/t/.well-known/openid-configuration', 'https://as.test/t'],
    ['https://as.test/.well-known/oauth-authorization-server', 'https://as.test'],
    ['http://localhost:9', 'http://localhost:9'],
  ])('%s is %s, to the letter', (typed, kept) => {
    expect(issuerFrom(typed)).toBe(kept);
  });
});
