import { join, resolve } from 'node:path';
import { BrowserWindow, app, dialog, ipcMain } from 'electron';
import { stateTopic } from '../shared/ipc/channels.ts';
import { catalogueFor } from '../shared/text/catalogue.ts';
import { registerRouter } from './ipc/router.ts';
import { pageOrigin, registerAppScheme, serveWindow } from './platform/app-protocol.ts';
import { systemBrowser } from './platform/browser.ts';
import { systemClipboard } from './platform/clipboard.ts';
import { systemClock } from './platform/clock.ts';
import { confirmInDialog } from './platform/confirm.ts';
import { filesInDialogs, openFolder } from './platform/files.ts';
import { systemKeychain } from './platform/keychain.ts';
import { loopbackListeners } from './platform/loopback.ts';
import { fileLog } from './platform/log.ts';
import { startPracticeProviders } from './platform/practice-providers.ts';
import { watchPower } from './platform/power.ts';
import { openPreferences } from './platform/preferences.ts';
import { hardenAllContents, windowSession } from './platform/session-policy.ts';
import { createTransport } from './platform/transport.ts';
import { vaultDoor } from './platform/vault-door.ts';
import { bringForward, openWindow, reloadAfterCrash, setMenu } from './platform/window.ts';
import { buildProgram, type Program } from './program.ts';

// Composition root: the real world is joined here and nowhere else.

/** `--profile=FOLDER` keeps everything of one profile in that folder; without it, the system's usual place. */
const profileFolder = app.commandLine.getSwitchValue('profile');
if (profileFolder !== '') app.setPath('userData', resolve(profileFolder));
app.setPath('crashDumps', join(app.getPath('userData'), 'crashes'));
// A test run as root has to start Chromium with --no-sandbox; a packaged program never gives the sandbox up.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
hardenAllContents();

const built = join(app.getAppPath(), 'out');
let window: BrowserWindow | null = null;

const showWindow = (): void => bringForward(window);

function start(): Program {
  const dataFolder = app.getPath('userData');
  const log = fileLog(join(dataFolder, 'logs'), () => Date.now());
  process.on('uncaughtException', () => log.write('uncaught error'));
  process.on('unhandledRejection', () => log.write('unhandled rejection'));
  const preferences = openPreferences(dataFolder);
  const language = app.getLocale();
  const words = catalogueFor(language);
  const program = buildProgram({
    clock: systemClock,
    log,
    transport: createTransport({ nowMs: () => Date.now() }),
    clipboard: systemClipboard,
    browser: systemBrowser,
    listeners: loopbackListeners(() => words.loopback),
    attention: showWindow,
    confirm: confirmInDialog(() => window, words.native),
    files: filesInDialogs(() => window, words.native),
    preferences,
    door: vaultDoor(dataFolder, systemKeychain({ service: 'Grantkeep', platform: process.platform })),
    startPractice: () => startPracticeProviders(() => Date.now()),
    openDataFolder: () => openFolder(dataFolder),
    about: {
      language,
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      version: app.getVersion(),
      dataFolder,
    },
    push: (delta) => window?.webContents.send(stateTopic, delta),
    random: () => Math.random(),
  });
  registerRouter(ipcMain, program.handlers, log, pageOrigin, () => window?.webContents.id ?? null);
  const session = windowSession();
  serveWindow(session, join(built, 'renderer'));
  setMenu(words, program.act);
  // The keychain and the window start side by side: neither waits for the other.
  void program.begin();
  window = openWindow(session, built, preferences);
  reloadAfterCrash(window, words, log);
  window.on('closed', () => (window = null));
  watchPower(program);
  return program;
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  let program: Program | null = null;
  let stage: 'running' | 'ending' | 'ended' = 'running';
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
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
