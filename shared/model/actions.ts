/**
 * THE table of what can be done: the application menu, context menus, keys, the command palette and the list of
 * shortcuts all come from it. Words: `shared/text` (`actions`). Keys are written with Ctrl, which is Cmd on macOS.
 */
export const actions = [
  { id: 'connect', on: 'program', menu: 'file', keys: 'Ctrl N' },
  { id: 'palette', on: 'program', menu: 'view', keys: 'Ctrl K' },
  { id: 'find', on: 'program', menu: 'edit', keys: 'Ctrl F' },
  { id: 'findToken', on: 'program', menu: 'edit', keys: null },
  { id: 'all', on: 'program', menu: 'view', keys: null },
  { id: 'needsYou', on: 'program', menu: 'view', keys: null },
  { id: 'expiringSoon', on: 'program', menu: 'view', keys: null },
  { id: 'timeline', on: 'program', menu: 'view', keys: null },
  { id: 'apps', on: 'program', menu: 'view', keys: null },
  { id: 'settings', on: 'program', menu: 'program', keys: 'Ctrl ,' },
  { id: 'lock', on: 'program', menu: 'program', keys: 'Ctrl L' },
  { id: 'shortcuts', on: 'program', menu: 'help', keys: 'Ctrl /' },
  { id: 'open', on: 'connection', menu: 'connection', keys: 'Enter' },
  { id: 'copy', on: 'connection', menu: 'connection', keys: 'Ctrl C' },
  { id: 'copyAs', on: 'connection', menu: 'connection', keys: 'Ctrl Shift C' },
  { id: 'renew', on: 'connection', menu: 'connection', keys: 'Ctrl R' },
  { id: 'test', on: 'connection', menu: 'connection', keys: null },
  { id: 'diagnose', on: 'connection', menu: 'connection', keys: null },
  { id: 'rename', on: 'connection', menu: 'connection', keys: 'F2' },
  { id: 'signIn', on: 'connection', menu: 'connection', keys: null },
  { id: 'revoke', on: 'connection', menu: 'connection', keys: null },
  { id: 'remove', on: 'connection', menu: 'connection', keys: 'Delete' },
] as const satisfies readonly ActionRow[];

/** `program`: with Quit, which is in the File menu or, on macOS, in the program's own. */
export type ActionMenu = 'file' | 'edit' | 'view' | 'connection' | 'program' | 'help';

interface ActionRow {
  id: string;
  /** What it is done with: the program as a whole, or the chosen connection. */
  on: 'program' | 'connection';
  menu: ActionMenu;
  keys: string | null;
}

export type ActionId = (typeof actions)[number]['id'];
export const actionIds = actions.map(({ id }) => id) as [ActionId, ...ActionId[]];

export type Action = ActionRow & { id: ActionId };

export function actionOf(id: ActionId): Action {
  const found = actions.find((one) => one.id === id);
  if (found === undefined) throw new Error('every id has its row');
  return found;
}

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Is this the press that the table names? With Caps Lock on the same key says "C". */
export function isPressOf(id: ActionId, event: Pressed, platform: 'linux' | 'darwin' | 'win32'): boolean {
  const { keys } = actionOf(id);
  if (keys === null || event.altKey) return false;
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  const command = platform === 'darwin' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  const bare = !event.ctrlKey && !event.metaKey;
  if (parts.includes('Ctrl') ? !command : !bare) return false;
  // On some keyboards "/" is typed with Shift.
  if (key !== '/' && parts.includes('Shift') !== event.shiftKey) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}
