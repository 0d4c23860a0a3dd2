import { AppError, asAppError } from '../../shared/errors.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import { Secret } from '../secret.ts';
import type { AppRecord, Change } from '../vault/records.ts';
import { checkedAddress, checkedBaseUrl, mustBeAgreed, unencryptedOrigin } from './addresses.ts';
import type { Clock } from './ports.ts';
import type { Realms } from './realms.ts';
import type { Renewals } from './renew.ts';

export interface AppTools {
  realms: Realms;
  renewals: Renewals;
  clock: Clock;
  view(providerId: string): ProviderView;
  /** The addresses a new app starts with: the profile's, or in practice the practice server's. */
  endpoints(
    realm: AppRecord['realm'],
    providerId: string,
    regionId: string,
    baseUrl: string | null,
  ): AppRecord['endpoints'];
  newId(): string;
  ensureVault(): Promise<void>;
}

export async function addApp(tools: AppTools, input: Input<'apps.add'>): Promise<{ appId: string }> {
  const view = tools.view(input.providerId);
  const name = input.name.trim();
  if (name === '') throw new AppError('field_missing', { field: 'appName' });
  if (input.clientId.trim() === '') throw new AppError('field_missing', { field: 'clientId' });
  if (input.clientSecret === '') throw new AppError('field_missing', { field: 'clientSecret' });
  if (!view.regions.some(({ id }) => id === input.regionId)) throw new AppError('bad_input', { field: 'region' });
  const { baseUrl, unencryptedConsent } = serverOf(tools, view, input);
  const agreedOrigin = unencryptedConsent?.origin ?? null;
  if (input.realm === 'vault') await tools.ensureVault();
  const vault = tools.realms.of(input.realm);
  const record: AppRecord = {
    id: tools.newId(),
    realm: input.realm,
    providerId: input.providerId,
    name,
    clientId: input.clientId.trim(),
    clientSecretSet: true,
    regionId: input.regionId,
    issuer: null,
    endpoints: tools.endpoints(input.realm, input.providerId, input.regionId, baseUrl).map((endpoint) => {
      const typed = input.endpoints.find(({ kind }) => kind === endpoint.kind)?.url.trim() ?? '';
      if (input.realm === 'practice' || typed === '' || typed === endpoint.url) return endpoint;
      return { kind: endpoint.kind, url: checkedAddress(endpoint.kind, typed, agreedOrigin), source: 'entered_by_you' };
    }),
    scopes: [...new Set(input.scopes)],
    redirectUri: null,
    createdAtMs: tools.clock.nowMs(),
    ...(unencryptedConsent === undefined ? {} : { unencryptedConsent }),
  };
  tools.realms.commit(vault, [
    { put: 'app', record },
    { put: 'app_secrets', appId: record.id, secrets: { clientSecret: new Secret(input.clientSecret) } },
  ]);
  return { appId: record.id };
}

/** The server of the person's own, where the provider has none of its own, and the consent it needs (E6, E7). */
function serverOf(
  { clock }: AppTools,
  view: ProviderView,
  input: Input<'apps.add'>,
): { baseUrl: string | null } & Pick<AppRecord, 'unencryptedConsent'> {
  if (view.ownServer === null || input.realm === 'practice') return { baseUrl: null };
  const typed = input.baseUrl ?? '';
  if (typed.trim() === '') throw new AppError('field_missing', { field: 'baseUrl' });
  const baseUrl = checkedBaseUrl(typed);
  const origin = unencryptedOrigin(baseUrl);
  mustBeAgreed(baseUrl, input.unencryptedAgreed === true ? origin : null);
  return origin === null ? { baseUrl } : { baseUrl, unencryptedConsent: { origin, agreedAtMs: clock.nowMs() } };
}

/** Where the browser comes back to, to be copied. Throws `not_found` for an app that needs none. */
export function redirectOf({ realms }: AppTools, appId: string): Secret {
  const { redirectUri } = realms.app(appId).app;
  if (redirectUri === null) throw new AppError('not_found');
  return new Secret(redirectUri);
}

export function renameApp({ realms }: AppTools, appId: string, name: string): void {
  const { vault, app } = realms.app(appId);
  if (name.trim() === '') throw new AppError('field_missing', { field: 'appName' });
  realms.commit(vault, [{ put: 'app', record: { ...app, name: name.trim() } }]);
}

/**
 * One secret serves every connection of the app. Those that stopped for the old one are due at once, and the
 * person need not find them; the schedule takes them, so that a hundred on one app are no stampede.
 */
export function replaceSecret({ realms, renewals, clock }: AppTools, input: Input<'apps.replaceSecret'>): void {
  const { vault, app } = realms.app(input.appId);
  if (input.clientSecret === '') throw new AppError('field_missing', { field: 'clientSecret' });
  if (input.clientId?.trim() === '') throw new AppError('field_missing', { field: 'clientId' });
  const own = vault.connections().filter((connection) => connection.appId === app.id);
  const stopped = own.flatMap((connection): Change[] => {
    if (connection.failure?.problem.code !== 'wrong_client') return [];
    const failure = { ...connection.failure, nextTryAtMs: clock.nowMs() };
    return [{ put: 'connection', record: { ...connection, failure } }];
  });
  realms.commit(vault, [
    { put: 'app', record: { ...app, clientId: input.clientId?.trim() ?? app.clientId, clientSecretSet: true } },
    { put: 'app_secrets', appId: app.id, secrets: { clientSecret: new Secret(input.clientSecret) } },
    ...stopped,
  ]);
  // How these end is told by their own rows.
  const tryAgain = (id: string): void => void renewals.renew(id).catch(() => undefined);
  for (const connection of own) {
    const { id } = connection;
    if (renewals.isRenewing(id)) {
      // It was asked with the old secret.
      renewals.renew(id).catch((thrown: unknown) => asAppError(thrown).code === 'wrong_client' && tryAgain(id));
    } else if (renewals.failureBesideRecord(connection)?.problem.code === 'wrong_client') tryAgain(id);
  }
}

/** Removes the app with its secret and every connection on it, here only. `shown` is what the person was told. */
export function removeApp({ realms }: AppTools, appId: string, shown: readonly string[]): void {
  const { vault, app } = realms.app(appId);
  const hanging = vault.connections().filter((connection) => connection.appId === app.id);
  const told = new Set(shown);
  if (told.size !== hanging.length || hanging.some(({ id }) => !told.has(id))) throw new AppError('changed_meanwhile');
  realms.commit(vault, [
    ...hanging.map(({ id }) => ({ remove: 'connection', connectionId: id }) as const),
    { remove: 'app', appId },
  ]);
}
