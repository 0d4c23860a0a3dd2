import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeSealed, openBackup, sealBackup } from '../../../electron/vault/backup-seal.ts';
import { codeOf } from '../../support/vault-rig.ts';

// Each opening stretches the passphrase for seconds: one file serves them all.
const passphrase = 'Brücke Regen Lampe 52';
const plain = Buffer.from(`MARKER-plain-${'x'.repeat(100_000)}`);
let sealed: Uint8Array;

beforeAll(async () => {
  sealed = await sealBackup(plain, passphrase);
}, 60_000);

const flipped = (at: number): Uint8Array => {
  const copy = new Uint8Array(sealed);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
const headerEnd = (): number => Buffer.from(sealed).indexOf('\n', Buffer.from(sealed).indexOf('\n--- ') + 1) + 1;
const withText = (change: (text: string) => string): Uint8Array =>
  Buffer.from(change(Buffer.from(sealed).toString('latin1')), 'latin1');

describe('a sealed backup', { timeout: 60_000 }, () => {
  it('opens with its passphrase, however the keyboard puts its letters together, and holds nothing in clear', async () => {
    expect(Buffer.from(await openBackup(sealed, passphrase.normalize('NFD'))).equals(plain)).toBe(true);
    expect(Buffer.from(sealed).includes('MARKER-plain')).toBe(false);
  });

  it('B46: is an age file for one passphrase, with the full work factor', () => {
    expect(Buffer.from(sealed).toString('latin1')).toMatch(
      /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n/,
    );
  });

  it('does not open with another passphrase, and says just that', async () => {
    expect(await codeOf(() => openBackup(sealed, `${passphrase} `))).toBe('backup_passphrase');
  });

  it.each([
    ['the check of the header', () => flipped(headerEnd() - 3)],
    ['a byte in the middle', () => flipped(50_000)],
    ['the last byte missing', () => sealed.subarray(0, -1)],
    ['a whole last chunk missing', () => sealed.subarray(0, headerEnd() + 16 + 65_536 + 16)],
    ['a byte too many', () => Buffer.concat([sealed, Buffer.from([0])])],
  ])('is damaged with %s', async (_, harmed) => {
    expect(await codeOf(() => openBackup(harmed(), passphrase))).toBe('backup_damaged');
  });

  it.each([
    ['an empty file', () => Buffer.alloc(0), 'backup_foreign'],
    ['a picture', () => Buffer.from('\x89PNG\r\n\x1a\n'), 'backup_foreign'],
    ['half a first line', () => sealed.subarray(0, 10), 'backup_foreign'],
    ['half a header', () => sealed.subarray(0, 60), 'backup_damaged'],
    ['a second way in', () => withText((text) => text.replace('\n---', '\n-> X25519 a\nb\n---')), 'backup_foreign'],
    ['a later age format', () => withText((text) => text.replace('/v1\n', '/v2\n')), 'backup_newer'],
    [
      'a work factor that would hang the computer',
      () => withText((text) => text.replace(' 18\n', ' 30\n')),
      'backup_foreign',
    ],
  ] as const)('%s is told before any passphrase is tried', (_, file, code) => {
    expect(() => judgeSealed(file())).toThrow(code);
  });

  it('B46: is not opened where the passphrase was stretched less than we stretch it', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(17);
    expect(await codeOf(async () => openBackup(await encrypter.encrypt('{}'), passphrase))).toBe('backup_foreign');
  });

  it('an age file for a key instead of a passphrase is none of ours', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    expect(await codeOf(async () => openBackup(await encrypter.encrypt('{}'), passphrase))).toBe('backup_foreign');
  });
});
