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
import { actions, type Action, type ActionId, type ActionMenu } from '../../shared/model/actions.ts';
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
 * The application menu: the one table of actions, Settings and Lock, and the roles that systems bring. Electron's default
 * menu would give Reload the keys of Renew now, and its own Quit asks nobody: the system's shutdown comes the same way.
 * Keys are shown and not registered: they are the window's, where selected text and open dialogs come first.
 */
export function setMenu(text: Catalogue, program: MenuProgram): void {
  const words = text.native.menu;
  const { menus, names } = text.actions;
  const mac = process.platform === 'darwin';
  const line = { type: 'separator' } as const;
  const own = (menu: ActionMenu): MenuItemConstructorOptions[] =>
    (actions as readonly Action[])
      .filter((one) => one.menu === menu)
      .map(({ id, keys }) => ({
        id,
        label: names[id],
        ...(keys === null || (mac && isTakenOnMac(keys))
          ? {}
          : { accelerator: accelerator(keys), registerAccelerator: false }),
        click: () => {
          // Main locks by itself, however the window is; the settings open over whatever the window shows.
          if (id === 'lock') program.lock();
          else if (id === 'settings') program.openSettings();
          else program.act(id);
        },
      }));
  const quits: MenuItemConstructorOptions = {
    label: words.quit,
    accelerator: 'CommandOrControl+Q',
    click: () => program.quit(),
  };
  const appMenu: MenuItemConstructorOptions[] = [
    { role: 'about' },
    line,
    ...own('program'),
    line,
    { role: 'services' },
    line,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    line,
    quits,
  ];
  const editing = (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({ role }));
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ label: text.native.productName, submenu: appMenu }] : []),
    { label: menus.file, submenu: [...own('file'), ...(mac ? [] : [line, ...own('program'), line, quits])] },
    { label: menus.edit, submenu: [...editing, line, ...own('edit')] },
    {
      label: menus.view,
      submenu: [
        ...own('view'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { label: menus.connection, submenu: own('connection') },
    { role: 'windowMenu' },
    { role: 'help', label: menus.help, submenu: own('help') },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

interface MenuProgram {
  act(id: ActionId): void;
  lock(): void;
  openSettings(): void;
  quit(): void;
}

/** macOS gives every key that a menu names to the menu: these are the text fields' and the lists'. */
const isTakenOnMac = (keys: string): boolean => !keys.startsWith('Ctrl') || keys === 'Ctrl C';
const accelerator = (keys: string): string => keys.replace('Ctrl', 'CommandOrControl').replaceAll(' ', '+');
