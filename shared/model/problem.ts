import { z } from 'zod';
import { errorCodes, fieldNames } from '../errors.ts';

/** An AppError as it crosses to the window: the code and the facts that are safe to draw. */
export const problem = z.strictObject({
  code: z.enum(errorCodes),
  facts: z.strictObject({
    status: z.number().optional(),
    host: z.string().max(260).optional(),
    contentType: z.string().max(100).optional(),
    providerCode: z.string().max(80).optional(),
    providerText: z.string().max(200).optional(),
    membersSeen: z.array(z.string().max(60)).max(20).optional(),
    field: z.enum(fieldNames).optional(),
    retryAtMs: z.number().optional(),
    name: z.string().max(300).optional(),
    expected: z.string().max(300).optional(),
    systemCode: z.string().max(60).optional(),
  }),
});
export type Problem = z.infer<typeof problem>;
