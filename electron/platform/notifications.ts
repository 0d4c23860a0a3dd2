import { Notification } from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Notifications } from '../services/ports.ts';
import { noticeWords, type MomentWords } from './native-words.ts';

/** Shown by the system. `pressed` gets the connection that the notification names, or would name, first. */
export function systemNotifications(
  text: Catalogue,
  moments: () => MomentWords,
  pressed: (connectionId: string | null) => void,
): Notifications {
  /** Held while they stand: a collected one would not answer a press. */
  const standing = new Map<Notification, readonly string[]>();
  return {
    get supported() {
      return Notification.isSupported();
    },
    show(notice) {
      const told = new Set(notice.connectionIds);
      // What works again must not go on asking for a sign-in from the system's list.
      for (const [old, ids] of standing) if (ids.every((id) => told.has(id))) old.close();
      const { title, body } = noticeWords(text, notice, moments());
      const notification = new Notification({ title, body, silent: notice.kind === 'recovered' });
      standing.set(notification, notice.connectionIds);
      notification.on('click', () => pressed(notice.connectionIds[0] ?? null));
      notification.on('close', () => standing.delete(notification));
      notification.on('failed', () => standing.delete(notification));
      notification.show();
    },
  };
}
