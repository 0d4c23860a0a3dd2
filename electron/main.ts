import { join, resolve } from 'node:path';
import { app, dialog, ipcMain } from 'electron';
import { catalogueFor } from '../shared/text/catalogue.ts';
import { registerRouter } from './ipc/router.ts';
import { pageOrigin, registerAppScheme } from './platform/app-protocol.ts';
import { systemBrowser } from './platform/browser.ts';
import { systemClipboard } from './platform/clipboard.ts';
import { endIfOpenedUp, isSealed } from './platform/sealed.ts';
import { systemClock } from './platform/clock.ts';
import { confirmInDialog } from './platform/confirm.ts';
import { Desk } from './platform/desk.ts';
import { filesInDialogs, openFolder } from './platform/files.ts';
import { loopbackListeners } from './platform/loopback.ts';
import { fileLog } from './platform/log.ts';
import { startPracticeProviders } from './platform/practice-providers.ts';
import { followPower, idleSeconds, watchClock } from './platform/power.ts';
import { openPreferences } from './platform/preferences.ts';
import { hardenAllContents } from './platform/session-policy.ts';
import { systemBackups } from './platform/system-backups.ts';
import { createTransport } from './platform/transport.ts';
import { watchUnforeseen } from './platform/unforeseen.ts';
import { systemVaultDoor } from './platform/vault-door.ts';
import { buildProgram, type Program } from './program.ts';
import { TrueTime } from './services/true-time.ts';

// Composition root: the real world is joined here and nowhere else.
endIfOpenedUp();
/** `--profile=FOLDER` keeps everything of one profile in that folder; without it, the system's usual place. */
const profileFolder = app.commandLine.getSwitchValue('profile');
if (profileFolder !== '') app.setPath('userData', resolve(profileFolder));
app.setPath('crashDumps', join(app.getPath('userData'), 'crashes'));
// A test run as root has to start Chromium with --no-sandbox; a packaged program never gives the sandbox up.
if (isSealed || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
hardenAllContents();

let desk: Desk | null = null;

function start(): Program {
  const dataFolder = app.getPath('userData');
  const log = fileLog(join(dataFolder, 'logs'), () => Date.now());
  const preferences = openPreferences(dataFolder);
  const language = app.getLocale();
  const text = catalogueFor(language);
  watchUnforeseen(log, text.native);
  const built = join(app.getAppPath(), 'out');
  const time = new TrueTime(systemClock);
  const here = new Desk({ built, profile: profileFolder, preferences, text, language, nowMs: () => time.nowMs(), log });
  desk = here;
  const program = buildProgram({
    ...{ clock: time, correction: time },
    log,
    transport: time.over(createTransport({ nowMs: () => Date.now() })),
    clipboard: systemClipboard,
    browser: systemBrowser,
    listeners: loopbackListeners(() => text.loopback),
    attention: here.show,
    confirm: confirmInDialog(here.window, text.native),
    files: filesInDialogs(here.window, text.native),
    preferences,
    idleSeconds,
    freshWindow: here.freshRenderer,
    manners: here.manners,
    door: systemVaultDoor(dataFolder),
    ...systemBackups(built, here.window, text),
    startPractice: () => startPracticeProviders(() => time.nowMs()),
    openDataFolder: () => openFolder(dataFolder),
    about: {
      language,
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      version: app.getVersion(),
      dataFolder,
    },
    push: here.push,
    pushRestMs: 100,
    random: () => Math.random(),
  });
  registerRouter(ipcMain, program.handlers, log, pageOrigin, here.contentsId);
  here.begin(program);
  watchClock(time);
  followPower(program);
  return program;
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  let program: Program | null = null;
  let stage: 'running' | 'ending' | 'ended' = 'running';
  app.on('second-instance', (_event, words) => {
    // The computer starting what runs already is no wish to see it.
    if (!words.includes('--hidden')) desk?.show();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    desk?.leave();
    if (stage === 'ended' || program === null) return;
    // Once: keep what is under way, clear our clipboard, close the vault, then go. A second "quit" meanwhile (the
    // window's cross after Ctrl+Q) waits as well, or it would cut off what the first is still saving.
    event.preventDefault();
    if (stage === 'ending') return;
    stage = 'ending';
    const go = (): void => {
      stage = 'ended';
      app.quit();
    };
    program.end().then(go, go);
  });
  void app
    .whenReady()
    .then(start)
    .then(
      (started) => (program = started),
      () => {
        const words = catalogueFor(app.getLocale()).native.crash;
        dialog.showErrorBox(words.title, words.body);
        app.exit(1);
      },
    );
}
