import { z } from 'zod';

/** What can be made to happen at a practice provider. Each stands for a day that comes to everybody once. */
export const happenings = [
  'expired',
  'revoked_elsewhere',
  'new_refresh_token',
  'answer_lost',
  'too_many',
  'server_error',
  'web_page',
  'slow',
  'clock_wrong',
] as const;
export const happening = z.enum(happenings);
export type Happening = z.infer<typeof happening>;

/** `normal` takes back whatever still waits to happen; what has happened stays. */
export const practiceAct = z.enum([...happenings, 'normal']);
export type PracticeAct = z.infer<typeof practiceAct>;

export const practiceSystem = z.strictObject({
  providerId: z.string(),
  /** What can happen there: a system without refresh tokens never rotates one. */
  can: z.array(happening),
  /** What waits to happen. `callsLeft` null = until it is back to normal. */
  armed: z.array(z.strictObject({ what: happening, callsLeft: z.number().int().positive().nullable() })),
});
export type PracticeSystem = z.infer<typeof practiceSystem>;

export const practiceStatus = z.strictObject({
  open: z.boolean(),
  hosts: z.array(z.string()),
  systems: z.array(practiceSystem),
});
export type PracticeStatus = z.infer<typeof practiceStatus>;
