import { app, powerMonitor, type BrowserWindow, type Session } from 'electron';
import { stateTopic } from '../../shared/ipc/channels.ts';
import type { ActionId } from '../../shared/model/actions.ts';
import type { Delta, Snapshot } from '../../shared/model/program.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Log, Manners, TrayAct, TrayMenu } from '../services/ports.ts';
import { setMenu } from './application-menu.ts';
import { systemLoginStart } from './login-start.ts';
import { momentWords, type Ending, type MomentWords } from './native-words.ts';
import { systemNotifications } from './notifications.ts';
import type { StoredPreferences } from './preferences.ts';
import { askToQuit } from './quit-question.ts';
import { SystemTray } from './tray.ts';
import { bringForward, freshRenderer, newWindow, placeWindow, reloadAfterCrash } from './window.ts';

/** What the program says and does for the tray, the notifications and the question at quitting. */
export interface DeskProgram {
  begin(): Promise<void>;
  snapshot(): Snapshot;
  act(id: ActionId): void;
  trayMenu(): TrayMenu;
  copyOrShow(connectionId: string): Promise<void>;
  renewDue(): void;
  show(connectionId: string | null): void;
  quitWarning(): Ending[];
  dropQuitWarning(): void;
  lock(): void;
  openSettings(): void;
}

export interface DeskTools {
  /** Folder of the built page and preload. */
  built: string;
  /** What every window of the program is opened in. */
  session: Session;
  /** Opened already, and on its way to its page; null where the computer started us. */
  window: BrowserWindow | null;
  /** The folder of `--profile`, or none. */
  profile: string;
  preferences: StoredPreferences;
  text: Catalogue;
  language: string;
  /** True time. */
  nowMs: () => number;
  log: Log;
}

const desktopStartsWithinMs = 30_000;

/** Where a person meets the program: its one window, the tray, notifications, and the way out. */
export class Desk {
  readonly manners: Manners;
  readonly #tools: DeskTools;
  readonly #tray: SystemTray;
  #program: DeskProgram | null = null;
  #window: BrowserWindow | null = null;
  #isAsking = false;
  #isLeaving = false;

  constructor(tools: DeskTools) {
    const { text, preferences } = tools;
    this.#tools = tools;
    this.#tray = new SystemTray(
      () => this.#program?.trayMenu() ?? { needsYou: false, tooltip: text.native.productName, items: [] },
      (act) => this.#act(act),
    );
    this.manners = {
      preferences,
      notifications: systemNotifications(text, this.#moments, (connectionId) => this.#program?.show(connectionId)),
      loginStart: systemLoginStart(tools.profile, text.notices.loginEntry),
      findTray: () => this.#tray.find(),
    };
    setMenu(text, {
      act: (id) => this.#program?.act(id),
      lock: () => this.#program?.lock(),
      openSettings: () => this.#program?.openSettings(),
      quit: () => void this.#askThenQuit(),
    });
    app.on('activate', () => this.show());
    // Nobody is asked while the computer shuts down; the program ends by itself, so that it ends well.
    powerMonitor.on('shutdown', () => app.quit());
  }

  /** Opens the vault, and the window beside it: neither waits for the other. */
  begin(program: DeskProgram): void {
    this.#program = program;
    const begun = program.begin();
    const { window } = this.#tools;
    if (window === null) void this.#stayHidden(program, begun);
    else {
      this.#take(window, 'shown');
      void this.#tray.find();
    }
  }

  /** To the front, from the task bar, the tray, or nowhere. */
  readonly show = (): void => {
    this.#window ??= this.#open('shown');
    bringForward(this.#window);
  };

  readonly push = (delta: Delta): void => {
    // As text, for the reason that replies cross as text (`registerRouter`).
    this.#window?.webContents.send(stateTopic, JSON.stringify(delta));
    this.#tray.refresh();
  };

  readonly window = (): BrowserWindow | null => this.#window;

  /** At a lock. Where there is no window there is no memory of one. */
  readonly freshRenderer = (): void => {
    if (this.#window !== null) freshRenderer(this.#window);
  };

  readonly contentsId = (): number | null => this.#window?.webContents.id ?? null;

  /** The program is ending, whoever wished it: from now on a window that closes just closes. */
  leave(): void {
    this.#isLeaving = true;
  }

  /** Started with the computer. A window that nobody asked for stays away, unless there would be no way to it. */
  async #stayHidden(program: DeskProgram, begun: Promise<void>): Promise<void> {
    const hosted = await this.#tray.findWithin(desktopStartsWithinMs);
    if (!hosted && this.#window === null) this.#open('minimised');
    await begun;
    const { vault } = program.snapshot();
    // Nothing is renewed then, and nobody would see why.
    if (vault.kind === 'problem' || (vault.kind === 'open' && vault.olderCopy)) this.show();
  }

  #open(start: 'shown' | 'minimised'): BrowserWindow {
    return this.#take(newWindow(this.#tools.session, this.#tools.built), start);
  }

  #take(window: BrowserWindow, start: 'shown' | 'minimised'): BrowserWindow {
    const { preferences, text, log } = this.#tools;
    placeWindow(window, preferences, start);
    reloadAfterCrash(window, text, log);
    window.on('close', (event) => {
      if (this.#isLeaving) return;
      const staysInTray = preferences.presence().closeToTray;
      // Where there is nothing to say, a closed window is gone at once, as everywhere.
      if (!staysInTray && this.#endings().length === 0) return;
      event.preventDefault();
      void (staysInTray ? this.#closeToTray(window) : this.#askThenQuit());
    });
    window.on('closed', () => (this.#window = null));
    this.#window = window;
    return window;
  }

  async #closeToTray(window: BrowserWindow): Promise<void> {
    // Asked anew: a window that hides behind an icon which is no longer drawn would be lost.
    if (await this.#tray.find()) window.hide();
    else await this.#askThenQuit();
  }

  readonly #moments = (): MomentWords => momentWords(this.#tools.language, this.#tools.nowMs());

  #endings(): Ending[] {
    return this.#program?.quitWarning() ?? [];
  }

  /** A person pressed Quit. Only then is anything said. */
  async #askThenQuit(): Promise<void> {
    if (this.#isAsking) return;
    const endings = this.#endings();
    if (endings.length > 0) {
      this.#isAsking = true;
      const { text } = this.#tools;
      const { quits, notAgain } = await askToQuit(this.#window, text, this.#moments(), endings);
      this.#isAsking = false;
      if (!quits) return;
      if (notAgain) this.#program?.dropQuitWarning();
    }
    this.#window?.hide();
    app.quit();
  }

  #act(act: TrayAct): void {
    switch (act.do) {
      case 'copy':
        void this.#program?.copyOrShow(act.connectionId);
        return;
      case 'show':
        this.#program?.show(act.connectionId);
        return;
      case 'renew_due':
        this.#program?.renewDue();
        return;
      case 'lock':
        this.#program?.lock();
        return;
      case 'open':
        this.show();
        return;
      case 'quit':
        void this.#askThenQuit();
    }
  }
}
