import { AppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Question } from '../../shared/model/question.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import { issuerFrom } from '../oauth/discovery.ts';
import { isEncryptedOrLocal } from '../oauth/endpoint.ts';
import type { AppRecord, Change, Vault } from '../vault/records.ts';
import { checkedAddress } from './addresses.ts';
import { checkedChoices } from './draft-way.ts';
import { plainName, shownHost } from './plain-name.ts';
import type { ChosenFiles, Clock, Confirm, Log } from './ports.ts';
import type { Realms } from './realms.ts';
import { checkedRedirectUri, isHere } from './redirect-address.ts';
import { mostSetUpBytes, readSetUp, writeSetUp, wrongAt, type SharedApp } from './set-up-file.ts';

export interface SetUpTools {
  realms: Realms;
  files: ChosenFiles;
  confirm: Confirm;
  clock: Clock;
  log: Log;
  /** Throws `not_found`. */
  view(providerId: string): ProviderView;
  published(providerId: string, regionId: string): AppRecord['endpoints'];
  newId(): string;
  ensureVault(): Promise<void>;
}

/** Registrations and addresses for colleagues; who signs in with them and every secret stay here. */
export async function shareSetUp(
  { realms, files, log }: SetUpTools,
  appIds: readonly string[],
): Promise<Output<'setUp.share'>> {
  const apps = [...new Set(appIds)].map((appId): SharedApp => {
    const { vault, app } = realms.app(appId);
    // Practice is nobody else's, and tokens made by hand hang on no registration.
    if (vault.realm === 'practice' || app.clientId === '') throw new AppError('bad_input');
    return shared(app);
  });
  const only = apps.length === 1 ? apps[0]?.name : undefined;
  const saved = await files.save(`${fileName(only ?? 'Grantkeep')} set-up.json`, writeSetUp(apps));
  if (saved) log.write('set-up shared', { count: apps.length });
  return { saved };
}

/** Member by member: a new member of the record does not get into a file by itself. */
function shared(app: AppRecord): SharedApp {
  return {
    providerId: app.providerId,
    name: plainName(app.name) === '' ? app.providerId : plainName(app.name),
    clientId: app.clientId,
    regionId: app.regionId,
    endpoints: app.endpoints.map(({ kind, url }) => {
      // Its consent was one person's, and nobody could take such an app over.
      if (url !== null && !isEncryptedOrLocal(new URL(url)))
        throw new AppError('address_insecure', { host: new URL(url).host });
      return { kind, url };
    }),
    scopes: [...app.scopes],
    redirectUri: app.redirectUri,
    choices: { ...app.choices },
    ...(app.issuer === null ? {} : { issuer: app.issuer }),
    ...(app.answersNameIssuer === true ? { answersNameIssuer: true } : {}),
  };
}

/** Without what a file system may read as something else. */
function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return plain === '' ? 'Grantkeep' : plain;
}

/**
 * Apps out of a colleague's file: always new ones, without a secret, whatever their names and client IDs are. An app
 * that is here keeps its addresses and its tokens; main's dialog names each app and each host that its provider's
 * profile does not have.
 */
export async function takeOverSetUp(tools: SetUpTools): Promise<Output<'setUp.takeOver'>> {
  const { realms, files, confirm, log } = tools;
  const file = await files.open(mostSetUpBytes);
  if (file === null) return { appIds: [] };
  const records = readSetUp(file.bytes).map((app, index) => recordOf(tools, app, index));
  if (!(await confirm.ask(questionOf(tools, plainName(file.name), records)))) throw new AppError('not_confirmed');
  await tools.ensureVault();
  const vault = realms.of('vault');
  const changes = records.flatMap((record): Change[] => [
    { put: 'app', record },
    { put: 'app_secrets', appId: record.id, secrets: { clientSecret: null } },
  ]);
  realms.commit(vault, numbered(changes, vault));
  log.write('set-up taken over', { count: records.length });
  return { appIds: records.map(({ id }) => id) };
}

function recordOf(tools: SetUpTools, app: SharedApp, index: number): AppRecord {
  const view = known(tools, app.providerId);
  if (!view.regions.some(({ id }) => id === app.regionId)) throw wrongAt(index, 'regionId');
  const given = new Map(app.endpoints.map(({ kind, url }) => [kind, url]));
  const published = tools.published(app.providerId, app.regionId);
  if (given.size !== app.endpoints.length) throw wrongAt(index, 'endpoints');
  if ([...given.keys()].some((kind) => !published.some((one) => one.kind === kind))) throw wrongAt(index, 'endpoints');
  return {
    id: tools.newId(),
    realm: 'vault',
    providerId: app.providerId,
    name: app.name,
    clientId: app.clientId,
    clientSecretSet: false,
    regionId: app.regionId,
    issuer: issuerOf(app, view, index),
    ...(app.answersNameIssuer === true ? { answersNameIssuer: true } : {}),
    endpoints: published.map((one) => {
      const text = given.get(one.kind) ?? null;
      // What is empty there is empty here: an address is never guessed.
      if (text === null) return { ...one, url: null };
      const url = attempt(() => checkedAddress(one.kind, text), index, one.kind);
      return url === one.url ? one : { kind: one.kind, url, source: 'entered_by_you' };
    }),
    scopes: [...new Set(app.scopes)],
    redirectUri: redirectOf(app, view, index),
    createdAtMs: tools.clock.nowMs(),
    ...choicesOf(app, view, index),
  };
}

function known(tools: SetUpTools, providerId: string): ProviderView {
  try {
    return tools.view(providerId);
  } catch {
    throw new AppError('set_up_provider_unknown', { name: providerId });
  }
}

/** To the letter, since every answer of a sign-in is compared with it. */
function issuerOf({ issuer, answersNameIssuer }: SharedApp, { discovery }: ProviderView, index: number): string | null {
  if (issuer === undefined) {
    if (answersNameIssuer === true) throw wrongAt(index, 'answersNameIssuer');
    return null;
  }
  if (discovery === null || attempt(() => issuerFrom(issuer), index, 'issuer') !== issuer)
    throw wrongAt(index, 'issuer');
  return issuer;
}

/** As it is registered, byte for byte (G2). */
function redirectOf({ redirectUri }: SharedApp, { browser }: ProviderView, index: number): string | null {
  if (redirectUri === null) return null;
  const checked = attempt(() => checkedRedirectUri(redirectUri), index, 'redirectUri');
  if (checked !== redirectUri || browser === null) throw wrongAt(index, 'redirectUri');
  return redirectUri;
}

function choicesOf(app: SharedApp, view: ProviderView, index: number): Pick<AppRecord, 'choices'> {
  const choices = attempt(() => checkedChoices(view, app.choices), index, 'choices');
  return Object.keys(choices).length === 0 ? {} : { choices };
}

function attempt<T>(read: () => T, index: number, member: Parameters<typeof wrongAt>[1]): T {
  try {
    return read();
  } catch {
    throw wrongAt(index, member);
  }
}

/** A dialog of the system does not scroll: its buttons must stay on the screen. */
const mostHosts = 12;

function questionOf(tools: SetUpTools, file: string, records: readonly AppRecord[]): Question {
  type Line = Extract<Question, { kind: 'take_over_set_up' }>['hosts'][number];
  const hosts = new Map<string, Line>();
  const add = (url: string, what: Line['whats'][number], { name }: AppRecord): void => {
    const host = shownHost(url);
    const { whats, apps } = hosts.get(host) ?? { whats: [], apps: [] };
    hosts.set(host, {
      host,
      whats: [...new Set([...whats, what])],
      apps: [...new Set([...apps, plainName(name)])],
    });
  };
  for (const record of records) {
    const published = tools.published(record.providerId, record.regionId);
    const usual = new Set(published.flatMap(({ url }) => (url === null ? [] : [new URL(url).origin])));
    for (const { kind, url } of record.endpoints) {
      if (url !== null && !usual.has(new URL(url).origin)) add(url, kind, record);
    }
    // A redirect address of this computer gives the code to nobody else.
    if (record.redirectUri !== null && !isHere(record.redirectUri)) add(record.redirectUri, 'redirect', record);
  }
  if (hosts.size > mostHosts) throw new AppError('set_up_wrong', { name: `apps (more than ${mostHosts} other hosts)` });
  const apps = records.map(({ name, providerId }) => ({
    name: plainName(name),
    provider: tools.view(providerId).name,
  }));
  return { kind: 'take_over_set_up', file, apps, hosts: [...hosts.values()] };
}

/** A second app of one name is numbered, so that it cannot be taken for the first. */
function numbered(changes: readonly Change[], vault: Vault): Change[] {
  const taken = new Set(vault.apps().map(({ name }) => name));
  return changes.map((change) => {
    if (!('put' in change) || change.put !== 'app') return change;
    const { name } = change.record;
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name} ${String(number)}`;
    taken.add(free);
    return { ...change, record: { ...change.record, name: free } };
  });
}
