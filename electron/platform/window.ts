import { join } from 'node:path';
import { BrowserWindow, app, dialog, nativeTheme, screen, type Session } from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Log } from '../services/ports.ts';
import { pageAddress } from './app-protocol.ts';
import type { StoredPreferences, WindowBounds } from './preferences.ts';

const usual = { width: 1280, height: 800 };

/** Kept bounds, unless the screen they were on is gone. */
function startBounds(kept: WindowBounds): Partial<WindowBounds> {
  const seen = screen.getAllDisplays().some(({ workArea }) => {
    const overX = Math.min(kept.x + kept.width, workArea.x + workArea.width) - Math.max(kept.x, workArea.x);
    const overY = Math.min(kept.y + kept.height, workArea.y + workArea.height) - Math.max(kept.y, workArea.y);
    return overX > 100 && overY > 100;
  });
  const { x, y, width, height } = kept;
  return seen ? { x, y, width, height } : { width, height };
}

/**
 * The one window. Sandboxed, isolated, without Node; devtools only while the program is not packaged (B23). It is not
 * shown yet: `placeWindow` says where. Until then its process starts and reads the page.
 */
export function newWindow(session: Session, built: string): BrowserWindow {
  const window = new BrowserWindow({
    ...usual,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Grantkeep',
    // The ground of the list, so that the first frame is no white flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121919' : '#f7faf9',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: join(built, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  void window.loadURL(pageAddress);
  return window;
}

/** Puts it where it was left, shows it with its first frame, and keeps where it is left this time. */
export function placeWindow(window: BrowserWindow, preferences: StoredPreferences, start: 'shown' | 'minimised'): void {
  const kept = preferences.windowBounds();
  if (kept !== null) window.setBounds(startBounds(kept));
  if (kept?.maximised === true) window.maximize();
  window.once('ready-to-show', () => (start === 'shown' ? window.show() : window.minimize()));
  window.on('close', () => {
    preferences.rememberWindow({ ...window.getNormalBounds(), maximised: window.isMaximized() });
  });
}

/** Also from the task bar, and over whatever the person was doing. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

const mostCrashes = 3;
const withinMs = 60_000;

/** Windows whose process was ended on purpose, until that is seen. */
const ending = new WeakSet<BrowserWindow>();

/**
 * At a lock: the process goes, and with it every copy of a name or an answer in its memory (B33). Bitwarden does the
 * same; emptying a page leaves its old strings where they were.
 */
export function freshRenderer(window: BrowserWindow): void {
  ending.add(window);
  window.webContents.forcefullyCrashRenderer();
}

/** F47: main's work goes on, the window comes back. One that crashes as it opens is not reloaded for ever. */
export function reloadAfterCrash(window: BrowserWindow, text: Catalogue, log: Log): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', () => {
    if (ending.delete(window)) {
      void window.loadURL(pageAddress);
      return;
    }
    log.write('window crashed');
    crashes = [...crashes.filter((atMs) => atMs > Date.now() - withinMs), Date.now()];
    if (crashes.length <= mostCrashes) {
      window.reload();
      return;
    }
    dialog.showErrorBox(text.native.crash.title, text.native.crash.body);
    window.destroy();
  });
}
