import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { connect, row } from '../support/walk.ts';

// What happens to the program itself: its window ends, it is frozen, it is told to go, it fails where nobody foresaw.

const person = practiceAccounts('er-studio').people[0]!;
const keys = practiceAccounts('er-studio').apps[0]!;
const label = 'Model store';

let engine: EngineProcess;
let server: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  server = engine.provider('er-studio');
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
  await page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
  await connect(page, {
    ...{ provider: 'ER/Studio Team Server', server: server.origin, clientId: keys.clientId },
    ...{
      clientSecret: keys.clientSecret.reveal(),
      username: person.username,
      password: person.password.reveal(),
      label,
    },
  });
  await page.getByRole('button', { name: text.connect.done.show }).click();
  await row(page, label).click();
});
afterAll(async () => {
  await app.quit();
  await engine.stop();
  await profile.remove();
});

const mainProcess = (): number => app.electron.process().pid!;
const renew = (): Promise<void> => page.getByRole('button', { name: text.connections.acts.renew }).click();
const refreshes = async (): Promise<number> =>
  (await server.record()).filter(({ grantType }) => grantType === 'refresh_token').length;
const generationShown = (generation: number): Promise<void> =>
  page.getByText(text.connections.facts.line(generation)).waitFor({ timeout: 30_000 });
const patient = { timeout: 30_000, interval: 50 };

describe('the program itself', () => {
  it('F24: frozen while a renewal is on its way, for longer than it waits for an answer, it loses nothing', async () => {
    await server.failNext('token', 1, { kind: 'slow', afterMs: 500 });
    await renew();
    await expect.poll(refreshes, patient).toBe(1);
    process.kill(mainProcess(), 'SIGSTOP');
    // Longer than the 15 s that a renewal waits: the answer comes, and nobody reads it.
    await new Promise<void>((over) => setTimeout(over, 17_000));
    process.kill(mainProcess(), 'SIGCONT');
    await generationShown(2);
    await page.getByText(text.connections.words.working).first().waitFor();
  });

  it('F47: a window whose process is killed is back within two seconds, and what main was doing goes on', async () => {
    await server.failNext('token', 1, { kind: 'slow', afterMs: 1_500 });
    const before = await refreshes();
    await renew();
    await expect.poll(refreshes, patient).toBe(before + 1);
    const killedAtMs = Date.now();
    const windowProcess = (): Promise<number> =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
    const window = await windowProcess();
    process.kill(window, 'SIGKILL');
    // A question put to a page that is just ending is never answered.
    await expect.poll(windowProcess, { timeout: 10_000, interval: 20 }).not.toBe(window);
    expect(Date.now() - killedAtMs).toBeLessThan(2_000);
    // By main's hand: a page whose process has ended is lost to the driver, the window is not.
    const drawn = (): Promise<string> =>
      app.electron
        .evaluate(
          ({ BrowserWindow }): Promise<string> =>
            BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
              'document.body.innerText',
            ) as Promise<string>,
        )
        .catch(() => '');
    await expect.poll(drawn, patient).toContain(label);
    await expect.poll(drawn, patient).toContain(text.connections.words.working);
    expect(await refreshes()).toBe(before + 1);
  });

  it('F48: an error that nobody foresaw is told with a code and without a word of it, and the program goes on', async () => {
    const secret = 'planted-marker-7c41';
    await app.electron.evaluate(({ dialog }, marker) => {
      const told: unknown[] = [];
      Object.assign(globalThis, { told });
      dialog.showMessageBox = (options: unknown) => {
        told.push(options);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
      for (let time = 0; time < 3; time += 1)
        setTimeout(() => {
          throw new Error(`with ${marker} in it`);
        }, 0);
    }, secret);
    const told = (): Promise<{ message: string; detail: string }[]> =>
      app.electron.evaluate(() => (globalThis as unknown as { told: { message: string; detail: string }[] }).told);
    await expect.poll(async () => (await told()).length, patient).toBe(1);
    const [only] = await told();
    expect(only!.message).toBe(text.native.crash.title);
    expect(only!.detail).toMatch(/: [0-9a-f]{8}\.$/);
    const log = readFileSync(join(profile.folder, 'logs', 'grantkeep.log'), 'utf8');
    expect(log.match(/uncaught error/g)).toHaveLength(3);
    expect(log + JSON.stringify(only) + app.output()).not.toContain(secret);
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('F49: told to end by SIGTERM while the answer to a renewal is on its way, it keeps the answer and goes', async () => {
    await app.quit();
    app = await launch(profile.folder);
    page = app.page;
    await row(page, label).click();
    const before = await refreshes();
    await server.failNext('token', 1, { kind: 'slow', afterMs: 1_000 });
    await renew();
    await expect.poll(refreshes, patient).toBe(before + 1);
    const child = app.electron.process();
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    app = await launch(profile.folder);
    page = app.page;
    await row(page, label).click();
    await generationShown(4);
    // Nothing had to be asked a second time, as it would after an intent without an answer.
    expect(await refreshes()).toBe(before + 1);
  });
});
