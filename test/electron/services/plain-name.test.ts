import { describe, expect, it } from 'vitest';
import { isPlain, plainName, shownHost } from '../../../electron/services/plain-name.ts';

describe('B65: a name in a dialog of the system', () => {
  it.each([
    ['Crew desk', 'Crew desk'],
    ['Größe 日本 é', 'Größe 日本 é'],
    ['A”?\n\nYes is safe.\n', 'A”? Yes is safe.'],
    ['safe\u202eelpmaxe.live', 'safeelpmaxe.live'],
    ['a\u200b\u2066b\u0007\u2028c\ud800', 'ab c'],
    ['x'.repeat(200), `${'x'.repeat(79)}…`],
    [' \t ', ''],
  ])('%j is drawn as %j', (typed, drawn) => {
    expect(plainName(typed)).toBe(drawn);
    expect(isPlain(plainName(typed))).toBe(true);
  });

  it.each([
    ['https://Auth.Example:443/a?b', 'auth.example'],
    ['https://аррӏе.example/', 'xn--80ak6aa92e.example'],
    ['https://a.example:8443/', 'a.example:8443'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080'],
  ])('the host of %s is drawn as %s', (url, host) => {
    expect(shownHost(url)).toBe(host);
  });
});
