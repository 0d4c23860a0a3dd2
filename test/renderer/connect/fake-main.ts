import type { Bridge, Envelope } from '../../../shared/ipc/bridge.ts';
import type { Channel } from '../../../shared/ipc/channels.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { DraftInput, DraftPurpose, DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { Delta, Snapshot } from '../../../shared/model/program.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { app, connecteam, connection, draft, teamgantt } from './samples.ts';

export interface FakeMain {
  client: Bridge;
  /** Every call in order; what a secret test looks through. */
  calls: { channel: Channel; input: unknown }[];
  of: (channel: Channel) => unknown[];
  /** The next answer of a channel, instead of its usual one. */
  answerNext: (channel: Channel, answer: Envelope<never> | { ok: true; value: unknown }) => void;
  push: (delta: Omit<Delta, 'revision'>) => void;
}

const done = { done: true } as const;

/** A main process of the size of a test: drafts as the real one keeps them, everything else answered as done. */
export function fakeMain(start: Partial<Snapshot> & { providers?: ProviderView[]; language?: string } = {}): FakeMain {
  const providers = start.providers ?? [teamgantt, connecteam];
  const snapshot: Snapshot = {
    revision: 1,
    vault: { kind: 'open', keychain: 'the system keychain', olderCopy: false },
    practice: { open: false, hosts: [] },
    apps: [],
    connections: [],
    clipboard: { what: 'nothing', connectionId: null, form: null, takenAtMs: null, clearsAtMs: null },
    ...start,
  };
  let { revision } = snapshot;
  const listeners = new Set<(delta: Delta) => void>();
  const drafts = new Map<string, DraftView>();
  const calls: FakeMain['calls'] = [];
  const next = new Map<Channel, { ok: boolean }[]>();
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
        grant: provider.grants[0]!,
        scopes: provider.scopes?.testScope == null ? [] : [provider.scopes.testScope],
        username: practice && provider.grants.includes('password') ? 'pm@firm.example' : '',
        passwordEntered: practice && provider.grants.includes('password'),
        endpoints: [],
      };
    }
    const { clientSecret, password, endpoints, ...rest } = input;
    const edits = endpoints?.filter((one) => one.url !== '').map((one) => ({ ...one, edited: true }));
    view = {
      ...view,
      ...(rest as Partial<DraftView>),
      clientSecretEntered: clientSecret === undefined ? view.clientSecretEntered : clientSecret !== '',
      passwordEntered: password === undefined ? view.passwordEntered : password !== '',
      endpoints: [...(edits ?? []), ...view.endpoints],
    };
    view = { ...view, endpoints: addressesOf(view) };
    drafts.set(view.id, view);
    return view;
  }

  function connectDraft(draftId: string): Output<'drafts.connect'> {
    const view = drafts.get(draftId)!;
    const account = view.grant === 'password' ? view.username : 'Harbour Crew';
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
      expiresAtMs: nowMs + life * 1000,
      renewsAtMs: nowMs + life * 900,
      scopesAsked: view.scopes,
      scopesGranted: view.grant === 'password' ? null : view.scopes,
    });
    push({ ...(view.appId === null ? { apps: [newApp] } : {}), connections: [made] });
    return { connectionId: id, account, accountChecked: true };
  }

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
      push({ practice: { open: true, hosts: ['127.0.0.1:43117'] } });
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
    'connections.copy': () => ({ renewedFirst: false, clearsAtMs: Date.now() + 30_000, leftMs: 3_600_000 }),
    'apps.add': () => ({ appId: 'app-new' }),
    'backup.copies': () => ({ copies: [] }),
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
            const prepared = next.get(channel)?.shift();
            const value = prepared ?? { ok: true, value: usual[channel]?.(input as never) ?? done };
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
    push,
  };
}

export const failed = (code: Problem['code'], facts: Problem['facts'] = {}): Envelope<never> => ({
  ok: false,
  problem: { code, facts },
});
