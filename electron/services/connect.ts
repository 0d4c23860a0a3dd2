import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { AppRecord, Change, ConnectionRecord, Vault } from '../vault/records.ts';
import type { Draft, Exchanged } from './draft.ts';
import { exchange, type SignInTools } from './sign-in.ts';
import { exchangeGranted, withExchange } from './history.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Log } from './ports.ts';
import { isRenewable, storedTokens, type Keys } from './provider-calls.ts';
import { isSameAccount } from './same-account.ts';
import type { Realms } from './realms.ts';
import { dated } from './renew.ts';
import { mustBeOfSameHost } from './token-origin.ts';
import { withTokens } from './token-trail.ts';

export interface ConnectTools extends SignInTools {
  realms: Realms;
  log: Log;
  connecting: OneAtATime<Output<'drafts.connect'>>;
  newId(): string;
  /** The vault is made when the first real thing is to be stored, and not before. */
  ensureVault(): Promise<void>;
}

type Connected = Output<'drafts.connect'>;

/**
 * The exchange of a wizard: signs in, asks who that was, and stores app, connection, tokens and history in one
 * commit. On any failure the draft stays as it is; on a full disk the finished exchange stays with it, so that
 * pressing again only saves. One exchange per sign-in: a second press waits for the first.
 */
export function connect(tools: ConnectTools, draftId: string, byPaste = false): Promise<Connected> {
  return tools.connecting.run(draftId, async () => {
    const draft = tools.drafts.get(draftId);
    // Somebody else came back the last time, and the person tries once more instead of keeping that.
    if (draft.unsaved?.isSomebodyElse === true) draft.unsaved = null;
    return exchangeAndStore(tools, draft, byPaste);
  });
}

/** Somebody else came back: kept as a connection of its own. The expected one stays exactly as it is. */
export function keepAsNew(tools: ConnectTools, draftId: string): Promise<Connected> {
  return tools.connecting.run(draftId, () => {
    const draft = tools.drafts.get(draftId);
    if (draft.unsaved?.isSomebodyElse !== true) throw new AppError('not_found');
    return exchangeAndStore(tools, draft, false);
  });
}

async function exchangeAndStore(tools: ConnectTools, draft: Draft, byPaste: boolean): Promise<Connected> {
  const { realms, drafts, log } = tools;
  const providerId = draft.providerId;
  if (providerId === null) throw new AppError('field_missing');
  if (draft.realm === 'vault') await tools.ensureVault();
  const vault = realms.of(draft.realm);
  let made: ReturnType<typeof changesFor>;
  try {
    const exchanged = draft.unsaved ?? (await exchange(tools, draft, keysOf(tools, draft, providerId, vault), byPaste));
    // The wizard was closed while the provider answered: nobody wants this connection any more.
    if (!drafts.isOpen(draft)) throw new AppError('not_found');
    draft.unsaved = null;
    mustBeOfSameHost(vault, exchanged.keys.app, draft.appId !== null);
    draft.unsaved = exchanged;
    // Built at each try: a full disk may last, and the connection be renamed or removed meanwhile.
    made = changesFor(tools, draft, exchanged, vault);
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
  const redirectUri = tools.drafts.redirectFor(draft);
  const keyless = draft.grant === 'personal_access_token';
  if (draft.appId !== null) {
    const app = vault.app(draft.appId);
    if (app === null) throw new AppError('not_found');
    const secrets = vault.appSecrets(app.id);
    // Taken over from a colleague's set-up, where no secret goes along.
    if (!keyless && secrets.clientSecret === null && !tools.calls.takesPublicClients(providerId))
      throw new AppError('field_missing', { field: 'clientSecret', name: app.name });
    return { app: { ...app, redirectUri: app.redirectUri ?? redirectUri }, secrets };
  }
  if (!keyless && draft.clientId === '') throw new AppError('field_missing', { field: 'clientId' });
  if (!keyless && draft.clientSecret === null && !tools.calls.takesPublicClients(providerId))
    throw new AppError('field_missing', { field: 'clientSecret' });
  if (tools.calls.isOnOwnServer(providerId)) tools.drafts.serverOf(draft);
  const endpoints = tools.drafts.sourcedEndpoints(draft);
  const known = keyless ? keylessApp(vault, providerId, endpoints) : undefined;
  if (known !== undefined) return { app: known, secrets: vault.appSecrets(known.id) };
  const app: AppRecord = {
    id: tools.newId(),
    realm: draft.realm,
    providerId,
    name: draft.appName.trim() === '' ? tools.calls.name(providerId) : draft.appName.trim(),
    clientId: keyless ? '' : draft.clientId,
    clientSecretSet: !keyless && draft.clientSecret !== null,
    regionId: draft.regionId,
    issuer: draft.found?.issuer ?? null,
    ...(draft.found?.answersNameIssuer === true ? { answersNameIssuer: true } : {}),
    endpoints,
    scopes: draft.scopes,
    redirectUri,
    createdAtMs: tools.clock.nowMs(),
    ...(Object.keys(draft.choices).length === 0 ? {} : { choices: draft.choices }),
    ...(draft.unencryptedConsent == null ? {} : { unencryptedConsent: draft.unencryptedConsent }),
  };
  return { app, secrets: { clientSecret: keyless ? null : draft.clientSecret } };
}

/** Tokens made by hand hang on no registration; those of one provider at the same addresses share one record. */
function keylessApp(vault: Vault, providerId: string, endpoints: AppRecord['endpoints']): AppRecord | undefined {
  const same = ({ kind, url }: AppRecord['endpoints'][number], index: number): boolean =>
    endpoints[index]?.kind === kind && endpoints[index].url === url;
  return vault.apps().find((app) => app.providerId === providerId && app.clientId === '' && app.endpoints.every(same));
}

function changesFor(
  tools: ConnectTools,
  draft: Draft,
  exchanged: Exchanged,
  vault: Vault,
): Connected & { changes: Change[] } {
  const { keys, granted, who, asked } = exchanged;
  const username = asked.grant === 'password' ? asked.username : null;
  const company = asked.company === '' ? null : asked.company;
  const account = who?.accountName ?? username ?? (tools.calls.isForCompany(keys.app.providerId) ? company : null);
  const came = { username, accountId: who?.accountId ?? null };
  const before = exchanged.isSomebodyElse ? null : expectedConnection(draft, vault);
  if (before !== null && !isSameAccount(before, came)) {
    // Held in the draft: nothing of the expected connection is touched, and nothing that came is lost.
    exchanged.isSomebodyElse = true;
    const expected = before.account ?? before.username ?? before.accountId;
    throw new AppError('wrong_account', {
      name: account ?? came.accountId ?? '',
      ...(expected === null ? {} : { expected }),
    });
  }
  const secrets = storedTokens(granted);
  const nowMs = tools.clock.nowMs();
  const record: ConnectionRecord = {
    id: before?.id ?? tools.newId(),
    realm: draft.realm,
    appId: keys.app.id,
    providerId: keys.app.providerId,
    label: labelFor(draft, before, exchanged, tools.calls.nameOf(keys.app), vault),
    account: account ?? before?.account ?? null,
    username: username ?? before?.username ?? null,
    accountId: came.accountId ?? before?.accountId ?? null,
    grant: asked.grant,
    condition: 'kept',
    renewable: isRenewable(asked.grant, secrets),
    ...dated(granted),
    lastRenewedAtMs: before === null ? null : granted.tokens.issuedAtMs,
    createdAtMs: before?.createdAtMs ?? nowMs,
    scopesAsked: asked.scopes,
    scopesGranted: granted.tokens.scopesGranted,
    generation: (before?.generation ?? 0) + 1,
    failure: null,
    revocation: null,
    renewalIntent: null,
  };
  const changes: Change[] = [
    ...appChanges(keys, vault),
    { put: 'connection', record },
    { put: 'connection_secrets', connectionId: record.id, secrets },
    withExchange(vault, record.id, exchangeGranted('signed_in', granted)),
    withTokens(vault, record, granted),
  ];
  return {
    changes,
    connectionId: record.id,
    account: record.account,
    // A test call that names nobody shows that the token works, not whose it is.
    accountChecked: who !== null && (who.accountId ?? who.accountName) !== null,
  };
}

/** The connection that is signed in to again. It may have been removed while the provider answered. */
function expectedConnection({ purpose }: Draft, vault: Vault): ConnectionRecord | null {
  if (purpose.kind !== 'sign_in_again') return null;
  const before = vault.connection(purpose.connectionId);
  if (before === null) throw new AppError('not_found');
  return before;
}

/** A new app with its secret; one the person has only where it was given its first redirect address. */
function appChanges({ app, secrets }: Keys, vault: Vault): Change[] {
  const known = vault.app(app.id);
  if (known === null) {
    return [
      { put: 'app', record: app },
      { put: 'app_secrets', appId: app.id, secrets },
    ];
  }
  const given = known.redirectUri === null && app.redirectUri !== null;
  return given ? [{ put: 'app', record: { ...known, redirectUri: app.redirectUri } }] : [];
}

function labelFor(
  draft: Draft,
  before: ConnectionRecord | null,
  { isSomebodyElse }: Exchanged,
  name: string,
  vault: Vault,
): string {
  // The draft holds the name of the connection that somebody else was expected for.
  if (isSomebodyElse && !draft.labelTyped) return freeLabel(name, vault);
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
