import { randomUUID } from 'node:crypto';
import type { Output } from '../shared/ipc/contract.ts';
import type { ActionId } from '../shared/model/actions.ts';
import type { Delta, Snapshot } from '../shared/model/program.ts';
import { catalogueFor } from '../shared/text/catalogue.ts';
import { broadcast } from './ipc/broadcast.ts';
import { handlers } from './ipc/handlers.ts';
import type { Handlers } from './ipc/router.ts';
import type { Transport } from './oauth/transport.ts';
import { endpointsFor, pageUrl, profile, providerViews } from './providers/registry.ts';
import { BrowserSignIns } from './services/browser-sign-ins.ts';
import type { ConnectTools } from './services/connect.ts';
import { Copying } from './services/copy-token.ts';
import { diagnosisOf } from './services/diagnose.ts';
import { reportText } from './services/diagnosis-report.ts';
import { Drafts } from './services/drafts.ts';
import { oneQuestion } from './services/one-question.ts';
import { OneAtATime } from './services/one-at-a-time.ts';
import { VaultOpening } from './services/open-vault.ts';
import type {
  Browser,
  ChosenFiles,
  Clipboard,
  Clock,
  Confirm,
  Log,
  PracticeProvider,
  Preferences,
  RedirectListeners,
  VaultDoor,
} from './services/ports.ts';
import { Practice } from './services/practice.ts';
import { ProviderCalls } from './services/provider-calls.ts';
import { Realms } from './services/realms.ts';
import { Rehearsals } from './services/rehearse.ts';
import { Renewals } from './services/renew.ts';
import { RenewalSchedule } from './services/renewal-schedule.ts';
import { Sightings } from './services/sightings.ts';
import { appSummary, connectionSummary } from './services/summaries.ts';
import { Turns } from './services/turns.ts';
import { Secret } from './secret.ts';
import { PracticeShelf } from './vault/practice-shelf.ts';

/** The outside world. `main.ts` joins the real one; tests join fakes and real HTTP. */
export interface Adapters {
  clock: Clock;
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
  door: VaultDoor;
  startPractice(): Promise<PracticeProvider[]>;
  openDataFolder(): Promise<void>;
  about: Pick<Output<'program.start'>, 'language' | 'platform' | 'version' | 'dataFolder'>;
  push: (delta: Delta) => void;
  random: () => number;
}

export interface Program {
  handlers: Handlers;
  snapshot(): Snapshot;
  /** Opens the vault and begins to renew what is due. */
  begin(): Promise<void>;
  /** Chosen in the application menu: the window does it. */
  act(id: ActionId): void;
  /** The computer woke, or the network came back: look at the clock again. */
  lookAgain(): void;
  /** The computer goes to sleep: timers stand still then, and what is on the clipboard would lie there (B57). */
  clearClipboard(): void;
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

  const feed = broadcast(
    {
      vault: () => opening.status(),
      practice: () => practice.status(),
      clipboard: () => copying.status(),
      signIns: () => browserSignIns.views(),
      apps: () => realms.all().flatMap((vault) => vault.apps().map(appSummary)),
      connections: () =>
        realms.all().flatMap((vault) => vault.connections().map((one) => connectionSummary(one, renewals, leadMs()))),
      app: (id) => found(() => appSummary(realms.app(id).app)),
      connection: (id) => found(() => connectionSummary(realms.connection(id).connection, renewals, leadMs())),
    },
    world.push,
    log,
  );

  const realms = new Realms(feed);
  const sightings = new Sightings(clock);
  const calls = new ProviderCalls(sightings.watch(world.transport), world.about.platform);
  const renewals = new Renewals({
    realms,
    calls,
    clock,
    log,
    announce: feed,
    newId,
    random: world.random,
    paused: () => opening.isPaused(),
    ended: () => schedule.look(),
  });
  const schedule = new RenewalSchedule({ realms, renewals, clock, leadMs, paused: () => opening.isPaused() });
  const opening = new VaultOpening({ door: world.door, realms, announce: feed, log, opened: () => schedule.look() });
  const practice: Practice = new Practice({
    realms,
    announce: feed,
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
    ...{ calls, clock, log, ports, announce: feed },
    ...{ browser: world.browser, listeners: world.listeners, attention: world.attention },
    startPage: ({ realm, providerId }) => {
      const page = realm === 'practice' && providerId !== null ? practice.offer(providerId).marketplaceUrl : null;
      return page === null ? null : new Secret(page);
    },
    registerRedirect,
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
    announce: feed,
  });
  // Whatever changes may change what is due next.
  realms.onCommit(() => schedule.look());

  const connecting = new OneAtATime<Output<'drafts.connect'>>();
  const registering = new OneAtATime<Output<'drafts.register'>>();
  const revoking = new OneAtATime<Output<'connections.revoke'>>();
  const shared = { realms, calls, renewals, clock, log, newId, drafts, ensureVault: () => opening.ensure() };
  const asking = {
    ...shared,
    view,
    confirm: oneQuestion(world.confirm),
    published: (providerId: string, regionId: string) => endpointsFor(profile(providerId), regionId),
  };
  const diagnoseTools = { ...shared, sightings, olderCopy: () => opening.isPaused() };
  return {
    handlers: handlers({
      ...shared,
      copying,
      practice,
      opening,
      browserSignIns,
      rehearsals,
      connectTools: { ...shared, connecting, browserSignIns, registerRedirect },
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
      start: () => ({
        snapshot: feed.snapshot(),
        ...world.about,
        lastCopiedConnectionId: preferences.lastCopiedConnectionId(),
      }),
      providers: () => ({ providers: providerViews(world.about.language) }),
      openDataFolder: () => world.openDataFolder(),
      openProviderPage: (providerId, pageId, regionId) => world.browser.open(pageUrl(providerId, pageId, regionId)),
    }),
    snapshot: () => feed.snapshot(),
    async begin() {
      schedule.start();
      await opening.open();
    },
    act: (id) => feed.act(id),
    lookAgain: () => schedule.look(),
    clearClipboard: () => void copying.clear().catch(() => undefined),
    async end() {
      schedule.stop();
      browserSignIns.cancelAll();
      await copying.end().catch(() => undefined);
      // Longer than a renewal may take; a sign-in that hangs must not keep the program from ending.
      let stopTimer = (): void => undefined;
      await Promise.race([
        Promise.all([connecting.settled(), revoking.settled(), renewals.settled()]),
        new Promise<void>((resolve) => (stopTimer = clock.after(longestEndMs, resolve))),
      ]);
      stopTimer();
      await practice.close();
      await opening.close();
    },
  };
}

/** Null instead of `not_found`: a push about something that is gone says just that. */
function found<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
