import type { Bridge, Envelope } from '../../../shared/ipc/bridge.ts';
import type { Channel } from '../../../shared/ipc/channels.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { DraftInput, DraftPurpose, DraftView, SignInView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { Delta, Snapshot } from '../../../shared/model/program.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { browserOut, type Ending } from './browser-out.ts';
import { app, connecteam, connection, draft, teamgantt } from './samples.ts';

export interface FakeMain {
  client: Bridge;
  /** Every call in order; what a secret test looks through. */
  calls: { channel: Channel; input: unknown }[];
  of: (channel: Channel) => unknown[];
  /** The next answer of a channel, instead of its usual one. */
  answerNext: (channel: Channel, answer: Envelope<never> | { ok: true; value: unknown }) => void;
  /** The next answer of a channel comes when the test lets it. */
  answerLong: (channel: Channel, answer: () => Promise<Envelope<never>>) => void;
  push: (delta: Omit<Delta, 'revision'>) => void;
  /** The browser is out for this draft; `drafts.connect` is answered when the test says so. */
  out: (now: Partial<SignInView>) => void;
  /** Ends the long call, and with it the sign-in. */
  comeBack: (ending?: Ending) => void;
}

const done = { done: true } as const;

/** A main process of the size of a test: drafts as the real one keeps them, everything else answered as done. */
export function fakeMain(start: Partial<Snapshot> & { providers?: ProviderView[]; language?: string } = {}): FakeMain {
  const providers = start.providers ?? [teamgantt, connecteam];
  const snapshot: Snapshot = {
    revision: 1,
    timeOffsetMs: 0,
    vault: { kind: 'open', keychain: 'the system keychain', olderCopy: false },
    practice: { open: false, hosts: [], systems: [] },
    apps: [],
    connections: [],
    signIns: [],
    clipboard: { what: 'nothing', connectionId: null, form: null, takenAtMs: null, clearsAtMs: null },
    ...start,
  };
  let { revision } = snapshot;
  const listeners = new Set<(delta: Delta) => void>();
  const drafts = new Map<string, DraftView>();
  const calls: FakeMain['calls'] = [];
  const next = new Map<Channel, { ok: boolean }[]>();
  const long = new Map<Channel, () => Promise<Envelope<never>>>();
  let count = 0;

  function push(change: Omit<Delta, 'revision'>): void {
    revision += 1;
    for (const listener of listeners) listener({ revision, ...change });
  }

  function addressesOf(view: DraftView): DraftView['endpoints'] {
    const provider = providers.find((one) => one.id === view.providerId);
    return (provider?.endpoints ?? []).map(({ kind, urls }) => {
      const given =
        view.realm === 'practice'
          ? `http://127.0.0.1:43117/${kind}`
          : (urls[view.regionId] ?? '').replace('{base}', view.baseUrl ?? '');
      const edited = view.endpoints.find((one) => one.kind === kind && one.edited);
      return { kind, url: edited?.url ?? given, edited: edited !== undefined };
    });
  }

  function openDraft(purpose: DraftPurpose): DraftView {
    count += 1;
    const id = `d${String(count)}`;
    const before =
      purpose.kind === 'connect' ? undefined : snapshot.connections.find((one) => one.id === purpose.connectionId);
    const itsApp = snapshot.apps.find((one) => one.id === before?.appId);
    const view: DraftView =
      before === undefined || itsApp === undefined
        ? draft({ id, purpose, realm: purpose.kind === 'connect' ? purpose.realm : 'vault', regionId: 'default' })
        : draft({
            id,
            purpose,
            realm: before.realm,
            providerId: before.providerId,
            appId: itsApp.id,
            appName: itsApp.name,
            clientId: itsApp.clientId,
            regionId: itsApp.regionId,
            grant: before.grant,
            username: before.account ?? '',
            company: before.account ?? '',
            redirectUri: itsApp.redirectUri,
            redirectIsHere: itsApp.redirectUri?.startsWith('http://127.0.0.1:') === true,
            label: before.label,
            endpoints: itsApp.endpoints.map(({ kind, url }) => ({ kind, url: url ?? '', edited: false })),
          });
    drafts.set(id, view);
    return view;
  }

  function keepDraft(input: DraftInput): DraftView {
    let view = drafts.get(input.draftId)!;
    const provider = providers.find((one) => one.id === (input.providerId ?? view.providerId));
    if (input.providerId !== undefined && input.providerId !== view.providerId && provider !== undefined) {
      const practice = view.realm === 'practice';
      view = {
        ...view,
        providerId: provider.id,
        appId: null,
        appName: provider.name,
        clientId: practice ? `practice-${provider.id}` : '',
        clientSecretEntered: practice,
        regionId: provider.regions[0]!.id,
        baseUrl: provider.ownServer === null ? null : practice ? 'http://127.0.0.1:43117' : '',
        unencryptedAgreed: false,
        registered: false,
        grant: provider.ways[0]!.grant,
        redirectUri: provider.browser === null ? null : `http://127.0.0.1:24816/${provider.id}`,
        redirectIsHere: provider.browser !== null,
        choices: {},
        company: '',
        pastedTokenEntered: false,
        scopes: provider.scopes?.testScope == null ? [] : [provider.scopes.testScope],
        username: practice && hasPassword(provider) ? 'pm@firm.example' : '',
        passwordEntered: practice && hasPassword(provider),
        endpoints: [],
      };
    }
    const { clientSecret, password, pastedToken, redirectUri, appId, endpoints, ...rest } = input;
    const own = provider?.browser == null ? null : `http://127.0.0.1:24816/${provider.id}`;
    const itsApp = snapshot.apps.find((one) => one.id === appId);
    const chosen = appId === undefined ? {} : { appId, redirectUri: itsApp?.redirectUri ?? own };
    const typed = redirectUri === undefined ? {} : { redirectUri: redirectUri === '' ? own : redirectUri };
    const grant = input.grant ?? view.grant;
    const edits = endpoints?.filter((one) => one.url !== '').map((one) => ({ ...one, edited: true }));
    view = {
      ...view,
      ...(rest as Partial<DraftView>),
      ...chosen,
      ...typed,
      pastedTokenEntered:
        pastedToken === undefined ? view.pastedTokenEntered && grant === view.grant : pastedToken !== '',
      clientSecretEntered: clientSecret === undefined ? view.clientSecretEntered : clientSecret !== '',
      passwordEntered: password === undefined ? view.passwordEntered : password !== '',
      endpoints: [...(edits ?? []), ...view.endpoints],
    };
    const redirectIsHere = view.redirectUri?.startsWith('http://127.0.0.1:') === true;
    view = { ...view, endpoints: addressesOf(view), redirectIsHere };
    drafts.set(view.id, view);
    return view;
  }

  function connectDraft(draftId: string): Output<'drafts.connect'> {
    const view = drafts.get(draftId)!;
    const account = view.grant === 'password' ? view.username : view.company === '' ? 'Harbour Crew' : view.company;
    const byHand = view.grant === 'personal_access_token';
    count += 1;
    const appId = view.appId ?? `app-${String(count)}`;
    const id = view.purpose.kind === 'sign_in_again' ? view.purpose.connectionId : `c${String(count)}`;
    const life = providers.find((one) => one.id === view.providerId)?.lifetimeSeconds ?? 3600;
    const nowMs = Date.now();
    const newApp = app({
      id: appId,
      realm: view.realm,
      providerId: view.providerId!,
      name: view.appName,
      clientId: view.clientId,
      regionId: view.regionId,
      scopes: view.scopes,
      endpoints: view.endpoints.map(({ kind, url, edited }) => ({
        kind,
        url,
        source: edited ? ('entered_by_you' as const) : ('provider_documents' as const),
      })),
    });
    const made = connection({
      id,
      appId,
      realm: view.realm,
      providerId: view.providerId!,
      label: view.label === '' ? account : view.label,
      account,
      grant: view.grant,
      issuedAtMs: nowMs,
      renewable: !byHand,
      expiresAtMs: byHand ? null : nowMs + life * 1000,
      renewsAtMs: byHand ? null : nowMs + life * 900,
      scopesAsked: view.scopes,
      scopesGranted: view.grant === 'password' ? null : view.scopes,
    });
    push({ ...(view.appId === null ? { apps: [newApp] } : {}), connections: [made] });
    return { connectionId: id, account, accountChecked: view.company === '' };
  }

  const isBrowser = (draftId: string): boolean => drafts.get(draftId)?.grant === 'authorization_code';
  const browser = browserOut((signIns) => push({ signIns }));

  const usual: Partial<Record<Channel, (input: never) => unknown>> = {
    'program.start': () => ({
      snapshot,
      language: start.language ?? 'en',
      platform: 'linux',
      version: '0.1.0',
      dataFolder: '/home/pm/.config/Grantkeep',
      lastCopiedConnectionId: null,
    }),
    'program.setVaultAside': () => ({ movedTo: '/home/pm/.config/Grantkeep/vault-set-aside-2026-11-22' }),
    'providers.list': () => ({ providers }),
    'practice.open': () => {
      push({ practice: { open: true, hosts: ['127.0.0.1:43117'], systems: [] } });
      return done;
    },
    'drafts.open': openDraft,
    'drafts.keep': keepDraft,
    'drafts.register': (input: { draftId: string }) => {
      const keys = { clientId: '6a2a39ba-9688-493d-b348-187468f599ae', clientSecretEntered: true, registered: true };
      const view = { ...drafts.get(input.draftId)!, ...keys };
      drafts.set(view.id, view);
      return view;
    },
    'drafts.connect': (input: { draftId: string }) => connectDraft(input.draftId),
    'drafts.keepAsNew': (input: { draftId: string }) => connectDraft(input.draftId),
    'drafts.signInAsOther': (input: { draftId: string }) => {
      const empty = { username: '', passwordEntered: false, pastedTokenEntered: false };
      const view = { ...drafts.get(input.draftId)!, ...empty };
      drafts.set(view.id, view);
      return view;
    },
    'connections.copy': () => ({ renewedFirst: false, clearsAtMs: Date.now() + 30_000, leftMs: 3_600_000 }),
    'apps.add': () => ({ appId: 'app-new' }),
    'backup.copies': () => ({ copies: [], needsPassphrase: false }),
    'backup.make': () => ({ savedTo: '/home/pm/Grantkeep backup 2026-11-25.age' }),
    'backup.choose': () => ({ fileName: 'Grantkeep backup 2026-11-25.age' }),
    'backup.restoreCopy': () => ({ movedTo: 'vault set aside 2026-11-25T09-12-33' }),
  };

  const client = new Proxy({} as Bridge, {
    get: (_target, area: string) => {
      if (area === 'onState') {
        return (listener: (delta: Delta) => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        };
      }
      return new Proxy(
        {},
        {
          get: (_inner, verb: string) => (input: unknown) => {
            const channel = `${area}.${verb}` as Channel;
            calls.push({ channel, input });
            const slow = long.get(channel);
            long.delete(channel);
            if (slow !== undefined) return slow();
            const prepared = next.get(channel)?.shift();
            const { draftId = '' } = input as { draftId?: string };
            if (prepared === undefined && channel === 'drafts.connect' && isBrowser(draftId)) {
              return browser
                .go(draftId)
                .then((ending) => (ending.ok ? { ok: true, value: connectDraft(draftId) } : ending));
            }
            const value = prepared ?? { ok: true, value: usual[channel]?.(input as never) ?? done };
            // Called off, the long call ends as the real one does.
            if (prepared === undefined && channel === 'drafts.cancelSignIn') browser.end(failed('sign_in_cancelled'));
            return Promise.resolve(value);
          },
        },
      );
    },
  });

  return {
    client,
    calls,
    of: (channel) => calls.filter((call) => call.channel === channel).map((call) => call.input),
    answerNext: (channel, answer) => {
      next.set(channel, [...(next.get(channel) ?? []), answer]);
    },
    answerLong: (channel, answer) => void long.set(channel, answer),
    push,
    out: browser.show,
    comeBack: (ending = { ok: true }) => browser.end(ending),
  };
}

const hasPassword = (provider: ProviderView): boolean => provider.ways.some(({ grant }) => grant === 'password');

export const failed = (code: Problem['code'], facts: Problem['facts'] = {}): Envelope<never> => ({
  ok: false,
  problem: { code, facts },
});
