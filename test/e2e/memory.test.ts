import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts';
import { foundIn, keysOf } from '../support/process-memory.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, connect, row } from '../support/walk.ts';

const passphrase = 'a passphrase for the memory of the window';
const label = 'MARKER-label-c40d-in-the-window';
const person = practiceAccounts('teamgantt').people[0]!;
const registration = practiceAccounts('teamgantt').apps[0]!;

let engine: EngineProcess;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;

const patient = { timeout: 20_000, interval: 50 };
const withoutKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', XDG_RUNTIME_DIR: '/nonexistent' };

const processes = (): Promise<{ pid: number; type: string }[]> =>
  app.electron.evaluate(({ app: running }) => running.getAppMetrics().map(({ pid, type }) => ({ pid, type })));
const windowProcess = (): Promise<number> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
const drawn = (): Promise<string> =>
  app.electron
    .evaluate(({ BrowserWindow }): Promise<unknown> =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('document.body.innerText'),
    )
    .then(String, () => '');

// Only root may look into the memory of a process that Chromium has fenced in.
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('the memory of the real program', () => {
  beforeAll(async () => {
    engine = await startEngineProcess();
    profile = await freshProfile();
    app = await launch(profile.folder, { env: withoutKeychain });
    const { page } = app;
    await page.getByRole('button', { name: new RegExp(`^${text.welcome.firstRun.passphrase}`) }).click();
    await page.getByLabel(text.lock.set.passphrase, { exact: true }).fill(passphrase);
    await page.getByLabel(text.lock.set.again, { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: text.lock.set.act }).click();
    await page.getByRole('button', { name: text.shell.side.connect }).first().click();
    await connect(page, {
      provider: 'TeamGantt',
      clientId: registration.clientId,
      clientSecret: registration.clientSecret.reveal(),
      addresses: addressesOf(engine.provider('teamgantt')),
      username: person.username,
      password: person.password.reveal(),
      label,
    });
    await page.getByRole('button', { name: text.connect.done.show }).click();
    await row(page, label).waitFor();
  });
  afterAll(async () => {
    await app.quit();
    await engine.stop();
    await profile.remove();
  });

  it('B62: after a lock with renewing off holds no key in any process, and the new window no name and no secret', async () => {
    const keys = keysOf(profile.folder, passphrase);
    const shown = {
      label: Buffer.from(label),
      account: Buffer.from(person.username),
      password: Buffer.from(person.password.reveal()),
      secret: Buffer.from(registration.clientSecret.reveal()),
    };
    const before = await processes();
    // The search can see: an open vault needs its two keys, and a window has what it draws.
    expect(foundIn(before.find(({ type }) => type === 'Browser')!.pid, keys)).toEqual(['recordsKey', 'tallyKey']);
    const oldWindow = await windowProcess();
    expect(foundIn(oldWindow, shown)).toEqual(expect.arrayContaining(['account', 'label']));

    await app.page.evaluate(() => {
      const { settings } = (window as unknown as { grantkeep: { settings: { keep(input: object): Promise<unknown> } } })
        .grantkeep;
      return settings.keep({ keepRenewingWhileLocked: false });
    });
    await app.page.getByRole('button', { name: text.shell.lock }).click();
    await vi.waitFor(async () => expect(await windowProcess()).not.toBe(oldWindow), patient);
    await vi.waitFor(async () => expect(await drawn()).toContain(text.lock.lead), patient);

    const after = await processes();
    expect(after.map(({ type }) => type)).toEqual(expect.arrayContaining(['Browser', 'Tab', 'GPU']));
    expect(after.flatMap(({ pid, type }) => foundIn(pid, keys).map((key) => `${key} in ${type}`))).toEqual([]);
    expect(foundIn(await windowProcess(), shown)).toEqual([]);
  });
});
