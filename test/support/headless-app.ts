import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '../../shared/ipc/bridge.ts';
import type { Channel } from '../../shared/ipc/channels.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { Delta } from '../../shared/model/program.ts';
import { settings, usualSettings, type Settings } from '../../shared/model/settings.ts';
import { answer } from '../../electron/ipc/router.ts';
import { buildProgram, type Program } from '../../electron/program.ts';
import { english } from '../../shared/text/catalogue.ts';
import { backupFiles } from '../../electron/platform/backup-files.ts';
import { loopbackListeners } from '../../electron/platform/loopback.ts';
import { createTransport } from '../../electron/platform/transport.ts';
import { startPracticeProviders } from '../../electron/platform/practice-providers.ts';
import { vaultDoor } from '../../electron/platform/vault-door.ts';
import { openBackup, sealBackup } from '../../electron/vault/backup-seal.ts';
import type { Keychain } from '../../electron/vault/ports.ts';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../../electron/secret.ts';
import type { HttpRequest, Transport } from '../../electron/oauth/transport.ts';
import type { Browser, LogFields, RedirectListeners } from '../../electron/services/ports.ts';
import type { TrueTime } from '../../electron/services/true-time.ts';
import { ManualClock } from './manual-clock.ts';
import { memoryManners, type MemoryManners } from './memory-manners.ts';
import { memoryKeychain } from './memory-keychain.ts';
import { scriptedDialogs, type ScriptedDialogs } from './scripted-dialogs.ts';
import type { UnwillingDisk } from './unwilling-disk.ts';

export interface HeadlessApp {
  clock: ManualClock;
  program: Program;
  folder: string;
  /** Every reply and push that would have crossed to the window, as text. */
  crossed: string[];
  log: { event: string; fields: LogFields }[];
  clipboard: { text: string };
  opened: string[];
  /** Links that a sign-in sent the browser to, and how to wait for the next one. */
  sentOut: string[];
  nextSentOut(): Promise<string>;
  manners: MemoryManners;
  /** How often our window was brought to the front. */
  attention: { calls: number };
  /** Main's own dialogs: what they asked, and what they will be answered. */
  dialogs: ScriptedDialogs;
  /** What this computer says of itself, and what became of the window. */
  computer: { idleSeconds: number; freshWindows: number };
  /** Where a person puts the next backup, and which file they choose; null = they close the dialog. */
  backupFile: { saved: string | null; chosen: string | null };
  /** A call through the whole router; throws the problem's code. */
  call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
  /** The same, with the envelope as the window gets it. */
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Envelope<Output<C>>>;
  /** Ends the program and leaves the folder, so that another can be started on it. */
  end(): Promise<void>;
}

export interface HeadlessOptions {
  folder?: string;
  keychain?: Keychain;
  manners?: MemoryManners;
  clock?: ManualClock;
  /** Over that clock; without it, the clock is taken to go right. */
  time?: TrueTime;
  /** Between vault and disk. */
  disk?: UnwillingDisk;
  /** An answer has come and is not yet handed on: what happens now happens while the provider answers. */
  answered?: (request: HttpRequest) => Promise<void>;
  listeners?: RedirectListeners;
  /** The system browser does not start: what it was to open is told as usual. */
  browserFails?: boolean;
}

/** A folder for vaults, gone when `remove` is called. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'grantkeep-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

interface SentOut {
  openSignIn: Browser['openSignIn'];
  sentOut: string[];
  next: () => Promise<string>;
}

/** A system browser that goes nowhere by itself: a test takes the link and plays the person. */
function sentOutBy(fails: boolean): SentOut {
  const sentOut: string[] = [];
  let taken = 0;
  const waiting: (() => void)[] = [];
  return {
    sentOut,
    openSignIn(url, { origin }) {
      const link = url.reveal();
      // As the real one: a sign-in's link leads to its own origin and nowhere else (B10).
      if (new URL(link).origin !== origin) return Promise.reject(new AppError('address_insecure'));
      sentOut.push(link);
      for (const told of waiting.splice(0)) told();
      return fails ? Promise.reject(new AppError('browser_failed')) : Promise.resolve();
    },
    async next() {
      taken += 1;
      const number = taken;
      while (sentOut.length < number) await new Promise<void>((told) => waiting.push(told));
      return sentOut[number - 1]!;
    },
  };
}

/**
 * The whole program without Electron: real vault on disk, real HTTP, real router; only the clock, the clipboard,
 * the browser and the keychain are stood in for.
 */
export async function headlessApp(options: HeadlessOptions = {}): Promise<HeadlessApp> {
  const folder = options.folder ?? temporaryFolder().folder;
  const clock = options.clock ?? new ManualClock();
  const crossed: string[] = [];
  const log: HeadlessApp['log'] = [];
  const clipboard = { text: 'what the person had copied before' };
  const opened: string[] = [];
  const browser = sentOutBy(options.browserFails === true);
  const manners = options.manners ?? memoryManners();
  const attention = { calls: 0 };
  const dialogs = scriptedDialogs();
  const backupFile: HeadlessApp['backupFile'] = { saved: null, chosen: null };
  const preferences = { copied: null as string | null, settings: usualSettings };
  const computer = { idleSeconds: 0, freshWindows: 0 };
  const logPort = { write: (event: string, fields: LogFields = {}) => void log.push({ event, fields }) };
  const transport = createTransport({ nowMs: () => clock.nowMs() });
  const { time } = options;
  const heard = time?.over(transport) ?? transport;
  const sent: Transport = {
    async send(request) {
      const answer = await heard.send(request);
      await options.answered?.(request);
      return answer;
    },
  };
  const door = vaultDoor(folder, options.keychain ?? memoryKeychain());
  const program = buildProgram({
    clock: time ?? clock,
    ...(time === undefined ? {} : { correction: time }),
    log: logPort,
    transport: sent,
    clipboard: {
      write: (value: Secret) => Promise.resolve(void (clipboard.text = value.reveal())),
      clearIfStill(value: Secret) {
        if (clipboard.text !== value.reveal()) return Promise.resolve(false);
        clipboard.text = '';
        return Promise.resolve(true);
      },
    },
    browser: { open: (url) => Promise.resolve(void opened.push(url)), openSignIn: browser.openSignIn },
    listeners: options.listeners ?? loopbackListeners(() => english.loopback),
    attention: () => void (attention.calls += 1),
    confirm: dialogs.confirm,
    files: dialogs.files,
    manners,
    preferences: {
      lastCopiedConnectionId: () => preferences.copied,
      rememberCopied: (id) => void (preferences.copied = id),
      clipboardSeconds: () => preferences.settings.clipboardSeconds,
      renewalLeadSeconds: () => 300,
      settings: () => preferences.settings,
      keepSettings(change) {
        // As the real ones do: a member that is there and says nothing changes nothing.
        const said = JSON.parse(JSON.stringify(change)) as Partial<Settings>;
        preferences.settings = settings.parse({ ...preferences.settings, ...said });
      },
    },
    idleSeconds: () => computer.idleSeconds,
    freshWindow: () => void (computer.freshWindows += 1),
    door: options.disk?.before(door) ?? door,
    backupFiles: backupFiles({
      chooseNew: () => Promise.resolve(backupFile.saved),
      chooseExisting: () => Promise.resolve(backupFile.chosen),
    }),
    // The same functions, without the thread: a test starts from source, and a thread from what was built.
    backupSealer: {
      seal: (plain, passphrase) => sealBackup(plain, passphrase.reveal()),
      open: (sealed, passphrase) => openBackup(sealed, passphrase.reveal()),
    },
    startPractice: () => startPracticeProviders(() => (time ?? clock).nowMs()),
    openDataFolder: () => Promise.resolve(),
    about: { language: 'en', platform: 'linux', version: '0.0.0', dataFolder: folder },
    push: (delta: Delta) => void crossed.push(JSON.stringify(delta)),
    random: () => 0,
  });
  await program.begin();
  const ask: HeadlessApp['ask'] = async (channel, input) => {
    const sender = { isOurMainFrame: true, origin: 'app://bundle' };
    const reply = await answer(program.handlers, logPort, 'app://bundle', channel, sender, input);
    crossed.push(JSON.stringify(reply));
    return reply as Envelope<never>;
  };
  return {
    clock,
    program,
    folder,
    crossed,
    log,
    clipboard,
    opened,
    sentOut: browser.sentOut,
    nextSentOut: browser.next,
    manners,
    attention,
    dialogs,
    computer,
    backupFile,
    ask,
    async call(channel, input) {
      const reply = await ask(channel, input);
      if (!reply.ok) throw new Error(reply.problem.code, { cause: reply.problem });
      return reply.value;
    },
    async end() {
      await program.end();
      await transport.close();
    },
  };
}
