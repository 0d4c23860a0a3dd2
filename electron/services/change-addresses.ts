import { AppError } from '../../shared/errors.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { endpointKinds, type EndpointKind, type ProviderView } from '../../shared/model/provider.ts';
import { sameBinding, type AppRecord, type Change, type ConnectionRecord, type Vault } from '../vault/records.ts';
import { checkedAddress } from './addresses.ts';
import { checkedChoices } from './draft-way.ts';
import { plainName, shownHost } from './plain-name.ts';
import type { Clock, Confirm, Log } from './ports.ts';
import type { Realms } from './realms.ts';

export interface ChangeAddressesTools {
  realms: Realms;
  /** Main's own dialog: no call of the window can stand in for its yes. */
  confirm: Confirm;
  clock: Clock;
  log: Log;
  view(providerId: string): ProviderView;
  /** What the profile says for that region, so that typing it again is known to be its value (R8). */
  published(providerId: string, regionId: string): AppRecord['endpoints'];
}

type Endpoint = AppRecord['endpoints'][number];

/** An address that this app has not asked in such a matter before. */
interface NewAddress {
  kind: EndpointKind;
  url: string;
  /** A host that tokens would be got from, so that the tokens of another must not go there. */
  drops: boolean;
}

/**
 * The addresses of an app that is there already (B31). Within the hosts that it asks anyway a change is only saved.
 * Whatever is new is asked about first, in main's own dialog and by its host: a new token or authorization host drops
 * the tokens, a new revocation or test host is given them when it is used. No: nothing is changed and nothing sent.
 */
export async function changeAddresses(
  tools: ChangeAddressesTools,
  input: Input<'apps.changeAddresses'>,
): Promise<Output<'apps.changeAddresses'>> {
  const { realms, confirm, log } = tools;
  const { vault, app } = realms.app(input.appId);
  // Practice talks to its own server on this computer and to nothing else.
  if (vault.realm === 'practice') throw new AppError('bad_input');
  const next = edited(tools, app, input);
  const isNew = newAddresses(app, next);
  const drops = isNew.some((address) => address.drops);
  if (isNew.length > 0) {
    const shown = living(vault, app.id).map(({ id }) => id);
    const yes = await confirm.ask({
      kind: 'new_addresses',
      app: plainName(app.name),
      provider: tools.view(app.providerId).name,
      addresses: isNew.map(({ kind, url }) => ({ kind, host: shownHost(url) })),
      connections: shown.length,
      drops,
    });
    if (!yes) throw new AppError('not_confirmed');
    // The yes was for what stood there when it was asked for.
    const now = realms.app(app.id);
    const nowLiving = living(now.vault, app.id).map(({ id }) => id);
    if (now.vault !== vault || !isDeepSame(now.app, app) || !isDeepSame(nowLiving, shown)) {
      throw new AppError('changed_meanwhile');
    }
  }
  const dropped = drops ? living(vault, app.id) : [];
  realms.commit(vault, changesFor(tools, vault, app, next, dropped));
  log.write('addresses changed', { provider: app.providerId, count: dropped.length });
  return { asked: [...new Set(isNew.map(({ url }) => shownHost(url)))], dropped: dropped.map(({ id }) => id) };
}

/** The record as it would be; an empty address is none. Throws `address_…` with the field, `bad_input`. */
function edited(tools: ChangeAddressesTools, app: AppRecord, input: Input<'apps.changeAddresses'>): AppRecord {
  const view = tools.view(app.providerId);
  const kinds = endpointKinds.filter((kind) => [...view.endpoints, ...app.endpoints].some((one) => one.kind === kind));
  const typed = new Map(input.endpoints.map(({ kind, url }) => [kind, url.trim()]));
  if (typed.size !== input.endpoints.length || [...typed.keys()].some((kind) => !kinds.includes(kind))) {
    throw new AppError('bad_input');
  }
  const published = tools.published(app.providerId, app.regionId);
  const agreedOrigin = app.unencryptedConsent?.origin ?? null;
  const endpoints = kinds.flatMap((kind): Endpoint[] => {
    const old = app.endpoints.find((one) => one.kind === kind);
    const text = typed.get(kind);
    if (text === undefined || text === (old?.url ?? '')) return old === undefined ? [] : [old];
    if (text === '') return [{ kind, url: null, source: 'entered_by_you' }];
    const url = checkedAddress(kind, text, agreedOrigin);
    const known = published.find((one) => one.kind === kind && one.url === url);
    return [known ?? { kind, url, source: 'entered_by_you' }];
  });
  const choices = input.choices === undefined ? app.choices : checkedChoices(view, input.choices);
  // What was agreed was agreed for one server: it goes with its last address.
  const stays = endpoints.some(({ url }) => url !== null && new URL(url).origin === agreedOrigin);
  return {
    ...app,
    endpoints,
    choices: choices === undefined || Object.keys(choices).length === 0 ? undefined : choices,
    unencryptedConsent: stays ? app.unencryptedConsent : undefined,
  };
}

/**
 * Whose host already has, by what the app does, at least what an address of this kind is given: the test call shows an
 * access token, revoking may show the refresh token, the token endpoint gets both and the client secret. So a host that
 * was taken for tests alone is a new one where tokens are asked for.
 */
const knownBy: Record<EndpointKind, readonly EndpointKind[]> = {
  authorization: ['authorization', 'token'],
  token: ['token'],
  device: ['token', 'device'],
  revocation: ['token', 'revocation'],
  introspection: ['token', 'revocation', 'introspection'],
  test: ['token', 'revocation', 'test'],
};

/** Where tokens come from, and where one is shown to be asked about (B31). */
const dropping: ReadonlySet<EndpointKind> = new Set<EndpointKind>([
  'authorization',
  'token',
  'device',
  'introspection',
]);

function newAddresses(before: AppRecord, after: AppRecord): NewAddress[] {
  const urlOf = (app: AppRecord, kind: EndpointKind): string | null =>
    app.endpoints.find((one) => one.kind === kind)?.url ?? null;
  return after.endpoints.flatMap(({ kind, url }): NewAddress[] => {
    const old = urlOf(before, kind);
    if (url === null || url === old) return [];
    const known = knownBy[kind].flatMap((one) => {
      const knownUrl = urlOf(before, one);
      return knownUrl === null ? [] : [new URL(knownUrl).origin];
    });
    const isKnown = known.includes(new URL(url).origin);
    // An empty field that is filled is asked about also where the host is known: until now nothing went there.
    if (isKnown && old !== null) return [];
    return [{ kind, url, drops: !isKnown && dropping.has(kind) }];
  });
}

/** What becomes of each secret is said in the same commit; the vault takes no other (see its README). */
function changesFor(
  { clock }: ChangeAddressesTools,
  vault: Vault,
  before: AppRecord,
  after: AppRecord,
  dropped: readonly ConnectionRecord[],
): Change[] {
  const nowMs = clock.nowMs();
  const rebound = !sameBinding(before, after);
  const goes = new Set(dropped.map(({ id }) => id));
  const own = vault.connections().filter(({ appId }) => appId === after.id);
  return [
    { put: 'app', record: after },
    // It serves the app wherever the person's yes has put it.
    ...(rebound ? [{ put: 'app_secrets', appId: after.id, secrets: vault.appSecrets(after.id) } as const] : []),
    ...own.flatMap((connection): Change[] => {
      if (goes.has(connection.id)) {
        return [
          { put: 'connection', record: withoutTokens(connection, after.name, nowMs) },
          { remove: 'connection_secrets', connectionId: connection.id },
        ];
      }
      const secrets = rebound ? vault.connectionSecrets(connection.id) : null;
      const kept: Change[] =
        secrets === null ? [] : [{ put: 'connection_secrets', connectionId: connection.id, secrets }];
      return [...kept, ...dueAgain(connection, nowMs)];
    }),
  ];
}

/**
 * One more generation, so that an answer which is under way from the old host, or waits for room on the disk, is known
 * to be of a token that is gone (renew.ts).
 */
function withoutTokens(connection: ConnectionRecord, appName: string, atMs: number): ConnectionRecord {
  return {
    ...connection,
    condition: 'sign_in_again',
    generation: connection.generation + 1,
    renewalIntent: null,
    fingerprint: null,
    issuedAtMs: null,
    expiresAtMs: null,
    expirySource: 'not_stated',
    failure: { problem: { code: 'addresses_changed', facts: { name: appName } }, atMs, tries: 0, nextTryAtMs: null },
  };
}

/** One that stopped for an address is due at once. */
function dueAgain(connection: ConnectionRecord, nowMs: number): Change[] {
  const { failure } = connection;
  if (failure === null || connection.condition !== 'kept' || !failure.problem.code.startsWith('address_')) return [];
  return [{ put: 'connection', record: { ...connection, failure: { ...failure, nextTryAtMs: nowMs } } }];
}

/** Those whose tokens a change concerns. */
function living(vault: Vault, appId: string): ConnectionRecord[] {
  return vault.connections().filter((one) => one.appId === appId && one.condition !== 'revoked');
}

function isDeepSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
