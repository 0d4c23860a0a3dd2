import { z } from 'zod';

/** What a person sets, kept at once. None of it is a secret, and none of it is in the vault. */
export const settings = z.strictObject({
  /** Without a key or a click for so long, anywhere on this computer. Null: not by itself. */
  lockAfterMinutes: z.number().int().min(1).max(1440).nullable(),
  lockOnSleep: z.boolean(),
  lockOnScreenLock: z.boolean(),
  /** On: main keeps the key while locked, and hands nothing out. Off: the key is wiped, and renewal waits. */
  keepRenewingWhileLocked: z.boolean(),
  clipboardSeconds: z.number().int().min(5).max(300),
});
export type Settings = z.infer<typeof settings>;

export const usualSettings: Settings = {
  lockAfterMinutes: 15,
  lockOnSleep: true,
  lockOnScreenLock: true,
  keepRenewingWhileLocked: true,
  clipboardSeconds: 30,
};

/** Only what changes. */
export const settingsInput = settings.partial();

/** Shorter than this is no passphrase. Counted in signs as a person counts them. */
export const leastPassphraseLength = 8;
