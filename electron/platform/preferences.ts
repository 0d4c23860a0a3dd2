import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { connectionNotices, noticeSettings, type NoticeSettings } from '../../shared/model/notices.ts';
import { settings, usualSettings, type Settings } from '../../shared/model/settings.ts';
import type { MannerPreferences, Preferences } from '../services/ports.ts';

const bounds = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200),
  height: z.number().int().min(200),
  maximised: z.boolean(),
});
export type WindowBounds = z.infer<typeof bounds>;

const { shape: set } = settings;
const usualNotices: NoticeSettings = { on: true, names: 'label', leadHours: 24 };
const usualPresence = { closeToTray: false, quitWarning: true, offerAnswered: false };

/** By the connection's id, which is random: what was told of it by its cause, and nothing that names it. */
const noticesOfConnections = z.record(
  z.string().max(80),
  connectionNotices.extend({
    told: z
      .strictObject({ generation: z.number().int(), causes: z.array(z.string().max(60)).max(20).readonly() })
      .nullable()
      .catch(null),
  }),
);

const shape = z.object({
  window: bounds.nullable().catch(null).default(null),
  lastCopiedConnectionId: z.string().max(80).nullable().catch(null).default(null),
  lockAfterMinutes: set.lockAfterMinutes.catch(usualSettings.lockAfterMinutes).default(usualSettings.lockAfterMinutes),
  lockOnSleep: set.lockOnSleep.catch(usualSettings.lockOnSleep).default(usualSettings.lockOnSleep),
  lockOnScreenLock: set.lockOnScreenLock.catch(usualSettings.lockOnScreenLock).default(usualSettings.lockOnScreenLock),
  keepRenewingWhileLocked: set.keepRenewingWhileLocked
    .catch(usualSettings.keepRenewingWhileLocked)
    .default(usualSettings.keepRenewingWhileLocked),
  clipboardSeconds: set.clipboardSeconds.catch(usualSettings.clipboardSeconds).default(usualSettings.clipboardSeconds),
  renewalLeadSeconds: z.number().int().min(30).max(3600).catch(300).default(300),
  notices: noticeSettings.catch(usualNotices).default(usualNotices),
  noticesOfConnections: noticesOfConnections.catch({}).default({}),
  presence: z
    .strictObject({ closeToTray: z.boolean(), quitWarning: z.boolean(), offerAnswered: z.boolean() })
    .catch(usualPresence)
    .default(usualPresence),
});
type Shape = z.infer<typeof shape>;

export interface StoredPreferences extends Preferences, MannerPreferences {
  windowBounds(): WindowBounds | null;
  rememberWindow(value: WindowBounds): void;
}

/**
 * Preferences and window state: small, not secret. A broken file is set aside as `.bad` and defaults are used;
 * the vault is never touched by it (F14). electron-store's own `encryptionKey` and `clearInvalidConfig` stay off:
 * the first is no protection, the second empties the file. Read once: every look at the schedule asks, and a file
 * that somebody breaks later must not stop it.
 */
export function openPreferences(folder: string): StoredPreferences {
  const file = join(folder, 'preferences.json');
  const openStore = (): ElectronStore<Shape> =>
    new ElectronStore<Shape>({ name: 'preferences', cwd: folder, configFileMode: 0o600, clearInvalidConfig: false });
  const opened = (): ElectronStore<Shape> | null => {
    try {
      return openStore();
    } catch {
      try {
        if (existsSync(file)) renameSync(file, `${file}.bad`);
        return openStore();
      } catch {
        // A disk that takes nothing is the vault's to tell of (F5); preferences then live as long as the program.
        return null;
      }
    }
  };
  const store = opened();
  let known: Shape = shape.parse(store?.store ?? {});
  const read = (): Shape => known;
  const write = <K extends keyof Shape>(key: K, value: Shape[K]): void => {
    known = { ...known, [key]: value };
    try {
      store?.set(key, value);
    } catch {
      // A full or read-only disk: a forgotten window position is no reason to stop.
    }
  };
  return {
    lastCopiedConnectionId: () => read().lastCopiedConnectionId,
    rememberCopied: (connectionId) => write('lastCopiedConnectionId', connectionId),
    clipboardSeconds: () => read().clipboardSeconds,
    renewalLeadSeconds: () => read().renewalLeadSeconds,
    settings: () => settings.strip().parse(read()),
    keepSettings(change) {
      for (const name of Object.keys(settings.shape) as (keyof Settings)[]) {
        const value = change[name];
        if (value !== undefined) write(name, value);
      }
    },
    noticeSettings: () => read().notices,
    keepNoticeSettings: (value) => write('notices', value),
    noticesOfConnections: () => read().noticesOfConnections,
    keepNoticesOfConnections: (value) => write('noticesOfConnections', { ...value }),
    presence: () => read().presence,
    keepPresence: (value) => write('presence', value),
    windowBounds: () => read().window,
    rememberWindow: (value) => write('window', value),
  };
}
