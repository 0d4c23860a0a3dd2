import { describe, expect, test } from 'vitest';
import { readPasted } from '../../../electron/oauth/pasted-answer.ts';
import { AppError } from '../../../shared/errors.ts';
import { problem } from '../../../shared/model/problem.ts';

const loopback = 'http://127.0.0.1:53682/taskade';
const partner = 'https://partner.example/tgate/callback';

function refusal(pasted: string, redirectUri = partner): AppError {
  try {
    readPasted(pasted, redirectUri);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error(`${pasted} was taken`);
}

describe('G3 a pasted address that is the registered one gives its query', () => {
  test.each([
    ['the whole address', `${partner}?code=abc&state=x`, partner, 'code=abc&state=x'],
    ['with a fragment', `${partner}?code=abc&state=x#_=_`, partner, 'code=abc&state=x'],
    ['with spaces and a line’s end around it', `  ${partner}?code=abc \r\n`, partner, 'code=abc'],
    ['in angle brackets', `<${partner}?code=abc>`, partner, 'code=abc'],
    ['in quotation marks', `" ${partner}?code=abc "`, partner, 'code=abc'],
    ['with the scheme in capitals', `HTTPS://Partner.Example/tgate/callback?code=abc`, partner, 'code=abc'],
    ['with the port that says nothing', 'https://partner.example:443/tgate/callback?code=abc', partner, 'code=abc'],
    ['of this computer', `${loopback}?code=abc&state=x`, loopback, 'code=abc&state=x'],
    [
      'https for http on this computer',
      'https://127.0.0.1:53682/taskade?code=abc&state=x',
      loopback,
      'code=abc&state=x',
    ],
    ['without its scheme', '127.0.0.1:53682/taskade?state=x&code=abc', loopback, 'state=x&code=abc'],
    ['without its scheme, of a website', 'partner.example/tgate/callback?code=abc', partner, 'code=abc'],
    ['its path alone', '/tgate/callback?code=abc', partner, 'code=abc'],
    ['an error', `${partner}?error=access_denied&state=x`, partner, 'error=access_denied&state=x'],
    ['with a query of its own', `${partner}?tenant=1&code=abc`, `${partner}?tenant=1`, 'tenant=1&code=abc'],
    ['the part behind the ?', '?code=abc&state=x', partner, 'code=abc&state=x'],
    ['the same without the ?', 'state=x&code=abc', partner, 'state=x&code=abc'],
    ['the same with a fragment', 'code=abc&state=x#_=_', partner, 'code=abc&state=x'],
    ['an error without its address', 'error=access_denied&state=x', partner, 'error=access_denied&state=x'],
  ])('%s', (_name, pasted, redirectUri, query) => {
    expect(readPasted(pasted, redirectUri)).toEqual({ kind: 'query', query });
  });

  test('an address without a query gives an empty one, in which no answer is found', () => {
    expect(readPasted(partner, partner)).toEqual({ kind: 'query', query: '' });
  });
});

describe('G3 a pasted bare code works as well', () => {
  test.each(['9fQ2', '4/0Ab_c-d.e~f', 'YWJjZA==', 'YWJjZGU=', 'a+b/c', 'SplxlOBeZQQYbYS6WxSbIA', 'c'.repeat(4096)])(
    '%s',
    (code) => {
      const read = readPasted(` ${code}\n`, partner);
      expect(read.kind === 'code' && read.code.reveal()).toBe(code);
      expect(JSON.stringify(read)).not.toContain(code);
    },
  );
});

describe('G3 what was not meant for this app is refused with the reason', () => {
  test.each([
    ['another host', 'https://evil.example/tgate/callback?code=abc', 'evil.example'],
    [
      'a host that begins alike',
      'https://partner.example.evil.test/tgate/callback?code=abc',
      'partner.example.evil.test',
    ],
    ['the host as a user name', 'https://partner.example@evil.test/tgate/callback?code=abc', 'evil.test'],
    ['a user name in front of the host', 'https://a:b@partner.example/tgate/callback?code=abc', 'partner.example'],
    ['another port', 'https://partner.example:8443/tgate/callback?code=abc', 'partner.example:8443'],
    ['another path', 'https://partner.example/tgate/other?code=abc', 'partner.example'],
    ['a path with a slash more', `${partner}/?code=abc`, 'partner.example'],
    ['http for https', 'http://partner.example/tgate/callback?code=abc', 'partner.example'],
    ['another scheme', 'ftp://partner.example/tgate/callback?code=abc', 'partner.example'],
    ['another host without its scheme', 'evil.example/cb?state=x&code=abc', 'evil.example'],
    ['another host without a scheme, in slashes', '//evil.example/tgate/callback?code=abc', 'partner.example'],
    ['another path alone', '/other?code=abc', 'partner.example'],
  ])('%s', (_name, pasted, host) => {
    const error = refusal(pasted);
    expect(error.code).toBe('pasted_elsewhere');
    expect(error.facts).toEqual({ field: 'redirectUri', host, name: 'partner.example' });
  });

  test.each([
    ['another port of this computer', 'http://127.0.0.1:1/taskade?code=abc'],
    ['another name of this computer', 'http://localhost:53682/taskade?code=abc'],
    ['another scheme on this computer', 'ftp://127.0.0.1:53682/taskade?code=abc'],
  ])('%s', (_name, pasted) => {
    expect(refusal(pasted, loopback).code).toBe('pasted_elsewhere');
  });

  test('a host of any length still makes a problem that the window takes', () => {
    const { code, facts } = refusal(`https://${'a'.repeat(5000)}.example/?code=abc`);
    expect(problem.parse({ code, facts })).toMatchObject({ code: 'pasted_elsewhere' });
  });
});

describe('G3 what holds no code says so', () => {
  test.each([
    ['nothing', ''],
    ['spaces', ' \n '],
    ['quotation marks', '""'],
    ['a question mark', '?'],
    ['a sentence', 'the page said that all is well'],
    ['a sentence around a code', 'my code is code=abc I think'],
    ['a page', '<html><body>code=abc</body></html>'],
    ['a page without a space', '<html><body>abc</body></html>'],
    ['a script', 'javascript:alert(1)'],
    ['a script with a query', 'javascript:alert(1)?code=abc'],
    ['a page in an address', 'data:text/html,abc'],
    ['a file', 'file:///tmp/x\u0000?code=abc'],
    ['a control character', `${partner}?code=a\u0007b`],
    ['an address in two lines', `${partner}?code=a\nb`],
    ['a code with a line break', 'abc\ndef'],
    ['a code beyond ASCII', 'codé'],
    ['a pair that is neither code nor error', 'token=abc'],
    ['an = inside', 'ab=cd'],
    ['a state alone', 'state=x'],
    ['the address without a query or a scheme', 'partner.example/tgate/callback'],
    ['something that is no address', 'https://[::1'],
    ['too much', 'c'.repeat(4097)],
    ['far too much', `${partner}?code=abc&x=${'y'.repeat(9000)}`],
  ])('%s', (_name, pasted) => {
    const error = refusal(pasted);
    expect(error.code).toBe('pasted_no_code');
    expect(error.facts).toEqual({ field: 'redirectUri' });
  });
});
