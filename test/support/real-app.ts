import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs';

export const root = resolve(import.meta.dirname, '../..');

export interface RealApp {
  electron: ElectronApplication;
  page: Page;
  profile: string;
  /** Everything the process wrote to its standard streams. */
  output(): string;
  /** Ends it as a person would, and waits until it is gone. */
  quit(): Promise<void>;
}

/** A folder for one profile, gone when `remove` is called. */
export async function freshProfile(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'grantkeep-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts the built program in real Electron with this profile. Needs a display and, for the vault, a keychain. */
export async function launch(
  profile: string,
  options: { env?: Record<string, string>; args?: string[]; packed?: string } = {},
): Promise<RealApp> {
  const runtime = await electronRuntime();
  // A packed program is its own Electron and knows where its code is.
  const [binary, what] = options.packed === undefined ? [runtime.binary, [root]] : [options.packed, []];
  const electron = await _electron.launch({
    executablePath: binary,
    args: [...runtime.args, ...what, `--profile=${profile}`, '--lang=en-GB', ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), TZ: 'Europe/London', ...options.env },
    timeout: 30_000,
  });
  let output = '';
  const child = electron.process();
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const page = await electron.firstWindow();
  page.on('console', (message) => (output += `[console] ${message.text()}\n`));
  page.on('pageerror', (error) => (output += `[page error] ${error.message}\n`));
  await page.waitForLoadState('domcontentloaded');
  page.setDefaultTimeout(15_000);
  return {
    electron,
    page,
    profile,
    output: () => output,
    async quit() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((done) => child.once('exit', () => done()));
      await electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await gone;
    },
  };
}

/** What the system clipboard holds, read in main. */
export function clipboardText({ electron }: RealApp): Promise<string> {
  return electron.evaluate(async ({ clipboard }) => await clipboard.readText());
}
