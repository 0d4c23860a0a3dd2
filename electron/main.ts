import { join, resolve } from 'node:path';
import { app, dialog, ipcMain } from 'electron';
import { waitingCalls } from './ipc/early-calls.ts';
import { registerAppScheme, serveWindow } from './platform/app-protocol.ts';
import { startedHidden } from './platform/started-hidden.ts';
import { endIfOpenedUp, isSealed } from './platform/sealed.ts';
import { hardenAllContents, windowSession } from './platform/session-policy.ts';
import { newWindow } from './platform/window.ts';
import type { World } from './world.ts';

// The fences, and the window: its process starts while the rest of the program is still being read (`world.ts`).
endIfOpenedUp();
/** `--profile=FOLDER` keeps everything of one profile in that folder; without it, the system's usual place. */
const profileFolder = app.commandLine.getSwitchValue('profile');
if (profileFolder !== '') app.setPath('userData', resolve(profileFolder));
app.setPath('crashDumps', join(app.getPath('userData'), 'crashes'));
// A test run as root has to start Chromium with --no-sandbox; a packaged program never gives the sandbox up.
if (isSealed || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
hardenAllContents();

async function start(): Promise<World> {
  const built = join(app.getAppPath(), 'out');
  const session = windowSession();
  const served = serveWindow(session, join(built, 'renderer'));
  const calls = waitingCalls(ipcMain);
  const window = startedHidden() ? null : newWindow(session, built);
  // The page gets its files first, since to read them takes its process as long as to read the rest takes this one. Until
  // then this thread must be free: each of the page's steps passes through it.
  if (window !== null) await served;
  const { joinWorld } = await import('./world.ts');
  return joinWorld({ built, profileFolder, session, calls, window });
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  let world: World | null = null;
  /** Asked for by a second start before there is anybody to show it. */
  let isWanted = false;
  let stage: 'running' | 'ending' | 'ended' = 'running';
  app.on('second-instance', (_event, words) => {
    // The computer starting what runs already is no wish to see it.
    if (words.includes('--hidden')) return;
    if (world === null) isWanted = true;
    else world.show();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    world?.leave();
    if (stage === 'ended' || world === null) return;
    // Once: keep what is under way, clear our clipboard, close the vault, then go. A second "quit" meanwhile (the
    // window's cross after Ctrl+Q) waits as well, or it would cut off what the first is still saving.
    event.preventDefault();
    if (stage === 'ending') return;
    stage = 'ending';
    const go = (): void => {
      stage = 'ended';
      app.quit();
    };
    world.end().then(go, go);
  });
  void app
    .whenReady()
    .then(start)
    .then(
      (started) => {
        world = started;
        if (isWanted) world.show();
      },
      async () => {
        const { catalogueFor } = await import('../shared/text/catalogue.ts');
        const words = catalogueFor(app.getLocale()).native.crash;
        dialog.showErrorBox(words.title, words.body);
        app.exit(1);
      },
    );
}
