import { act, render, type RenderResult } from '@testing-library/react';
import { vi } from 'vitest';
import type { Bridge, Envelope } from '../../../shared/ipc/bridge.ts';
import type { Channel } from '../../../shared/ipc/channels.ts';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { Delta, Snapshot } from '../../../shared/model/program.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Shell } from '../../../renderer/shell.tsx';
import { mirrorOf } from '../../../renderer/store.ts';

export const nowMs = Date.UTC(2026, 4, 14, 12, 0, 0);
export const minute = 60_000;
export const hour = 60 * minute;

export function provider(more: Partial<ProviderView> & { id: string; name: string }): ProviderView {
  return {
    tile: more.name.slice(0, 2),
    hue: 'teamgantt',
    chooseLead: '',
    chooseNeeds: '',
    lifetimeSeconds: 3600,
    ways: [{ grant: 'password', name: 'E-mail and password', lead: null, advanced: null }],
    clientSecret: 'required',
    browser: null,
    company: null,
    choices: [],
    personalTokenBegins: null,
    renewsBy: 'refresh_token',
    passwordNote: null,
    signInEnds: 'when_revoked',
    signsInWith: 'email',
    ownServer: null,
    discovery: null,
    registers: false,
    presentation: { place: 'header', name: 'Bearer' },
    errorHints: {},
    regions: [{ id: 'global', label: 'Global' }],
    endpoints: [{ kind: 'test', urls: { global: 'https://api.example/me' }, source: 'provider_documents', note: null }],
    setup: [],
    scopes: null,
    revocation: { reach: 'this_sign_in', instead: null, insteadForPersonalToken: null },
    ...more,
  };
}

export const teamgantt = provider({
  id: 'teamgantt',
  name: 'TeamGantt',
  revocation: {
    reach: 'every_sign_in_of_the_person',
    instead: null,
    insteadForPersonalToken: 'Delete the token in TeamGantt.',
  },
});
export const connecteam = provider({
  id: 'connecteam',
  name: 'Connecteam',
  hue: 'connecteam',
  revocation: { reach: 'none', instead: 'Delete the app in Connecteam.', insteadForPersonalToken: null },
});

export function app(more: Partial<AppSummary> = {}): AppSummary {
  return {
    id: 'app',
    realm: 'vault',
    providerId: 'teamgantt',
    name: 'Firm app',
    clientId: 'tk-55',
    clientSecretSet: true,
    regionId: 'global',
    endpoints: [],
    scopes: [],
    redirectUri: null,
    choices: {},
    createdAtMs: nowMs - 100 * hour,
    unencryptedConsent: null,
    ...more,
  };
}

/** An hour-long token with forty minutes left, unless told otherwise. */
export function connection(more: Partial<ConnectionSummary> & { id: string }): ConnectionSummary {
  const expiresAtMs = more.expiresAtMs === undefined ? nowMs + 40 * minute : more.expiresAtMs;
  return {
    realm: 'vault',
    appId: 'app',
    providerId: 'teamgantt',
    label: more.id,
    account: 'pm@firm.example',
    grant: 'password',
    condition: 'kept',
    renewable: true,
    issuedAtMs: expiresAtMs === null ? nowMs - 20 * minute : expiresAtMs - hour,
    renewsAtMs: expiresAtMs === null ? null : expiresAtMs - 5 * minute,
    lastRenewedAtMs: nowMs - 20 * minute,
    createdAtMs: nowMs - 50 * hour,
    expirySource: 'expires_in',
    scopesAsked: [],
    scopesGranted: [],
    fingerprint: '7f3a91c2',
    generation: 3,
    failure: null,
    revocation: null,
    ...more,
    expiresAtMs,
  };
}

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    timeOffsetMs: 0,
    vault: { kind: 'open', keychain: 'test keychain', olderCopy: false },
    practice: { open: false, hosts: [], systems: [] },
    apps: [app()],
    connections: [],
    signIns: [],
    clipboard: { what: 'nothing', connectionId: null, form: null, takenAtMs: null, clearsAtMs: null },
    ...more,
  };
}

type Answers = Partial<Record<Channel, (input: never) => unknown>>;

export const failed = (problem: Problem): { problem: Problem } => ({ problem });

export interface FakeMain {
  client: Bridge;
  calls: [channel: string, input: unknown][];
  push: (delta: Partial<Delta>) => void;
  /** What `program.start` answers with from now on. */
  now: (next: Snapshot) => void;
}

/** A main that answers as told: a plain value is an `ok`, `failed(…)` is a problem. */
export function fakeMain(
  first: Snapshot,
  answers: Answers = {},
  lastCopiedConnectionId: string | null = null,
): FakeMain {
  let current = first;
  const calls: FakeMain['calls'] = [];
  const listeners = new Set<(delta: Delta) => void>();
  const usual: Answers = {
    'program.start': () => ({
      snapshot: current,
      language: 'en',
      platform: 'linux',
      version: '0',
      dataFolder: '/data',
      lastCopiedConnectionId,
    }),
    'providers.list': () => ({ providers: [teamgantt, connecteam] }),
    'connections.history': () => ({ exchanges: [] }),
    'connections.lookBack': () => ({ lanes: [] }),
    'connections.claims': () => ({ tokens: [] }),
    'notices.ofConnection': () => ({ notify: 'on', snoozedUntilMs: null }),
  };
  const answer = (channel: Channel, input: unknown): Promise<Envelope<unknown>> => {
    calls.push([channel, input]);
    const value = (answers[channel] ?? usual[channel] ?? (() => ({ done: true })))(input as never);
    return Promise.resolve(
      typeof value === 'object' && value !== null && 'problem' in value
        ? { ok: false, problem: value.problem as Problem }
        : { ok: true, value },
    );
  };
  const area = (name: string): unknown =>
    new Proxy({}, { get: (_, verb) => (input: unknown) => answer(`${name}.${String(verb)}` as Channel, input) });
  const client = new Proxy(
    {},
    {
      get: (_, name) =>
        name === 'onState'
          ? (listener: (delta: Delta) => void) => {
              listeners.add(listener);
              return () => listeners.delete(listener);
            }
          : area(String(name)),
    },
  ) as Bridge;
  let revision = first.revision;
  return {
    client,
    calls,
    push: (delta) => {
      revision = delta.revision ?? revision + 1;
      for (const listener of listeners) listener({ ...delta, revision });
    },
    now: (next) => {
      current = next;
    },
  };
}

/** What jsdom lacks: a layout (every element is as large as the window, so that a virtual list has room) and CSS.escape. */
export function giveRoom(): void {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800);
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  Element.prototype.scrollTo = () => undefined;
  vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, (letter) => `\\${letter}`) });
}

/** The whole window over a fake main, after its first answer. */
export async function openWindow(main: FakeMain): Promise<RenderResult> {
  const view = render(<Shell client={main.client} mirror={mirrorOf(main.client)} />);
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
  return view;
}
