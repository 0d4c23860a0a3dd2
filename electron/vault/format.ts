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

/** Exactly so many bytes, and written the one way that writes them. */
const base64Of = (bytes: number) =>
  base64.refine((text) => {
    const read = Buffer.from(text, 'base64');
    return read.length === bytes && read.toString('base64') === text;
  });

/** What a derivation may take of this computer's memory: a header that asks for more would only end the program. */
const mostScryptBytes = 2 ** 30;

const keychainSlot = z.strictObject({
  kind: z.literal('keychain'),
  /** The store that was used when the slot was made (B42), in words. */
  name: z.string().max(100),
});

/** The vault key sealed under a passphrase. The floor (B46) holds for whoever wrote it: an edited header is no way down. */
const passphraseSlot = z.strictObject({
  kind: z.literal('passphrase'),
  kdf: z
    .strictObject({
      name: z.literal('scrypt'),
      n: z
        .number()
        .int()
        .min(2 ** 17)
        .max(2 ** 22)
        .refine((n) => Number.isInteger(Math.log2(n))),
      r: z.number().int().min(8).max(32),
      p: z.number().int().min(1).max(16),
      salt: base64Of(16),
    })
    .refine(({ n, r }) => 128 * n * r <= mostScryptBytes),
  iv: base64Of(12),
  /** 32 bytes of key and 16 of tag. */
  sealedKey: base64Of(48),
});
export type PassphraseSlot = z.infer<typeof passphraseSlot>;

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
