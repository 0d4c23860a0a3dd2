/** Menus, dialogs and notices drawn by the system. */
export const native = {
  productName: 'Grantkeep',
  menu: { file: 'File', view: 'View', quit: 'Quit Grantkeep' },
  /** Main failed in a way nobody foresaw: no stack, no secret, only that the vault is safe. */
  crash: {
    title: 'Grantkeep met an error of its own',
    body: 'What was saved is kept. If the window does not answer, close it and open Grantkeep again.',
  },
};
