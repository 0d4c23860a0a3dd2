import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { english as text } from '../../shared/text/catalogue.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';

const passphrase = 'drawbridge lantern';

let app: RealApp;
let profile: Awaited<ReturnType<typeof freshProfile>>;

// A system without a keychain: no bus to ask, so that the first run has to offer a passphrase.
const withoutKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', XDG_RUNTIME_DIR: '/nonexistent' };

beforeAll(async () => {
  profile = await freshProfile();
  app = await launch(profile.folder, { env: withoutKeychain });
});
afterAll(async () => {
  await app.quit();
  await profile.remove();
});

/** The window by main's hand: a page whose process was ended is lost to the driver, the window is not. */
const inWindow = (script: string): Promise<unknown> =>
  app.electron.evaluate(
    ({ BrowserWindow }, code): Promise<unknown> =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code),
    script,
  );
const drawn = (): Promise<string> => inWindow('document.body.innerText').then(String, () => '');
const processId = (): Promise<number> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
const type = (typed: string): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, signs) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    for (const keyCode of signs) webContents.sendInputEvent({ type: 'char', keyCode });
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Enter' });
    webContents.sendInputEvent({ type: 'char', keyCode: '\u000d' });
    webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Enter' });
  }, Array.from(typed));
const press = (label: string): Promise<void> =>
  app.electron.evaluate(({ Menu }, name) => {
    const items = Menu.getApplicationMenu()!.items.flatMap((item) => item.submenu?.items ?? []);
    (items.find((item) => item.label === name)!.click as () => void)();
  }, label);
/** Presses Lock and waits for the new process: a question put to one that is just ending is never answered. */
async function lockByMenu(): Promise<void> {
  const before = await processId();
  await press(text.actions.names.lock);
  await vi.waitFor(async () => expect(await processId()).not.toBe(before), patient);
}
const patient = { timeout: 20_000, interval: 50 };

describe('locking the real window', () => {
  it('without a keychain begins with a passphrase', async () => {
    const { page } = app;
    await page.getByRole('button', { name: new RegExp(`^${text.welcome.firstRun.passphrase}`) }).click();
    await page.getByLabel(text.lock.set.passphrase, { exact: true }).fill(passphrase);
    await page.getByLabel(text.lock.set.again, { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: text.lock.set.act }).click();
    await page.getByRole('button', { name: text.shell.lock }).waitFor();
  });

  it('opens its settings by key and by menu', async () => {
    const { page } = app;
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: text.settings.sections.security }).waitFor();
    await page.getByRole('button', { name: text.settings.back }).click();
    await press(text.actions.names.settings);
    await page.getByRole('heading', { name: text.settings.sections.security }).waitFor();
  });

  it('B33: ends the window’s process within a second, draws the shut gate in a new one, and counts no crash (D15)', async () => {
    const pressedAtMs = Date.now();
    await lockByMenu();
    expect(Date.now() - pressedAtMs).toBeLessThan(1_000);
    await vi.waitFor(async () => expect(await drawn()).toContain(text.lock.lead), patient);
    expect(await drawn()).not.toContain(text.settings.sections.security);
  });

  it('stays shut for a wrong passphrase, opens for the right one, and can be locked again more often than it may crash', async () => {
    await vi.waitFor(async () => {
      expect(await inWindow('document.activeElement.tagName')).toBe('INPUT');
    }, patient);
    await type('not the one');
    await vi.waitFor(async () => expect(await drawn()).toContain('Wrong passphrase.'), patient);
    await vi.waitFor(async () => expect(await drawn()).toMatch(/\bUnlock\n/), patient);
    await type(passphrase);
    await vi.waitFor(async () => expect(await drawn()).toContain(text.shell.side.connect), patient);
    for (let time = 0; time < 4; time += 1) {
      await lockByMenu();
      await vi.waitFor(async () => expect(await drawn()).toContain(text.lock.lead), patient);
      await vi.waitFor(async () => {
        expect(await inWindow('document.activeElement.tagName')).toBe('INPUT');
      }, patient);
      await type(passphrase);
      await vi.waitFor(async () => expect(await drawn()).toContain(text.shell.side.connect), patient);
    }
  });
});
