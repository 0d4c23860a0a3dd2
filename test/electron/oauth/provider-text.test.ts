import { expect, test } from 'vitest';
import { providerText } from '../../../electron/oauth/provider-text.ts';
import { Secret } from '../../../electron/secret.ts';

const secret = new Secret('s3cr/t+é =');

test('B65 what a person cannot see is taken out, line breaks become spaces', () => {
  expect(
    providerText('a\u0000b\u001b[31mc\u0085d\u200be\u202ef\u2066g\u2069h\ufeffi\u00adj\u{e0041}k\r\n\tl', []),
  ).toBe('ab[31mcdefghijk l');
  expect(providerText('\u200b \u202e', [])).toBeNull();
});

test('B65: at most 200 characters, no half of a pair at the cut', () => {
  expect(providerText('x'.repeat(300), [])).toHaveLength(200);
  const cut = providerText(`${'x'.repeat(198)}🔑🔑`, []);
  expect(cut?.length).toBeLessThanOrEqual(200);
  expect(cut).not.toMatch(/\p{Cs}/u);
});

test.each([
  'raw s3cr/t+é =',
  `url ${encodeURIComponent('s3cr/t+é =')}`,
  `url in small letters ${encodeURIComponent('s3cr/t+é =').toLowerCase()}`,
  `form ${new URLSearchParams({ '': 's3cr/t+é =' }).toString().slice(1)}`,
  `base64 ${Buffer.from('s3cr/t+é =').toString('base64')}`,
  `base64url ${Buffer.from('s3cr/t+é =').toString('base64url')}`,
  `split s3\u200bcr/t+\u202eé =`,
])('a secret is masked: %s', (said) => {
  expect(providerText(said, [secret])).toMatch(/•••$/);
});

test('a secret that lies across the cut is masked, not cut in half', () => {
  const said = providerText(`${'x'.repeat(195)} ${secret.reveal()}`, [secret]);
  expect(said).toBe(`${'x'.repeat(195)} •••`);
});

test('a secret with a quotation mark or a line break is masked as JSON writes it', () => {
  const odd = new Secret('a"b\\c\nd');
  expect(providerText('got a\\"b\\\\c\\nd', [odd])).toBe('got •••');
  expect(providerText('got a"b\\c\nd', [odd])).toBe('got •••');
});

test('R5 values behind the names of secrets are masked, also those that nobody knew', () => {
  expect(providerText('Invalid access token: 0f6c77aa', [])).toBe('Invalid access token: •••');
  expect(providerText('{"refresh_token":"abc def","x":1}', [])).toBe('{"refresh_token":•••,"x":1}');
  expect(providerText('password=hunter2&client_secret=x y', [])).toBe('password=•••&client_secret=••• y');
  expect(providerText('Authorization: Bearer abcdef and Basic dGctN2MxZTph', [])).toBe(
    'Authorization: ••• and Basic •••',
  );
  expect(providerText('saw eyJhbGciOiJub25lIn0.eyJ4IjoxfQ.sig there', [])).toBe('saw ••• there');
  expect(providerText('Token missing required scope: users.read', [])).toBe('Token missing required scope: users.read');
});

test('a password of two letters does not blot out the sentence and so give itself away', () => {
  expect(providerText('a user name is needed', [new Secret('a')])).toBe('a user name is needed');
});

test('a megabyte of hostile text takes no time to speak of', () => {
  const startedAt = performance.now();
  providerText('password="'.repeat(100_000), [secret]);
  providerText('eyJaaaaaa.'.repeat(100_000), [secret]);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
