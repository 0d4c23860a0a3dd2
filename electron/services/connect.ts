import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { AppRecord, AppSecrets, Change, ConnectionRecord, Vault } from '../vault/records.ts';
import type { Draft, Drafts } from './drafts.ts';
import { exchangeGranted, withExchange } from './history.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Clock, Log } from './ports.ts';
import { isRenewable, storedTokens, type Keys, type ProviderCalls, type Tested } from './provider-calls.ts';
import { isSameAccount } from './same-account.ts';
import type { Realms } from './realms.ts';
import { dated } from './renew.ts';

export interface ConnectTools {
  realms: Realms;
  drafts: Drafts;
  calls: ProviderCalls;
  clock: Clock;
  log: Log;
  connecting: OneAtATime<Output<'drafts.connect'>>;
  newId(): string;
  /** The vault is made when the first real thing is to be stored, and not before. */
  ensureVault(): Promise<void>;
}

type Connected = Output<'drafts.connect'>;
type Exchanged = NonNullable<Draft['unsaved']>;

/**
 * The exchange of a wizard: signs in, asks who that was, and stores app, connection, tokens and history in one
 * commit. On any failure the draft stays as it is; on a full disk the finished exchange stays with it, so that
 * pressing again only saves. One exchange per sign-in: a second press waits for the first.
 */
export function connect(tools: ConnectTools, draftId: string): Promise<Connected> {
  return tools.connecting.run(draftId, () => exchangeAndStore(tools, tools.drafts.get(draftId)));
}

async function exchangeAndStore(tools: ConnectTools, draft: Draft): Promise<Connected> {
  const { realms, drafts, log } = tools;
  const providerId = draft.providerId;
  if (providerId === null) throw new AppError('field_missing');
  if (draft.realm === 'vault') await tools.ensureVault();
  const vault = realms.of(draft.realm);
  let made: ReturnType<typeof changesFor>;
  try {
    const exchanged = draft.unsaved ?? (await exchange(tools, draft, keysOf(tools, draft, providerId, vault)));
    // The wizard was closed while the provider answered: nobody wants this connection any more.
    if (!drafts.isOpen(draft)) throw new AppError('not_found');
    // Built at each try: a full disk may last, and the connection be renamed or removed meanwhile.
    made = changesFor(tools, draft, exchanged, vault);
    draft.unsaved = exchanged;
  } catch (thrown) {
    const { code, facts } = asAppError(thrown);
    const host = facts.host === undefined ? {} : { host: facts.host };
    log.write('sign-in failed', { provider: providerId, code, ...host });
    throw pointedAtServer(tools, draft, asAppError(thrown));
  }
  const { changes, ...connected } = made;
  realms.commit(vault, changes);
  drafts.discard(draft.id);
  log.write('connected', { provider: providerId });
  return connected;
}

/** Endings that, on a server of the person's own, most often come from its address. */
const addressMayBeWrong: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not_an_oauth_answer',
  'redirect_refused',
  'host_unknown',
  'server_refused',
  'no_answer_in_time',
]);

/** The endpoints were made from one typed address, so that is the field to look at, not an endpoint (E6). */
function pointedAtServer({ calls }: ConnectTools, draft: Draft, error: AppError): AppError {
  const typed = draft.providerId !== null && draft.appId === null && calls.isOnOwnServer(draft.providerId);
  if (!typed || draft.editedEndpoints.has('token') || !addressMayBeWrong.has(error.code)) return error;
  return new AppError(error.code, { ...error.facts, field: 'baseUrl' });
}

/** The app this draft speaks for: one the person has, or a new record made from what was typed. */
function keysOf(tools: ConnectTools, draft: Draft, providerId: string, vault: Vault): Keys {
  if (draft.appId !== null) {
    const app = vault.app(draft.appId);
    if (app === null) throw new AppError('not_found');
    return { app, secrets: vault.appSecrets(app.id) };
  }
  if (draft.clientId === '') throw new AppError('field_missing', { field: 'clientId' });
  if (draft.clientSecret === null) throw new AppError('field_missing', { field: 'clientSecret' });
  if (tools.calls.isOnOwnServer(providerId)) tools.drafts.serverOf(draft);
  const app: AppRecord = {
    id: tools.newId(),
    realm: draft.realm,
    providerId,
    name: draft.appName.trim() === '' ? tools.calls.name(providerId) : draft.appName.trim(),
    clientId: draft.clientId,
    clientSecretSet: true,
    regionId: draft.regionId,
    issuer: null,
    endpoints: tools.drafts.sourcedEndpoints(draft),
    scopes: draft.scopes,
    redirectUri: null,
    createdAtMs: tools.clock.nowMs(),
    ...(draft.unencryptedConsent == null ? {} : { unencryptedConsent: draft.unencryptedConsent }),
  };
  return { app, secrets: { clientSecret: draft.clientSecret } };
}

async function exchange(tools: ConnectTools, draft: Draft, keys: Keys): Promise<Exchanged> {
  const granted = await signIn(tools, draft, keys);
  return { keys, granted, who: await whoIsIt(tools, keys, granted) };
}

function signIn({ calls }: ConnectTools, draft: Draft, keys: Keys): Promise<Granted> {
  if (draft.grant === 'client_credentials') return calls.askForToken(keys, draft.scopes);
  if (draft.username === '') throw new AppError('field_missing', { field: 'username' });
  if (draft.password === null) throw new AppError('field_missing', { field: 'password' });
  return calls.signInWithPassword(keys, draft.username, draft.password);
}

/** Who came back. The sign-in is good without it, so a test call that fails is no failure here. */
async function whoIsIt({ calls }: ConnectTools, { app }: Keys, granted: Granted): Promise<Tested | null> {
  try {
    return await calls.test(app, storedTokens(granted), granted.tokens.scopesGranted);
  } catch {
    return null;
  }
}

function changesFor(
  tools: ConnectTools,
  draft: Draft,
  { keys, granted, who }: Exchanged,
  vault: Vault,
): Connected & { changes: Change[] } {
  const username = draft.grant === 'password' ? draft.username : null;
  const account = who?.accountName ?? username;
  const before = draft.purpose.kind === 'sign_in_again' ? vault.connection(draft.purpose.connectionId) : null;
  if (draft.purpose.kind === 'sign_in_again' && before === null) throw new AppError('not_found');
  const came = { username, accountId: who?.accountId ?? null };
  if (before !== null && !isSameAccount(before, came))
    throw new AppError('wrong_account', { name: account ?? came.accountId ?? '' });
  const secrets = storedTokens(granted);
  const nowMs = tools.clock.nowMs();
  const record: ConnectionRecord = {
    id: before?.id ?? tools.newId(),
    realm: draft.realm,
    appId: keys.app.id,
    providerId: keys.app.providerId,
    label: labelFor(draft, before, tools.calls.name(keys.app.providerId), vault),
    account: account ?? before?.account ?? null,
    username: username ?? before?.username ?? null,
    accountId: came.accountId ?? before?.accountId ?? null,
    grant: draft.grant,
    condition: 'kept',
    renewable: isRenewable(draft.grant, secrets),
    ...dated(granted),
    lastRenewedAtMs: before === null ? null : granted.tokens.issuedAtMs,
    createdAtMs: before?.createdAtMs ?? nowMs,
    scopesAsked: draft.scopes,
    scopesGranted: granted.tokens.scopesGranted,
    generation: (before?.generation ?? 0) + 1,
    failure: null,
    revocation: null,
    renewalIntent: null,
  };
  const newApp: AppSecrets | null = draft.appId === null ? keys.secrets : null;
  const changes: Change[] = [
    ...(newApp === null
      ? []
      : ([
          { put: 'app', record: keys.app },
          { put: 'app_secrets', appId: keys.app.id, secrets: newApp },
        ] satisfies Change[])),
    { put: 'connection', record },
    { put: 'connection_secrets', connectionId: record.id, secrets },
    withExchange(vault, record.id, exchangeGranted('signed_in', granted)),
  ];
  return {
    changes,
    connectionId: record.id,
    account: record.account,
    // A test call that names nobody shows that the token works, not whose it is.
    accountChecked: who !== null && (who.accountId ?? who.accountName) !== null,
  };
}

function labelFor(draft: Draft, before: ConnectionRecord | null, name: string, vault: Vault): string {
  if (before !== null && !draft.labelTyped) return before.label;
  return draft.label.trim() === '' ? freeLabel(name, vault) : draft.label.trim();
}

/** The account stands below the name in every row, so the system's name is enough; a second one is numbered. */
function freeLabel(name: string, vault: Vault): string {
  const taken = new Set(vault.connections().map(({ label }) => label));
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? name : `${name} ${String(number)}`;
    if (!taken.has(label)) return label;
  }
}
