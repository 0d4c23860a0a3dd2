import { Ban, Copy, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { CopyForm } from '../../../shared/model/program.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { needsPerson } from '../../../shared/model/state.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { GateIcon } from '../../ui/gate-icon.tsx';
import type { MenuAct } from '../../ui/menu.tsx';
import { isByHand, isRevocable } from './by-hand.ts';

/** The forms a token is copied in, in the order of the menu. A form of the contract forgotten here does not compile. */
const everyForm: Record<CopyForm, true> = {
  token: true,
  header: true,
  curl: true,
  env: true,
  powershell: true,
  httpie: true,
};
export const formsInOrder = Object.keys(everyForm) as CopyForm[];

/** The one act of a row: what this connection needs, else Copy. */
export type RowAct = 'copy' | 'sign_in' | 'try_now' | 'replace_secret';

export function rowActOf(connection: ConnectionSummary, nowMs: number): RowAct {
  const { condition, failure } = connection;
  // A secret that is not accepted helps no sign-in either: it comes first, also after the token ended.
  const person = failure?.problem.code === 'wrong_client' && failure.nextTryAtMs === null;
  if (person && condition !== 'revoked' && condition !== 'renewing') return 'replace_secret';
  if (condition === 'sign_in_again' || condition === 'revoked') return 'sign_in';
  if (condition === 'retrying') return 'try_now';
  if (needsPerson(connection, nowMs)) return connection.renewable ? 'try_now' : 'sign_in';
  return connection.expiresAtMs !== null && connection.expiresAtMs <= nowMs ? 'try_now' : 'copy';
}

/** Why an act cannot be done now; null where it can. */
export interface Unavailable {
  copy: string | null;
  renew: string | null;
  test: string | null;
}

export function unavailableOf(
  connection: ConnectionSummary,
  text: Catalogue['connections']['unavailable'],
  nowMs: number,
): Unavailable {
  const { condition, expiresAtMs, fingerprint } = connection;
  const ended = expiresAtMs !== null && expiresAtMs <= nowMs;
  const person = condition === 'sign_in_again' || !connection.renewable;
  return {
    copy: condition === 'revoked' || fingerprint === null ? text.copyRevoked : ended && person ? text.copyEnded : null,
    renew:
      condition === 'revoked'
        ? text.renewRevoked
        : condition === 'renewing'
          ? text.alreadyRenewing
          : isByHand(connection)
            ? text.renewByHand
            : person
              ? text.renewNeedsPerson
              : null,
    test: condition === 'revoked' || fingerprint === null || (ended && person) ? text.testNothing : null,
  };
}

/** What can be done with a connection; the room says how. */
export interface ConnectionActs {
  copy: (connection: ConnectionSummary, form: CopyForm) => void;
  renew: (connection: ConnectionSummary) => void;
  /** Asks the provider's test call, and tells in a toast what it said. */
  test: (connection: ConnectionSummary) => void;
  signIn: (connection: ConnectionSummary) => void;
  /** Why it stopped. */
  diagnose: (connection: ConnectionSummary) => void;
  rename: (connection: ConnectionSummary) => void;
  revoke: (connection: ConnectionSummary) => void;
  remove: (connection: ConnectionSummary) => void;
  replaceSecret: (connection: ConnectionSummary) => void;
}

export interface MenuNeeds {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
  text: Catalogue['connections'];
  keyNames: (keys: string) => string;
  nowMs: number;
}

/** The six forms as a menu. */
export function formActs(needs: Pick<MenuNeeds, 'connection' | 'provider' | 'acts' | 'text' | 'nowMs'>): MenuAct[] {
  const { connection, provider, acts, text, nowMs } = needs;
  const inQuery = provider?.presentation.place === 'query' ? provider.presentation.name : null;
  const unavailable = unavailableOf(connection, text.unavailable, nowMs).copy !== null;
  return formsInOrder.map((form) => ({
    unavailable,
    id: form,
    ...(form === 'header' && inQuery !== null
      ? { words: text.forms.query.words, note: text.forms.query.note(inQuery) }
      : { words: text.forms[form].words, note: text.forms[form].note }),
    onAct: () => acts.copy(connection, form),
  }));
}

/** Rename, sign in again, revoke, remove: the detail's More menu, and the end of the row's. */
export function moreActs({ connection, provider, acts, text, keyNames }: MenuNeeds): MenuAct[] {
  const revocable = isRevocable(connection, provider);
  return [
    {
      id: 'rename',
      words: text.acts.rename,
      icon: <Pencil className="icon" aria-hidden />,
      onAct: () => acts.rename(connection),
    },
    { id: 'sign-in', words: text.acts.signInMenu, icon: <GateIcon />, onAct: () => acts.signIn(connection) },
    ...(revocable
      ? [
          {
            id: 'revoke',
            words: text.acts.revoke(provider.name),
            icon: <Ban className="icon" aria-hidden />,
            startsGroup: true,
            onAct: () => acts.revoke(connection),
          },
        ]
      : []),
    {
      id: 'remove',
      words: text.acts.remove,
      icon: <Trash2 className="icon" aria-hidden />,
      keys: keyNames('Delete'),
      startsGroup: !revocable,
      onAct: () => acts.remove(connection),
    },
  ];
}

/** The row's context menu. */
export function rowMenu(needs: MenuNeeds): MenuAct[] {
  const { connection, acts, text, keyNames, nowMs } = needs;
  const unavailable = unavailableOf(connection, text.unavailable, nowMs);
  const [first, ...more] = moreActs(needs);
  return [
    {
      id: 'copy',
      words: text.acts.copy,
      icon: <Copy className="icon" aria-hidden />,
      keys: keyNames('Ctrl C'),
      unavailable: unavailable.copy !== null,
      onAct: () => acts.copy(connection, 'token'),
    },
    ...(isByHand(connection)
      ? []
      : [
          {
            id: 'renew',
            words: text.acts.renew,
            icon: <RefreshCw className="icon" aria-hidden />,
            keys: keyNames('Ctrl R'),
            unavailable: unavailable.renew !== null,
            onAct: () => acts.renew(connection),
          },
        ]),
    ...(first === undefined ? [] : [{ ...first, startsGroup: true }]),
    ...more,
  ];
}
