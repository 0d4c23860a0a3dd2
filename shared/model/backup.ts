import { z } from 'zod';

/**
 * The fewest characters of a backup's passphrase. Whoever holds the file may try as long as they like, with nobody to
 * slow them down, so it is longer than one that only opens a vault here.
 */
export const backupPassphraseLength = 12;

/** A sealed copy of the vault beside it, by the moment it was made. */
export const dailyCopy = z.strictObject({ id: z.string().max(80), madeAtMs: z.number() });
export type DailyCopy = z.infer<typeof dailyCopy>;
