import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * `vault.json`, the one part of a vault that is in clear. It is read before anything else is opened, and a vault
 * that is not ours or newer than this program ends there (B50). Nobody seals it, so nothing trusts it: an edited
 * vault id or check value opens nothing.
 */

export const vaultMagic = 'grantkeep-vault';
export const vaultFormatVersion = 1;

/** Far above what five slots need, far below what could hurt. */
const headerLimit = 64 * 1024;

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(200);

const keychainSlot = z.strictObject({
  kind: z.literal('keychain'),
  /** The store that was used when the slot was made (B42), in words. */
  name: z.string().max(100),
});

/**
 * The vault key sealed under a passphrase. No program writes one yet; it stands here because it belongs to version 1,
 * and so that its floor (B46) holds from the first program that reads one.
 */
const passphraseSlot = z.strictObject({
  kind: z.literal('passphrase'),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    n: z
      .number()
      .int()
      .min(2 ** 17)
      .max(2 ** 22),
    r: z.number().int().min(8).max(32),
    p: z.number().int().min(1).max(16),
    salt: base64,
  }),
  iv: base64,
  sealedKey: base64,
});

const vaultHeader = z.strictObject({
  magic: z.literal(vaultMagic),
  formatVersion: z.literal(vaultFormatVersion),
  vaultId: z.string().regex(/^[0-9a-f]{32}$/),
  createdAt: z.iso.datetime(),
  keySlots: z
    .array(z.discriminatedUnion('kind', [keychainSlot, passphraseSlot]))
    .min(1)
    .max(8),
  keyCheck: base64,
});
export type VaultHeader = z.infer<typeof vaultHeader>;

export type Judgement =
  { verdict: 'foreign' } | { verdict: 'newer' } | { verdict: 'damaged' } | { verdict: 'ok'; header: VaultHeader };

const knownSlots: readonly unknown[] = ['keychain', 'passphrase'];

/** In this order: is it ours, is it newer than us, is it whole. */
export function judgeHeader(text: string): Judgement {
  if (text.length > headerLimit) return { verdict: 'foreign' };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Zeros or half a file: what a failing disk leaves of a header. Whose it was can no longer be said.
    return { verdict: 'damaged' };
  }
  const first = z.object({ magic: z.literal(vaultMagic), formatVersion: z.unknown() }).safeParse(content);
  if (!first.success) return { verdict: 'foreign' };
  const { formatVersion } = first.data;
  if (typeof formatVersion === 'number' && formatVersion > vaultFormatVersion) return { verdict: 'newer' };
  // A kind of slot that a later program adds within version 1 is no damage.
  const slots = z.object({ keySlots: z.array(z.object({ kind: z.string() })) }).safeParse(content);
  if (slots.success && slots.data.keySlots.some((slot) => !knownSlots.includes(slot.kind))) return { verdict: 'newer' };
  const whole = vaultHeader.safeParse(content);
  return whole.success ? { verdict: 'ok', header: whole.data } : { verdict: 'damaged' };
}

export function writeHeaderText(header: VaultHeader): string {
  return `${JSON.stringify(vaultHeader.parse(header), null, 2)}\n`;
}

export function keyFits(header: VaultHeader, check: string): boolean {
  const expected = Buffer.from(header.keyCheck, 'base64');
  const given = Buffer.from(check, 'base64');
  return expected.length === given.length && timingSafeEqual(expected, given);
}
