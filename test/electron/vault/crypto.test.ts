import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { decryptGcm, encryptGcm, VaultKeys } from '../../../electron/vault/crypto.ts';
import { additionalData } from '../../../electron/vault/rows.ts';
import { codeOf } from '../../support/vault-rig.ts';
import wycheproof from './wycheproof-aes-gcm.json' with { type: 'json' };

/** What every HMAC gave, as the bytes that the program itself holds. */
const digests = vi.hoisted((): Buffer[] => []);
vi.mock('node:crypto', async (load) => {
  const real = await load<typeof import('node:crypto')>();
  return {
    ...real,
    createHmac: (...args: Parameters<typeof real.createHmac>) => {
      const hmac = real.createHmac(...args);
      const digest = hmac.digest.bind(hmac) as () => Buffer;
      return Object.assign(hmac, {
        digest: () => {
          const bytes = digest();
          digests.push(bytes);
          return bytes;
        },
      });
    },
  };
});

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const vaultId = '00'.repeat(16);
const place = { id: 'app:one', schema: 1, commitNumber: 1 };
const additional = additionalData(vaultId, place, null);

/** AES-256 cases 13 to 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega). */
const key16 = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const plain16 =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
const published = [
  {
    name: '13',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    plain: '',
    aad: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: '14',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    plain: '00'.repeat(16),
    aad: '',
    sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: '15',
    key: key16,
    iv: 'cafebabefacedbaddecaf888',
    plain: `${plain16}1aafd255`,
    aad: '',
    sealed:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c',
  },
  {
    name: '16',
    key: key16,
    iv: 'cafebabefacedbaddecaf888',
    plain: plain16,
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    sealed:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('AES-256-GCM', () => {
  it.each(published)('B52: seals and opens published case $name', ({ key, iv, plain, aad, sealed }) => {
    expect(encryptGcm(hex(key), hex(iv), hex(plain), hex(aad)).toString('hex')).toBe(sealed);
    expect(decryptGcm(hex(key), { iv: hex(iv), sealed: hex(sealed) }, hex(aad)).toString('hex')).toBe(plain);
  });

  it.each(wycheproof.valid)('B52: agrees with Wycheproof’s test $id', ({ key, iv, aad, msg, ct, tag }) => {
    expect(encryptGcm(hex(key), hex(iv), hex(msg), hex(aad)).toString('hex')).toBe(ct + tag);
    expect(decryptGcm(hex(key), { iv: hex(iv), sealed: hex(ct + tag) }, hex(aad)).toString('hex')).toBe(msg);
  });

  it('B52: refuses each of the 27 tags that Wycheproof changed, and takes the one they were made of', () => {
    const { key, iv, ct, tag, flippedBits, otherTags } = wycheproof.invalid;
    const open = (changed: string): Buffer =>
      decryptGcm(hex(key), { iv: hex(iv), sealed: hex(ct + changed) }, Buffer.alloc(0));
    expect(open(tag).toString('hex')).toBe('202122232425262728292a2b2c2d2e2f');
    const flipped = flippedBits.map((bits) => {
      const bytes = hex(tag);
      for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
      return bytes.toString('hex');
    });
    const changed = [...flipped, ...otherTags];
    expect(new Set(changed).size).toBe(27);
    for (const one of changed) expect(() => open(one), one).toThrow();
  });

  it.each([4, 8, 12, 15])('B44: refuses a tag of %i bytes, though Node by itself would take it', (length) => {
    const key = randomBytes(32);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    cipher.setAAD(additional);
    cipher.final();
    const tag = cipher.getAuthTag();
    expect(decryptGcm(key, { iv, sealed: tag }, additional)).toHaveLength(0);
    expect(() => decryptGcm(key, { iv, sealed: tag.subarray(0, length) }, additional)).toThrow();
  });

  it('B44: takes a new initialisation vector of 96 bits each time', () => {
    const keys = new VaultKeys(randomBytes(32), vaultId);
    const boxes = Array.from({ length: 500 }, () => keys.seal(Buffer.from('same'), additional));
    expect(new Set(boxes.map(({ iv }) => Buffer.from(iv).toString('hex'))).size).toBe(500);
    expect(boxes.every(({ iv }) => iv.length === 12)).toBe(true);
  });

  it('B44: opens nothing under an initialisation vector of another length', async () => {
    const keys = new VaultKeys(randomBytes(32), vaultId);
    const box = keys.seal(Buffer.from('text'), additional);
    expect(keys.open(box, additional).toString()).toBe('text');
    expect(await codeOf(() => keys.open({ ...box, iv: box.iv.subarray(0, 8) }, additional))).toBe('vault_damaged');
  });
});

describe('keys', () => {
  /** Each derivation gives a pseudo-random key and then the key itself. */
  const keysGiven = (): Buffer[] => digests.filter((_, index) => index % 2 === 1);
  const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

  it('are HKDF-SHA-256 as anybody else computes it, so that every vault made so far opens', () => {
    digests.length = 0;
    const { check } = new VaultKeys(Buffer.alloc(32, 7), vaultId);
    const expected = ['records', 'tally', 'check'].map((what) =>
      Buffer.from(hkdfSync('sha256', Buffer.alloc(32, 7), vaultId, `grantkeep/1/${what}`, 32)).toString('hex'),
    );
    expect(keysGiven().map((key) => key.toString('hex'))).toEqual(expected);
    expect(check).toBe(Buffer.from(expected[2]!, 'hex').toString('base64'));
  });

  it('for sealing, tally and check differ, and differ from vault to vault', () => {
    digests.length = 0;
    const same = (): Buffer => Buffer.alloc(32, 7);
    const one = new VaultKeys(same(), vaultId);
    const other = new VaultKeys(same(), '11'.repeat(16));
    expect(new Set(keysGiven().map((key) => key.toString('hex'))).size).toBe(6);
    expect(one.check).not.toBe(other.check);
    expect(new VaultKeys(same(), vaultId).check).toBe(one.check);
  });

  it('B61: are zero once wiped, the vault key already when they are made', async () => {
    digests.length = 0;
    const vaultKey = randomBytes(32);
    const keys = new VaultKeys(vaultKey, vaultId);
    const box = keys.seal(Buffer.from('text'), additional);
    expect(isZero(vaultKey)).toBe(true);
    expect(digests.filter((_, index) => index % 2 === 0).every(isZero)).toBe(true);
    const [records, tally] = keysGiven();
    expect([isZero(records!), isZero(tally!)]).toEqual([false, false]);
    keys.wipe();
    expect([isZero(records!), isZero(tally!)]).toEqual([true, true]);
    expect(await codeOf(() => keys.seal(Buffer.from('x'), additional))).toBe('vault_not_open');
    expect(await codeOf(() => keys.open(box, additional))).toBe('vault_not_open');
    expect(await codeOf(() => keys.mark('app:one', 1))).toBe('vault_not_open');
  });
});

describe('B45: additional data', () => {
  const bound = { issuer: 'https://i', origins: ['https://a', 'https://b'] };
  it.each([
    ['vault', additionalData('11'.repeat(16), place, bound)],
    ['row', additionalData(vaultId, { ...place, id: 'app:two' }, bound)],
    ['schema', additionalData(vaultId, { ...place, schema: 2 }, bound)],
    ['commit number', additionalData(vaultId, { ...place, commitNumber: 2 }, bound)],
    ['issuer', additionalData(vaultId, place, { ...bound, issuer: 'https://j' })],
    ['one origin', additionalData(vaultId, place, { ...bound, origins: ['https://a', 'https://c'] })],
    ['one origin less', additionalData(vaultId, place, { ...bound, origins: ['https://a'] })],
    ['two origins as one text', additionalData(vaultId, place, { ...bound, origins: ['https://a,https://b'] })],
    ['nothing bound', additionalData(vaultId, place, null)],
  ])('with another %s is another', (_, other) => {
    expect(other.equals(additionalData(vaultId, place, bound))).toBe(false);
  });
});
