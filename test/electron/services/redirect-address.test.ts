import { describe, expect, test } from 'vitest';
import {
  checkedRedirectUri,
  isHere,
  ownRedirectUri,
  standsInForState,
} from '../../../electron/services/redirect-address.ts';
import { AppError } from '../../../shared/errors.ts';

function refusal(typed: string): AppError {
  try {
    checkedRedirectUri(typed);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error(`${typed} was taken`);
}

describe('a redirect address of our own', () => {
  test('B6 is the literal of this computer, with a port that no system hands out and a path for the provider', () => {
    const ports = Array.from({ length: 500 }, () => {
      const own = ownRedirectUri('taskade', false);
      expect(own).toMatch(/^http:\/\/127\.0\.0\.1:\d{5}\/taskade$/);
      expect(isHere(own)).toBe(true);
      return Number(new URL(own).port);
    });
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...ports)).toBeLessThan(32_000);
    expect(new Set(ports).size).toBeGreaterThan(400);
  });

  test('B6 carries 128 random bits where no state is sent, new in each of 1,000', () => {
    const paths = Array.from({ length: 1000 }, () => {
      const own = ownRedirectUri('t-gate', true);
      expect(standsInForState(own)).toBe(true);
      return new URL(own).pathname;
    });
    for (const path of paths) expect(path).toMatch(/^\/t-gate\/[0-9a-f]{32}$/);
    expect(new Set(paths).size).toBe(1000);
  });

  test('B9 differs by its path for each provider, which tells them apart where none sends an issuer', () => {
    const paths = ['taskade', 'er-studio'].map((id) => new URL(ownRedirectUri(id, false)).pathname);
    expect(paths).toEqual(['/taskade', '/er-studio']);
  });
});

describe('only a hit on an unguessable address is an answer where no state is sent (B6)', () => {
  test.each([
    'http://127.0.0.1:5000/cb',
    'http://127.0.0.1:5000/',
    'http://127.0.0.1:5000/cb/0123456789abcdef',
    'http://127.0.0.1:5000/cb?x=0123456789abcdef0123456789abcdef',
    'https://partner.example/0123456789abcdef0123456789abcdef',
  ])('%s is not one', (redirectUri) => {
    expect(standsInForState(redirectUri)).toBe(false);
  });
});

describe('the browser can come back to', () => {
  test.each([
    'http://127.0.0.1:5000',
    'http://127.0.0.1:5000/',
    'http://127.0.0.1:5000/cb?tenant=1',
    'http://127.0.0.1:5000?tenant=1',
    'http://[::1]:5000/cb',
    'http://localhost:5000/cb',
    'http://127.0.0.1:65535/a%2Fb',
  ])('%s', (redirectUri) => {
    expect(isHere(redirectUri)).toBe(true);
  });

  test.each([
    ['a website', 'https://partner.example/cb'],
    ['https on this computer', 'https://127.0.0.1:5000/cb'],
    ['no port', 'http://127.0.0.1/cb'],
    ['port 0', 'http://127.0.0.1:0/cb'],
    ['a port beyond the last', 'http://127.0.0.1:65536/cb'],
    ['every interface', 'http://0.0.0.0:5000/cb'],
    ['another loopback address, on which nothing listens', 'http://127.9.9.9:5000/cb'],
    ['a spelling that a browser changes', 'http://127.1:5000/cb'],
    ['a scheme in capitals', 'HTTP://127.0.0.1:5000/cb'],
    ['a path that a browser walks', 'http://127.0.0.1:5000/a/../cb'],
    ['a port that begins with a nought', 'http://127.0.0.1:05000/cb'],
    ['a user name', 'http://a@127.0.0.1:5000/cb'],
    ['a host that begins alike', 'http://127.0.0.1.evil.test:5000/cb'],
    ['no address', 'nowhere'],
  ])('but not to %s', (_name, redirectUri) => {
    expect(isHere(redirectUri)).toBe(false);
  });
});

describe('a redirect address that was typed', () => {
  test.each([
    'https://partner.example/tgate/callback',
    'https://partner.example',
    'https://PARTNER.example:443/A/../b%2fc?x=%20+',
    'http://127.0.0.1:5000',
    'http://localhost:5000/cb/',
    'http://[::1]:5000/cb',
  ])('G2 %s is kept byte for byte', (typed) => {
    expect(checkedRedirectUri(typed)).toBe(typed);
    expect(checkedRedirectUri(`  ${typed}\n`)).toBe(typed);
  });

  test.each([
    ['nothing', ''],
    ['no address', 'partner.example/cb'],
    ['a fragment', 'https://partner.example/cb#x'],
    ['an empty fragment', 'https://partner.example/cb#'],
    ['a user name and a password', 'https://user:hunter2@partner.example/cb'],
    ['another scheme', 'grantkeep://callback'],
    ['a script', 'javascript:alert(1)'],
    ['a space', 'https://partner.example/a b'],
    ['a line break', 'https://partner.example/a\nb'],
    ['a zero-width space', 'https://partner.example/a\u200bb'],
    ['a state of its own', 'https://partner.example/cb?state=x'],
    ['a code of its own', 'https://partner.example/cb?c%6Fde=x'],
  ])('with %s is refused at its field, and not repeated', (_name, typed) => {
    const error = refusal(typed);
    expect(error.code).toBe('address_invalid');
    expect(error.facts).toEqual({ field: 'redirectUri' });
  });

  test.each(['http://partner.example/cb', 'http://10.0.0.1:5000/cb', 'http://127.0.0.1.evil.test/cb'])(
    'without encryption beyond this computer (%s) is refused',
    (typed) => {
      expect(refusal(typed)).toMatchObject({ code: 'address_insecure', facts: { field: 'redirectUri' } });
    },
  );
});
