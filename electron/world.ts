import { join } from 'node:path';
import { app, type BrowserWindow, type Session } from 'electron';
import { catalogueFor } from '../shared/text/catalogue.ts';
import { registerRouter, type Invokable } from './ipc/router.ts';
import { pageOrigin } from './platform/app-protocol.ts';
import { systemBrowser } from './platform/browser.ts';
import { systemClipboard } from './platform/clipboard.ts';
import { systemClock } from './platform/clock.ts';
import { confirmInDialog } from './platform/confirm.ts';
import { Desk } from './platform/desk.ts';
import { filesInDialogs, openFolder } from './platform/files.ts';
import { loopbackListeners } from './platform/loopback.ts';
import { fileLog } from './platform/log.ts';
import { startPracticeProviders } from './platform/practice-providers.ts';
import { followPower, idleSeconds, watchClock } from './platform/power.ts';
import { openPreferences } from './platform/preferences.ts';
import { systemBackups } from './platform/system-backups.ts';
import { createTransport } from './platform/transport.ts';
import { watchUnforeseen } from './platform/unforeseen.ts';
import { systemVaultDoor } from './platform/vault-door.ts';
import { buildProgram } from './program.ts';
import { TrueTime } from './services/true-time.ts';

/** Everything that was begun before the rest was read. */
export interface Begun {
  /** Folder of the built page and preload. */
  built: string;
  /** The folder of `--profile`, or none. */
  profileFolder: string;
  session: Session;
  calls: Invokable;
  window: BrowserWindow | null;
}

export interface World {
  /** Brings the window to the front. */
  show(): void;
  /** The program is ending: a window that closes just closes. */
  leave(): void;
  end(): Promise<void>;
}

/** The real world is joined here and nowhere else; begins to open the vault. */
export function joinWorld({ built, profileFolder, session, calls, window }: Begun): World {
  const dataFolder = app.getPath('userData');
  const log = fileLog(join(dataFolder, 'logs'), () => Date.now());
  const preferences = openPreferences(dataFolder);
  const language = app.getLocale();
  const text = catalogueFor(language);
  watchUnforeseen(log, text.native);
  const time = new TrueTime(systemClock);
  const desk = new Desk({
    ...{ built, session, window, preferences, text, language, log },
    profile: profileFolder,
    nowMs: () => time.nowMs(),
  });
  const program = buildProgram({
    ...{ clock: time, correction: time },
    log,
    transport: time.over(createTransport({ nowMs: () => Date.now() })),
    clipboard: systemClipboard,
    browser: systemBrowser,
    listeners: loopbackListeners(() => text.loopback),
    attention: desk.show,
    confirm: confirmInDialog(desk.window, text.native),
    files: filesInDialogs(desk.window, text.native),
    preferences,
    idleSeconds,
    freshWindow: desk.freshRenderer,
    manners: desk.manners,
    door: systemVaultDoor(dataFolder),
    ...systemBackups(built, desk.window, text),
    startPractice: () => startPracticeProviders(() => time.nowMs()),
    openDataFolder: () => openFolder(dataFolder),
    about: {
      language,
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      version: app.getVersion(),
      dataFolder,
    },
    push: desk.push,
    pushRestMs: 100,
    random: () => Math.random(),
  });
  registerRouter(calls, program.handlers, log, pageOrigin, desk.contentsId);
  desk.begin(program);
  watchClock(time);
  followPower(program);
  return { show: desk.show, leave: () => desk.leave(), end: () => program.end() };
}
