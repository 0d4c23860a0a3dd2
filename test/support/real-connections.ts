import { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { practiceAccounts, practiceEndpoints } from '../../electron/providers/practice/accounts.ts';
import { profile } from '../../electron/providers/registry.ts';
import { startPracticeListener } from '../../electron/platform/practice-listener.ts';
import { endpointKinds } from '../../shared/model/provider.ts';
import type { HeadlessApp } from './headless-app.ts';

export interface RunningProvider {
  engine: PracticeEngine;
  origin: string;
  endpoints: { kind: (typeof endpointKinds)[number]; url: string }[];
  stop(): Promise<void>;
}

/** The fake authorization server of a profile, on a loopback port of its own, by the app's clock unless told another. */
export async function runProvider(
  app: HeadlessApp,
  providerId: string,
  lifetimeSeconds = 3600,
  nowMs: () => number = () => app.clock.nowMs(),
): Promise<RunningProvider> {
  const of = profile(providerId);
  const engine = new PracticeEngine({ profile: of, nowMs, lifetimeSeconds });
  const { origin, stop } = await startPracticeListener(engine);
  const urls = practiceEndpoints(of, origin);
  const endpoints = endpointKinds.flatMap((kind) => (urls[kind] === null ? [] : [{ kind, url: urls[kind] }]));
  return { engine, origin, endpoints, stop };
}

export interface ConnectOptions {
  label?: string;
  person?: number;
  password?: string;
  clientSecret?: string;
  appId?: string;
  scopes?: string[];
}

/** A draft of a real connection whose addresses, edited under Advanced, point at the provider on loopback. */
export async function realDraft(
  app: HeadlessApp,
  provider: RunningProvider,
  providerId: string,
  options: ConnectOptions = {},
): Promise<string> {
  const { people, apps } = practiceAccounts(providerId);
  const keys = apps[0]!;
  const person = people[options.person ?? 0];
  const draft = await app.call('drafts.open', { kind: 'connect', realm: 'vault' });
  const draftId = draft.id;
  await app.call('drafts.keep', { draftId, providerId });
  if (options.appId !== undefined) await app.call('drafts.keep', { draftId, appId: options.appId });
  else {
    await app.call('drafts.keep', {
      draftId,
      clientId: keys.clientId,
      clientSecret: options.clientSecret ?? keys.clientSecret.reveal(),
      scopes: options.scopes ?? keys.scopes,
      // A server of one's own is given by its address, the others by their addresses under Advanced.
      ...(profile(providerId).ownServer === null ? { endpoints: provider.endpoints } : { baseUrl: provider.origin }),
    });
  }
  if (person !== undefined) {
    await app.call('drafts.keep', {
      draftId,
      username: person.username,
      password: options.password ?? person.password.reveal(),
    });
  }
  if (options.label !== undefined) await app.call('drafts.keep', { draftId, label: options.label });
  return draftId;
}

/** Connects for real and returns the connection's id. */
export async function connectReal(
  app: HeadlessApp,
  provider: RunningProvider,
  providerId: string,
  options: ConnectOptions = {},
): Promise<string> {
  const draftId = await realDraft(app, provider, providerId, options);
  return (await app.call('drafts.connect', { draftId })).connectionId;
}

/** The connection as the window knows it now. */
export function connectionNow(app: HeadlessApp, connectionId: string) {
  const found = app.program.snapshot().connections.find(({ id }) => id === connectionId);
  if (found === undefined) throw new Error('no such connection in the snapshot');
  return found;
}
