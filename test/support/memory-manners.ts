import type { NoticeSettings } from '../../shared/model/notices.ts';
import type { Manners, MannerPreferences, Notice, NoticesKept, PresenceKept } from '../../electron/services/ports.ts';

export interface MemoryManners extends Manners {
  preferences: MannerPreferences;
  /** Every notification that was shown, in order. */
  shown: Notice[];
  /** Everything that was kept, as it would lie on the disk. */
  stored(): string;
  system: { startsAtLogin: boolean; hasTray: boolean };
}

/** Notifications that are recorded, preferences in memory, and a desktop that is as told. */
export function memoryManners(supported = true): MemoryManners {
  let settings: NoticeSettings = { on: true, names: 'label', leadHours: 24 };
  let ofConnections: Readonly<Record<string, NoticesKept>> = {};
  let presence: PresenceKept = { closeToTray: false, quitWarning: true, offerAnswered: false };
  const shown: Notice[] = [];
  const system = { startsAtLogin: false, hasTray: true };
  return {
    shown,
    system,
    stored: () => JSON.stringify({ settings, ofConnections, presence }),
    preferences: {
      noticeSettings: () => settings,
      keepNoticeSettings: (value) => (settings = value),
      noticesOfConnections: () => ofConnections,
      keepNoticesOfConnections: (value) => (ofConnections = value),
      presence: () => presence,
      keepPresence: (value) => (presence = value),
    },
    notifications: { supported, show: (notice) => void shown.push(notice) },
    loginStart: {
      supported: true,
      isOn: () => system.startsAtLogin,
      set: (on) => void (system.startsAtLogin = on),
    },
    findTray: () => Promise.resolve(system.hasTray),
  };
}
