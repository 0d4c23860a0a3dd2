import { Menu, app, type MenuItemConstructorOptions } from 'electron';
import { actions, type Action, type ActionId, type ActionMenu } from '../../shared/model/actions.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';

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
