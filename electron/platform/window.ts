import { join } from 'node:path';
import {
  BrowserWindow,
  Menu,
  app,
  dialog,
  nativeTheme,
  screen,
  type MenuItemConstructorOptions,
  type Session,
} from 'electron';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Log } from '../services/ports.ts';
import { pageAddress } from './app-protocol.ts';
import type { StoredPreferences, WindowBounds } from './preferences.ts';

const usual = { width: 1280, height: 800 };

/** Kept bounds, unless the screen they were on is gone. */
function startBounds(kept: WindowBounds | null): Partial<WindowBounds> {
  if (kept === null) return usual;
  const seen = screen.getAllDisplays().some(({ workArea }) => {
    const overX = Math.min(kept.x + kept.width, workArea.x + workArea.width) - Math.max(kept.x, workArea.x);
    const overY = Math.min(kept.y + kept.height, workArea.y + workArea.height) - Math.max(kept.y, workArea.y);
    return overX > 100 && overY > 100;
  });
  return seen ? kept : { width: kept.width, height: kept.height };
}

/** The one window. Sandboxed, isolated, without Node; devtools only while the program is not packaged (B23). */
export function openWindow(
  session: Session,
  folder: string,
  preferences: StoredPreferences,
  start: 'shown' | 'minimised',
): BrowserWindow {
  const kept = preferences.windowBounds();
  const window = new BrowserWindow({
    ...startBounds(kept),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Grantkeep',
    // The ground of the list, so that the first frame is no white flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121919' : '#f7faf9',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: join(folder, 'preload', 'preload.cjs'),
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
  if (kept?.maximised === true) window.maximize();
  window.once('ready-to-show', () => (start === 'shown' ? window.show() : window.minimize()));
  window.on('close', () => {
    preferences.rememberWindow({ ...window.getNormalBounds(), maximised: window.isMaximized() });
  });
  void window.loadURL(pageAddress);
  return window;
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

/**
 * Settings and Lock, and the standard editing, zoom and window entries. Electron's default menu would give Reload the
 * keys of Renew now, and its own Quit asks nobody: the system's shutdown comes the same way. The page takes the keys of
 * Settings and Lock itself, so that they also work where no menu is drawn.
 */
export function setMenu(text: Catalogue, program: { lock(): void; openSettings(): void; quit(): void }): void {
  const words = text.native.menu;
  const own: MenuItemConstructorOptions[] = [
    entry(words.settings, 'CmdOrCtrl+,', () => program.openSettings()),
    entry(words.lock, 'CmdOrCtrl+L', () => program.lock()),
    { type: 'separator' },
  ];
  const mac = process.platform === 'darwin';
  const quits: MenuItemConstructorOptions = {
    label: words.quit,
    accelerator: 'CommandOrControl+Q',
    click: () => program.quit(),
  };
  const appMenu: MenuItemConstructorOptions[] = [
    { role: 'about' },
    { type: 'separator' },
    ...own,
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    quits,
  ];
  const template: MenuItemConstructorOptions[] = [
    mac ? { label: text.native.productName, submenu: appMenu } : { label: words.file, submenu: [...own, quits] },
    { role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function entry(label: string, accelerator: string, click: () => void): MenuItemConstructorOptions {
  return { label, accelerator, registerAccelerator: false, click };
}
