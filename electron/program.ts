// Over 300 lines: the one place where every service is joined with the others; each line of it is one joint.
import { randomUUID } from 'node:crypto';
import type { Output } from '../shared/ipc/contract.ts';
import type { ActionId } from '../shared/model/actions.ts';
import type { Attention, Delta, Snapshot } from '../shared/model/program.ts';
import { catalogueFor } from '../shared/text/catalogue.ts';
import { broadcast } from './ipc/broadcast.ts';
import { handlers } from './ipc/handlers.ts';
import type { Handlers } from './ipc/router.ts';
import { whileLocked } from './ipc/while-locked.ts';
import type { Transport } from './oauth/transport.ts';
import { endpointsFor, pageUrl, profile, providerViews } from './providers/registry.ts';
import type { Announce } from './services/announce.ts';
import { AutoLock } from './services/auto-lock.ts';
import { Backups } from './services/backup.ts';
import { BrowserSignIns } from './services/browser-sign-ins.ts';
import type { ConnectTools } from './services/connect.ts';
import { Copying } from './services/copy-token.ts';
import { diagnosisOf } from './services/diagnose.ts';
import { reportText } from './services/diagnosis-report.ts';
import { DailyCopies } from './services/daily-copies.ts';
import { DeviceSignIns } from './services/device-sign-ins.ts';
import { Drafts } from './services/drafts.ts';
import { Lock } from './services/lock.ts';
import { Notices } from './services/notices.ts';
import { oneQuestion } from './services/one-question.ts';
import { asksAgainSoon } from './services/next-try.ts';
import { OneAtATime } from './services/one-at-a-time.ts';
import { VaultOpening } from './services/open-vault.ts';
import { PassphraseTries } from './services/passphrase-tries.ts';
import type {
  Browser,
  ChosenFiles,
  Clipboard,
  Clock,
  Confirm,
  Correction,
  Log,
  Manners,
  PracticeProvider,
  Preferences,
  RedirectListeners,
  TrayMenu,
} from './services/ports.ts';
import type { BackupFiles, BackupSealer, VaultDoor } from './services/vault-ports.ts';
import { Practice } from './services/practice.ts';
import { Presence } from './services/presence.ts';
import { ProviderCalls } from './services/provider-calls.ts';
import { quitWarning, type QuitLine } from './services/quit-warning.ts';
import { Realms } from './services/realms.ts';
import { Rehearsals } from './services/rehearse.ts';
import { Renewals } from './services/renew.ts';
import { RenewalSchedule } from './services/renewal-schedule.ts';
import { Sightings } from './services/sightings.ts';
import { appSummary, connectionSummary } from './services/summaries.ts';
import { isDue, trayMenu } from './services/tray-menu.ts';
import { Turns } from './services/turns.ts';
import { Secret } from './secret.ts';
import { PracticeShelf } from './vault/practice-shelf.ts';
import type { Vault } from './vault/records.ts';

/** The outside world. `world.ts` joins the real one; tests join fakes and real HTTP. */
export interface Adapters {
  clock: Clock;
  /** Of that clock, where it is put right by what servers say; absent: it is right by itself. */
  correction?: Correction;
  log: Log;
  transport: Transport;
  clipboard: Clipboard;
  browser: Browser;
  listeners: RedirectListeners;
  /** Brings our window to the front: what the browser was out for has come. */
  attention: () => void;
  /** Main's own dialogs: a yes or no, and a file. */
  confirm: Confirm;
  files: ChosenFiles;
  preferences: Preferences;
  /** Seconds since the last key or click, anywhere on this computer. */
  idleSeconds: () => number;
  /** A new process for the window: what the old one held goes with its memory. */
  freshWindow: () => void;
  manners: Manners;
  door: VaultDoor;
  backupFiles: BackupFiles;
  backupSealer: BackupSealer;
  startPractice(): Promise<PracticeProvider[]>;
  openDataFolder(): Promise<void>;
  about: Pick<Output<'program.start'>, 'language' | 'platform' | 'version' | 'dataFolder'>;
  push: (delta: Delta) => void;
  /** Milliseconds that pushes of changed items are apart; absent: none (`broadcast`). */
  pushRestMs?: number;
  random: () => number;
}

export interface Program {
  handlers: Handlers;
  snapshot(): Snapshot;
  /** Opens the vault and begins to renew what is due. */
  begin(): Promise<void>;
  /** Chosen in the application menu: the window does it. */
  act(id: ActionId): void;
  trayMenu(): TrayMenu;
  /** From the tray: its token on the clipboard, or, where that fails, the connection in the window, which says why. */
  copyOrShow(connectionId: string): Promise<void>;
  renewDue(): void;
  /** Brings the window to the front at this connection; null = the whole list. */
  show(connectionId: string | null): void;
  /** What may end while the program is closed; empty where there is nothing to say, or it is not to be said. */
  quitWarning(): QuitLine[];
  dropQuitWarning(): void;
  /** The computer woke, or the network came back: look at the clock again. */
  lookAgain(): void;
  /**
   * The computer goes to sleep: timers stand still then, and what is on the clipboard would lie there (B57). Locks where
   * that is set.
   */
  sleeps(): void;
  /** Its screen is locked. */
  screenLocks(): void;
  /** The menu's Lock. Without a passphrase the window offers to set one. */
  lock(): void;
  /** The menu's Settings. */
  openSettings(): void;
  /** Before quitting: answers under way are kept, our clipboard is cleared, the vault is closed. */
  end(): Promise<void>;
}

const longestEndMs = 20_000;

/** The whole program without Electron. */
export function buildProgram(world: Adapters): Program {
  const { clock, log, preferences } = world;
  const newId = (): string => randomUUID();
  const leadMs = (): number => preferences.renewalLeadSeconds() * 1000;
  const view = (providerId: string) => {
    const found = providerViews(world.about.language).find(({ id }) => id === profile(providerId).id);
    if (found === undefined) throw new Error('every profile has a view');
    return found;
  };

  let attention: Attention | null = null;
  const summaries = (vault: Vault) => vault.connections().map((one) => connectionSummary(one, renewals, leadMs()));

  const feed = broadcast(
    {
      vault: () => lock.status(),
      practice: () => (lock.isLocked() ? { open: false, hosts: [], systems: [] } : practice.status()),
      clipboard: () => copying.status(),
      signIns: () => (lock.isLocked() ? [] : [...browserSignIns.views(), ...deviceSignIns.views()]),
      attention: () => attention,
      timeOffsetMs: () => world.correction?.offsetMs() ?? 0,
      apps: () => seen().flatMap((vault) => vault.apps().map(appSummary)),
      connections: () => seen().flatMap(summaries),
      app: (id) => (lock.isLocked() ? null : found(() => appSummary(realms.app(id).app))),
      connection: (id) =>
        lock.isLocked() ? null : found(() => connectionSummary(realms.connection(id).connection, renewals, leadMs())),
    },
    world.push,
    log,
    world.pushRestMs,
  );
  // Locked, not even that something was renewed is told.
  const announce: Announce = {
    app: (id) => lock.isLocked() || feed.app(id),
    connection: (id) => lock.isLocked() || feed.connection(id),
    part: (part) => feed.part(part),
  };

  const realms = new Realms(announce);
  const sightings = new Sightings(clock);
  const seen = () => (lock.isLocked() ? [] : realms.all());
  const calls = new ProviderCalls(sightings.watch(world.transport), world.about.platform);
  const renewals = new Renewals({
    realms,
    calls,
    clock,
    log,
    announce,
    newId,
    random: world.random,
    paused: () => opening.isPaused(),
    ended: () => schedule.look(),
  });
  const schedule = new RenewalSchedule({
    ...{ realms, renewals, clock, leadMs },
    paused: () => opening.isPaused(),
    closing: () => lock.isClosing(),
    mayBeMs: () => world.correction?.mayBeMs() ?? clock.nowMs(),
  });
  world.correction?.onChange(() => {
    feed.part('time');
    lookAgain();
  });
  const opening: VaultOpening = new VaultOpening({
    ...{ door: world.door, realms, announce, clock, log },
    opened: () => {
      lookAgain();
      dailyCopies.opened();
    },
    waysChanged: () => dailyCopies.waysChanged(),
  });
  const dailyCopies = new DailyCopies({ vault: () => opening.vault(), clock, log });
  const tries = new PassphraseTries(clock, () => announce.part('vault'));
  const backups = new Backups({ opening, tries, clock, log, files: world.backupFiles, sealer: world.backupSealer });
  const lock: Lock = new Lock({
    ...{ opening, tries, clock, log, preferences },
    drafts: () => drafts,
    letGo() {
      void copying.clear().catch(() => undefined);
      browserSignIns.cancelAll();
      deviceSignIns.cancelAll();
      rehearsals.stopAll();
    },
    settled: () => settled(),
    asksAgain: () => realms.all().some((vault) => vault.connections().some((one) => asksAgainSoon(one, clock.nowMs()))),
    tellAll() {
      realms.announceAll();
      for (const part of ['vault', 'practice', 'clipboard', 'signIns'] as const) announce.part(part);
    },
    freshWindow: () => world.freshWindow(),
  });
  const autoLock = new AutoLock({
    ...{ clock, preferences },
    idleSeconds: () => world.idleSeconds(),
    canLock: () => opening.hasPassphrase() && !lock.isLocked(),
    lock: () => lock.lock(),
  });
  const practice: Practice = new Practice({
    realms,
    announce,
    startProviders: () => world.startPractice(),
    newShelf: () => new PracticeShelf(),
    drafts: () => drafts,
    clearCopies: async () => {
      const id = copying.status().connectionId;
      if (id !== null && found(() => realms.connection(id).vault.realm) === 'practice') await copying.clear();
    },
  });
  const registerRedirect: ConnectTools['registerRedirect'] = ({ realm, providerId }, { app }, redirectUri) => {
    if (realm === 'practice' && providerId !== null) practice.registerRedirect(providerId, app.clientId, redirectUri);
  };
  const ports = new Turns();
  const browserSignIns = new BrowserSignIns({
    ...{ calls, clock, log, ports, announce },
    ...{ browser: world.browser, listeners: world.listeners, attention: world.attention },
    startPage: ({ realm, providerId }) => {
      const page = realm === 'practice' && providerId !== null ? practice.offer(providerId).marketplaceUrl : null;
      return page === null ? null : new Secret(page);
    },
    registerRedirect,
  });
  const deviceSignIns = new DeviceSignIns({
    ...{ calls, clock, log, announce: feed },
    ...{ browser: world.browser, attention: world.attention },
  });
  const rehearsals = new Rehearsals({ clock, ports, browser: world.browser, listeners: world.listeners });
  const drafts = new Drafts({
    realms,
    view,
    practiceOffer: (providerId) => practice.offer(providerId),
    endpoints: (providerId, regionId, baseUrl) => endpointsFor(profile(providerId), regionId, baseUrl),
    nowMs: () => clock.nowMs(),
    newId,
    gone: (draftId) => {
      browserSignIns.cancel(draftId);
      deviceSignIns.cancel(draftId);
      rehearsals.stop(draftId);
    },
  });
  const copying = new Copying({
    realms,
    calls,
    renewals,
    clipboard: world.clipboard,
    clock,
    preferences,
    announce,
    locked: () => lock.isLocked(),
  });
  const realConnections = () => {
    const vault = realms.all().find(({ realm }) => realm === 'vault');
    return vault === undefined ? null : summaries(vault);
  };
  const notices = new Notices({
    connections: realConnections,
    mayName: () => lock.status().kind === 'open',
    preferences: world.manners.preferences,
    notifications: world.manners.notifications,
    clock,
  });
  const presence = new Presence({
    manners: world.manners,
    hasConnections: () => (realConnections() ?? []).length > 0,
  });
  const lookAgain = (): void => {
    autoLock.look();
    schedule.look();
    notices.look();
  };
  const show = (connectionId: string | null): void => {
    attention = { call: (attention?.call ?? 0) + 1, connectionId: lock.isLocked() ? null : connectionId };
    feed.part('attention');
    world.attention();
  };
  // Whatever changes may change what is due next, and what needs a person.
  realms.onCommit((vault, changes) => {
    schedule.look();
    notices.look();
    if (vault.realm === 'vault') dailyCopies.committed(changes);
  });

  const connecting = new OneAtATime<Output<'drafts.connect'>>();
  const registering = new OneAtATime<Output<'drafts.register'>>();
  const revoking = new OneAtATime<Output<'connections.revoke'>>();
  // The last answer's commit may have begun a copy.
  const settled = (): Promise<unknown> =>
    Promise.all([connecting.settled(), registering.settled(), revoking.settled(), renewals.settled()]).then(() =>
      dailyCopies.settled(),
    );
  const shared = { realms, calls, renewals, clock, log, newId, drafts, ensureVault: () => opening.ensure() };
  const asking = {
    ...shared,
    view,
    // A yes that comes after the lock is none.
    confirm: oneQuestion({ ask: async (question) => (await world.confirm.ask(question)) && !lock.isLocked() }),
    published: (providerId: string, regionId: string) => endpointsFor(profile(providerId), regionId),
  };
  const diagnoseTools = {
    ...shared,
    sightings,
    offsetMs: () => world.correction?.offsetMs() ?? 0,
    olderCopy: () => opening.isPaused(),
  };
  return {
    handlers: whileLocked(
      handlers({
        ...shared,
        copying,
        practice,
        opening,
        backups,
        browserSignIns,
        deviceSignIns,
        findTools: asking,
        providerFileTools: { ...asking, files: world.files },
        rehearsals,
        notices,
        presence,
        connectTools: { ...shared, connecting, browserSignIns, deviceSignIns, registerRedirect },
        registerTools: { ...shared, registering },
        appTools: {
          ...shared,
          view,
          endpoints: (realm, providerId, regionId, baseUrl) => {
            if (realm === 'vault') return endpointsFor(profile(providerId), regionId, baseUrl);
            const { endpoints } = practice.offer(providerId);
            return view(providerId).endpoints.map(({ kind }) => ({ kind, url: endpoints[kind], source: 'practice' }));
          },
        },
        addressTools: asking,
        setUpTools: { ...asking, files: world.files },
        testTools: shared,
        revokeTools: { ...shared, revoking, confirmed: new Map() },
        diagnoseTools,
        lookBackTools: { ...shared, leadMs },
        report: (connectionId) =>
          reportText({
            found: realms.connection(connectionId),
            diagnosis: diagnosisOf(diagnoseTools, connectionId),
            provider: calls.name(realms.connection(connectionId).app.providerId),
            words: catalogueFor(world.about.language),
            ...world.about,
          }),
        lock,
        passphraseTools: { opening, tries, log, changing: new OneAtATime<void>() },
        settings: () => preferences.settings(),
        keepSettings(change) {
          preferences.keepSettings(change);
          autoLock.look();
          return preferences.settings();
        },
        start: () => ({
          snapshot: feed.snapshot(),
          ...world.about,
          lastCopiedConnectionId: lock.isLocked() ? null : preferences.lastCopiedConnectionId(),
          ...(attention === null ? {} : { attention }),
        }),
        providers: () => ({ providers: providerViews(world.about.language) }),
        openDataFolder: () => world.openDataFolder(),
        openProviderPage: (providerId, pageId, regionId) => world.browser.open(pageUrl(providerId, pageId, regionId)),
      }),
      lock,
    ),
    snapshot: () => feed.snapshot(),
    async begin() {
      schedule.start();
      autoLock.start();
      notices.start();
      await opening.open();
      // Read while the window still opens, or it would wait for them.
      providerViews(world.about.language);
    },
    act: (id) => feed.act(id),
    trayMenu: () =>
      trayMenu(
        { vault: lock.status().kind, canLock: !lock.isLocked() && opening.hasPassphrase() },
        realConnections() ?? [],
        clock.nowMs(),
        catalogueFor(world.about.language),
      ),
    copyOrShow: (connectionId) => copying.copyToken(connectionId, 'token').then(nothing, () => show(connectionId)),
    renewDue: () =>
      schedule.renewNow((realConnections() ?? []).filter((one) => isDue(one, clock.nowMs())).map(({ id }) => id)),
    show,
    quitWarning: () =>
      world.manners.preferences.presence().quitWarning && !lock.isLocked()
        ? quitWarning(realConnections() ?? [], clock.nowMs())
        : [],
    dropQuitWarning: () => void presence.keep({ quitWarning: false }),
    lookAgain,
    sleeps() {
      void copying.clear().catch(() => undefined);
      autoLock.sleeps();
    },
    screenLocks: () => autoLock.screenLocks(),
    lock() {
      try {
        lock.lock();
      } catch {
        feed.ask('passphrase');
      }
    },
    openSettings: () => feed.ask('settings'),
    async end() {
      schedule.stop();
      notices.stop();
      autoLock.stop();
      browserSignIns.cancelAll();
      deviceSignIns.cancelAll();
      await copying.end().catch(() => undefined);
      // Longer than a renewal may take; a sign-in that hangs must not keep the program from ending.
      let stopTimer = (): void => undefined;
      await Promise.race([settled(), new Promise<void>((resolve) => (stopTimer = clock.after(longestEndMs, resolve)))]);
      stopTimer();
      await practice.close();
      await dailyCopies.settled();
      await opening.close();
    },
  };
}

const nothing = (): void => undefined;

/** Null instead of `not_found`: a push about something that is gone says just that. */
function found<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
