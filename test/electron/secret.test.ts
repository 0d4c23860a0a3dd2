import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../electron/secret.ts';

const marker = 'MARKER-secret-7c';
const secret = new Secret(marker);

describe('B30: a secret', () => {
  it.each([
    ['a template', () => String(secret)],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['console', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['an error', () => inspect(new Error('x', { cause: { secret } }))],
    ['copying its members', () => JSON.stringify(Object.assign({}, secret))],
    ['object entries', () => JSON.stringify(Object.entries(secret))],
  ])('does not leak through %s', (_name, leak) => {
    expect(leak()).not.toContain(marker);
  });

  it('is revealed only on purpose', () => {
    expect(secret.reveal()).toBe(marker);
  });

  it('has the first 8 hex digits of its SHA-256 as fingerprint', () => {
    expect(new Secret('abc').fingerprint()).toBe('ba7816bf');
  });

  it('compares by value', () => {
    expect(secret.equals(new Secret(marker))).toBe(true);
    expect(secret.equals(new Secret(marker + 'x'))).toBe(false);
  });
});
