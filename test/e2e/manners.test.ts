import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { _electron, type ElectronApplication } from 'playwright';
import type { Envelope, TextBridge } from '../../shared/ipc/bridge.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts';
import { freshProfile, launch, root, type RealApp } from '../support/real-app.ts';

// The window closed, hidden and asked: in real Electron, on a desktop that says it has a tray.

const person = practiceAccounts('teamgantt').people[0]!;
const keys = practiceAccounts('teamgantt').apps[0]!;

let profile: Awaited<ReturnType<typeof freshProfile>>;
let env: Record<string, string>;
let app: RealApp | null;

beforeEach(async () => {
  app = null;
  profile = await freshProfile();
  // The tool that asks for a tray host: here it always hears "yes".
  const tools = join(profile.folder, 'tools');
  mkdirSync(tools);
  writeFileSync(join(tools, 'gdbus'), '#!/bin/sh\necho "(<true>,)"\n');
  chmodSync(join(tools, 'gdbus'), 0o755);
  env = { PATH: `${tools}:${process.env['PATH'] ?? ''}` };
});
afterEach(async () => {
  await app?.quit();
  await profile.remove();
});

const isVisible = (electron: ElectronApplication): Promise<boolean | null> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? null);
const closeWindow = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** A second start on the same profile, which hands over to the first and ends. */
async function startAgain(...words: string[]): Promise<void> {
  const runtime = await electronRuntime();
  await new Promise<void>((done) => {
    execFile(runtime.binary, [...runtime.args, root, `--profile=${profile.folder}`, ...words]).once('exit', () =>
      done(),
    );
  });
}

/** What main's own dialog says from now on goes to `asked`; it is answered with that button. */
async function answerDialogs(electron: ElectronApplication, response: number): Promise<void> {
  await electron.evaluate(({ dialog }, button) => {
    const here = globalThis as unknown as { asked: unknown[] };
    here.asked = [];
    dialog.showMessageBox = (...all: unknown[]) => {
      here.asked.push(all.at(-1));
      return Promise.resolve({ response: button, checkboxChecked: true });
    };
  }, response);
}
const asked = (electron: ElectronApplication): Promise<{ message: string; detail: string }[]> =>
  electron.evaluate(() => (globalThis as unknown as { asked: { message: string; detail: string }[] }).asked);

async function connectPlan({ page }: RealApp, engine: EngineProcess): Promise<void> {
  const addresses = Object.entries(engine.provider('teamgantt').endpoints);
  const input = {
    clientId: keys.clientId,
    clientSecret: keys.clientSecret.reveal(),
    endpoints: addresses.flatMap(([kind, url]) => (url === null ? [] : [{ kind, url }])) as never[],
    username: person.username,
    password: person.password.reveal(),
    label: 'Plan',
  };
  const outcome = await page.evaluate(async (typed) => {
    const { drafts } = (window as unknown as { grantkeep: TextBridge }).grantkeep;
    type Connected = Envelope<Output<'drafts.connect'>>;
    const draft = JSON.parse(await drafts.open({ kind: 'connect', realm: 'vault' })) as Envelope<{ id: string }>;
    if (!draft.ok) return draft.problem.code;
    const draftId = draft.value.id;
    await drafts.keep({ draftId, providerId: 'teamgantt' });
    await drafts.keep({ draftId, ...typed });
    const connected = JSON.parse(await drafts.connect({ draftId })) as Connected;
    return connected.ok ? 'connected' : connected.problem.code;
  }, input);
  expect(outcome).toBe('connected');
}

describe('a window that is closed', () => {
  it('stays in the tray where that was chosen, and a second start brings it back', async () => {
    app = await launch(profile.folder, { env });
    expect(JSON.parse(await app.page.evaluate('window.grantkeep.presence.settings({})'))).toMatchObject({
      // A profile elsewhere has no place in the system's list.
      value: { trayHosted: true, startsAtLogin: null, closeToTray: false },
    });
    await app.page.evaluate('window.grantkeep.presence.keep({ closeToTray: true })');
    await closeWindow(app.electron);
    await expect.poll(() => isVisible(app!.electron)).toBe(false);
    await startAgain('--hidden');
    expect(await isVisible(app.electron)).toBe(false);
    await startAgain();
    await expect.poll(() => isVisible(app!.electron)).toBe(true);
  });

  it('quits at once where nothing is kept', async () => {
    app = await launch(profile.folder, { env });
    const gone = new Promise((done) => app!.electron.process().once('exit', done));
    await closeWindow(app.electron).catch(() => undefined);
    await gone;
  });

  it('says once what may end meanwhile: Stay stays, Quit quits', async () => {
    const engine = await startEngineProcess({ lifetimeSeconds: 3600 });
    try {
      app = await launch(profile.folder, { env });
      await connectPlan(app, engine);
      await answerDialogs(app.electron, 1);
      await closeWindow(app.electron);
      await expect.poll(async () => (await asked(app!.electron)).length).toBe(1);
      const [question] = await asked(app.electron);
      expect(question?.message).toBe(text.notices.quit.message);
      expect(question?.detail).toMatch(/“Plan”: its token ends \d\d:\d\d/);
      expect(await isVisible(app.electron)).toBe(true);
      const gone = new Promise((done) => app!.electron.process().once('exit', done));
      await answerDialogs(app.electron, 0);
      await closeWindow(app.electron).catch(() => undefined);
      await gone;
      // The tick stood: the next time nothing is said.
      app = await launch(profile.folder, { env });
      await app.page.getByText('Plan').first().waitFor();
      await answerDialogs(app.electron, 1);
      const goneAgain = new Promise((done) => app!.electron.process().once('exit', done));
      await closeWindow(app.electron).catch(() => undefined);
      await goneAgain;
    } finally {
      await engine.stop();
    }
  });
});

describe('a start with the computer', () => {
  it('opens no window, and a person’s start opens it', async () => {
    const runtime = await electronRuntime();
    const electron = await _electron.launch({
      executablePath: runtime.binary,
      args: [...runtime.args, root, `--profile=${profile.folder}`, '--hidden'],
      env: { ...(process.env as Record<string, string>), ...env },
    });
    try {
      expect(await isVisible(electron)).toBeNull();
      const opened = electron.waitForEvent('window');
      await startAgain();
      expect((await opened).url()).toBe('app://bundle/index.html');
      await expect.poll(() => isVisible(electron)).toBe(true);
    } finally {
      await electron.close();
    }
  });
});
