import { describe, expect, test } from 'vitest';
import { hostsOf, loopbackAddress } from '../../../electron/platform/loopback-address.ts';

describe('a redirect address', () => {
  test.each([
    ['http://127.0.0.1:8765/callback', '127.0.0.1', ['127.0.0.1'], 8765, '/callback'],
    ['http://[::1]:8765/callback', '[::1]', ['::1'], 8765, '/callback'],
    ['http://localhost:8765/callback', 'localhost', ['127.0.0.1', '::1'], 8765, '/callback'],
    ['http://127.0.0.1:65535/a/b-c_d.e~f/%C3%BC', '127.0.0.1', ['127.0.0.1'], 65_535, '/a/b-c_d.e~f/%C3%BC'],
    ['http://127.0.0.1:8765/', '127.0.0.1', ['127.0.0.1'], 8765, '/'],
    ['http://127.0.0.1:8765', '127.0.0.1', ['127.0.0.1'], 8765, '/'],
    ['http://127.0.0.1/callback', '127.0.0.1', ['127.0.0.1'], 80, '/callback'],
    ['http://127.0.0.1:8765/callback?app=1', '127.0.0.1', ['127.0.0.1'], 8765, '/callback'],
  ])('%s is taken apart', (redirectUri, name, binds, port, path) => {
    expect(loopbackAddress(redirectUri)).toMatchObject({ name, binds, port, path });
  });

  test.each([
    'https://127.0.0.1:8765/callback',
    'http://127.0.0.2:8765/callback',
    'http://0.0.0.0:8765/callback',
    'http://127.1:8765/callback',
    'http://2130706433:8765/callback',
    'http://[::]:8765/callback',
    'http://[::ffff:127.0.0.1]:8765/callback',
    'http://localhost.:8765/callback',
    'http://localhost.example:8765/callback',
    'http://partner.example/callback',
    'http://127.0.0.1:8765@partner.example/callback',
    'http://user@127.0.0.1:8765/callback',
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:65536/callback',
    'http://127.0.0.1:/callback',
    'http://127.0.0.1:8765/call back',
    'http://127.0.0.1:8765/callback#here',
    'http://127.0.0.1:8765\\callback',
    'http://127.0.0.1:8765/über',
    'http://127.0.0.1:8765/a/../callback',
    'http://127.0.0.1:8765/./callback',
    'http://127.0.0.1:8765/%2e%2e/callback',
    'http://127.0.0.1:8765/callback\n',
    ' http://127.0.0.1:8765/callback',
    'com.example.app:/callback',
    '',
  ])('%j is none that a browser could come back to here', (redirectUri) => {
    expect(loopbackAddress(redirectUri)).toBeNull();
  });

  test.each([
    ['http://127.0.0.1:1/callback', 'http://127.0.0.1:50001/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:50001/callback'],
    ['http://[::1]:1', 'http://[::1]:50001'],
    ['http://localhost:1/a?b=c', 'http://localhost:50001/a?b=c'],
  ])('%s with another port keeps the rest to the letter', (redirectUri, other) => {
    expect(loopbackAddress(redirectUri)?.withPort(50_001)).toBe(other);
  });

  test('is asked for with its port, which a browser leaves out when it is 80', () => {
    expect(hostsOf('[::1]', 8765)).toEqual(['[::1]:8765']);
    expect(hostsOf('localhost', 80)).toEqual(['localhost', 'localhost:80']);
  });
});
