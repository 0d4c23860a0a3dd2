import { z } from 'zod';

/**
 * What a notification may name. A lock screen and a shared screen show notifications to others (security.md A, O):
 * a label is the person's own word for a connection, an account is mostly somebody's e-mail address.
 */
export const noticeNames = z.enum(['none', 'label', 'account']);
export type NoticeNames = z.infer<typeof noticeNames>;

/** How long before its end a token that nobody can renew is told of, at most. */
export const leadHourChoices = [1, 4, 24, 72] as const;
export const leadHours = z.literal(leadHourChoices);
export type LeadHours = z.infer<typeof leadHours>;

export const noticeSettings = z.strictObject({ on: z.boolean(), names: noticeNames, leadHours });
export type NoticeSettings = z.infer<typeof noticeSettings>;

/** Notifications for one connection. Nothing is told of it before `snoozedUntilMs`. */
export const connectionNotices = z.strictObject({
  notify: z.enum(['on', 'off']),
  snoozedUntilMs: z.number().nullable(),
});
export type ConnectionNotices = z.infer<typeof connectionNotices>;

/** How the program stays: with the computer, in the tray, and what it says when it goes. */
export const presenceView = z.strictObject({
  /** Null: it cannot be started with this computer. */
  startsAtLogin: z.boolean().nullable(),
  /** Is there a place for an icon? Without one, closing the window quits, whatever was chosen. */
  trayHosted: z.boolean(),
  closeToTray: z.boolean(),
  /** Is it said at quitting what may end meanwhile? */
  quitWarning: z.boolean(),
  /** Starting with the computer is to be offered: there is something to renew, and nobody was asked yet. */
  offerDue: z.boolean(),
});
export type PresenceView = z.infer<typeof presenceView>;
