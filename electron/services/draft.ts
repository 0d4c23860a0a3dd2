import type { Realm } from '../../shared/model/app.ts';
import type { DraftPurpose } from '../../shared/model/draft.ts';
import type { EndpointKind, GrantType } from '../../shared/model/provider.ts';
import type { Metadata } from '../oauth/discovery.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import type { AppRecord, ConnectionRecord } from '../vault/records.ts';
import type { Keys, Tested } from './provider-calls.ts';

/** A wizard in progress, in memory only. Its secrets never go back; the window learns that they are "entered". */
export interface Draft {
  id: string;
  purpose: DraftPurpose;
  realm: Realm;
  providerId: string | null;
  appId: string | null;
  appName: string;
  clientId: string;
  clientSecret: Secret | null;
  regionId: string;
  /** Address of a server of the person's own, checked; empty where there is none yet or the hosts are fixed. */
  baseUrl: string;
  /** As it was typed; empty while there is none, or where the addresses are known anyway. */
  issuer: string;
  /** What that issuer publishes of itself; nothing of another issuer's. */
  found: Metadata | null;
  /** To ask that server without encryption. Void as soon as the server is another. */
  unencryptedConsent: AppRecord['unencryptedConsent'] | null;
  /** Its keys were made by registering this vault, so nobody has seen them and they may be copied (E11). */
  registered: boolean;
  /** Only what was typed over the profile's addresses. */
  editedEndpoints: Map<EndpointKind, string>;
  scopes: string[];
  grant: GrantType;
  /** Where the browser comes back to: the app's, one of our own making, or one that was typed. Null: no browser there. */
  redirectUri: string | null;
  /** The one of our own making, for when what was typed is taken back. */
  ownRedirectUri: string | null;
  choices: Record<string, string>;
  username: string;
  password: Secret | null;
  /** An existing refresh token or personal access token. */
  pastedToken: Secret | null;
  company: string;
  label: string;
  /** Signing in again keeps the connection's name as it is by then, unless another was typed here. */
  labelTyped: boolean;
  /** A finished exchange that is not stored yet: the disk was full, or somebody else came back. */
  unsaved: Exchanged | null;
}

/** What was asked for, as it stood when the exchange began: what is typed meanwhile is none of this sign-in's. */
export type Asked = Pick<Draft, 'grant' | 'scopes' | 'username' | 'company'>;

export interface Exchanged {
  asked: Asked;
  keys: Keys;
  granted: Granted;
  who: Tested | null;
  /** Not the account of the connection: stored only when the person says that it is to be a new one. */
  isSomebodyElse: boolean;
}

export function emptyDraft(id: string, purpose: DraftPurpose): Draft {
  return {
    id,
    purpose,
    realm: purpose.kind === 'connect' ? purpose.realm : 'vault',
    providerId: null,
    appId: null,
    appName: '',
    clientId: '',
    clientSecret: null,
    regionId: 'default',
    baseUrl: '',
    issuer: '',
    found: null,
    unencryptedConsent: null,
    registered: false,
    editedEndpoints: new Map(),
    scopes: [],
    grant: 'password',
    redirectUri: null,
    ownRedirectUri: null,
    choices: {},
    username: '',
    password: null,
    pastedToken: null,
    company: '',
    label: '',
    labelTyped: false,
    unsaved: null,
  };
}

/** What is fixed where a connection signs in again. */
export function toSignInAgain(connection: ConnectionRecord, app: AppRecord): Partial<Draft> {
  return {
    realm: connection.realm,
    providerId: connection.providerId,
    appId: app.id,
    appName: app.name,
    clientId: app.clientId,
    regionId: app.regionId,
    scopes: [...connection.scopesAsked],
    grant: connection.grant,
    username: connection.username ?? '',
    label: connection.label,
    choices: { ...app.choices },
    company: connection.account ?? '',
  };
}
