import { createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openPassphraseSlot, sealUnderPassphrase } from '../../../electron/vault/passphrase-slot.ts';
import { Secret } from '../../../electron/secret.ts';
import { codeOf } from '../../support/vault-rig.ts';

const vaultId = '0f'.repeat(16);

describe('a passphrase slot, with the real cost', () => {
  it('B46: is scrypt and AES-256-GCM as anybody else computes them', async () => {
    const vaultKey = randomBytes(32);
    const slot = await sealUnderPassphrase(vaultKey, vaultId, new Secret('drawbridge lantern'));
    const salt = Buffer.from(slot.kdf.salt, 'base64');
    const options = { N: 131_072, r: 8, p: 1, maxmem: 2 ** 28 };
    const derivedKey = scryptSync('drawbridge lantern', salt, 32, options);
    const sealed = Buffer.from(slot.sealedKey, 'base64');
    const iv = Buffer.from(slot.iv, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', derivedKey, iv, { authTagLength: 16 });
    decipher.setAuthTag(sealed.subarray(32));
    decipher.setAAD(Buffer.from(`["grantkeep key slot","${vaultId}","passphrase"]`));
    expect(Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()])).toEqual(vaultKey);
    expect(await openPassphraseSlot(slot, vaultId, new Secret('drawbridge lantern'))).toEqual(vaultKey);
    expect(await codeOf(() => openPassphraseSlot(slot, vaultId, new Secret('drawbridge Lantern')))).toBe(
      'wrong_passphrase',
    );
  });

  it('B46: does not hold up the program while it derives', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await sealUnderPassphrase(randomBytes(32), vaultId, new Secret('drawbridge lantern'));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });
});
