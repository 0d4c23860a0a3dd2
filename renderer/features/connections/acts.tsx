import { Activity, Ban, Copy, Pencil, RefreshCw, Stethoscope, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ActionId, actionOf } from '../../../shared/model/actions.ts';
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
  /** Of the table of actions. */
  names: Catalogue['actions']['names'];
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

const icons: Partial<Record<ActionId, ReactNode>> = {
  copy: <Copy className="icon" aria-hidden />,
  renew: <RefreshCw className="icon" aria-hidden />,
  test: <Activity className="icon" aria-hidden />,
  diagnose: <Stethoscope className="icon" aria-hidden />,
  rename: <Pencil className="icon" aria-hidden />,
  signIn: <GateIcon />,
  revoke: <Ban className="icon" aria-hidden />,
  remove: <Trash2 className="icon" aria-hidden />,
};

/** Does an act of the table apply to this connection: yes (null), not now and why, or never (false). */
export function whenOf(
  id: ActionId,
  { connection, provider, text, nowMs }: Pick<MenuNeeds, 'connection' | 'provider' | 'text' | 'nowMs'>,
): string | null | false {
  const unavailable = unavailableOf(connection, text.unavailable, nowMs);
  switch (id) {
    case 'copy':
    case 'copyAs':
      return unavailable.copy;
    case 'renew':
      return isByHand(connection) ? false : unavailable.renew;
    case 'test':
      return unavailable.test;
    case 'diagnose':
      return connection.condition !== 'revoked' && (connection.failure !== null || needsPerson(connection, nowMs))
        ? null
        : false;
    case 'revoke':
      return isRevocable(connection, provider) ? null : false;
    default:
      return null;
  }
}

/** Does an act of the table with a connection. What only lists can do (open, copy as…) they do themselves. */
export function doWith(id: ActionId, connection: ConnectionSummary, acts: ConnectionActs): void {
  switch (id) {
    case 'copy':
      acts.copy(connection, 'token');
      return;
    case 'renew':
    case 'test':
    case 'diagnose':
    case 'rename':
    case 'signIn':
    case 'revoke':
    case 'remove':
      acts[id](connection);
      return;
    default:
  }
}

/** Those of the table's acts that apply, as a menu; one that does not apply just now is there and cannot be chosen. */
function menuOf(groups: readonly (readonly ActionId[])[], needs: MenuNeeds): MenuAct[] {
  const { connection, provider, acts, text, names, keyNames } = needs;
  return groups.flatMap((group, groupAt) =>
    group
      .filter((id) => whenOf(id, needs) !== false)
      .map((id, at): MenuAct => {
        const { keys } = actionOf(id);
        return {
          id,
          words: id === 'revoke' && provider !== undefined ? text.acts.revoke(provider.name) : names[id],
          icon: icons[id],
          ...(keys === null ? {} : { keys: keyNames(keys) }),
          unavailable: whenOf(id, needs) !== null,
          startsGroup: groupAt > 0 && at === 0,
          onAct: () => doWith(id, connection, acts),
        };
      }),
  );
}

/** The detail's More menu: what it does not show as a button. */
export const moreActs = (needs: MenuNeeds): MenuAct[] =>
  menuOf(
    [
      ['rename', 'signIn', 'diagnose'],
      ['revoke', 'remove'],
    ],
    needs,
  );

/** The row's context menu. */
export const rowMenu = (needs: MenuNeeds): MenuAct[] =>
  menuOf(
    [
      ['copy', 'renew', 'test', 'diagnose'],
      ['rename', 'signIn'],
      ['revoke', 'remove'],
    ],
    needs,
  );
