import type { ConnectionSummary } from '../../shared/model/connection.ts';
import type { VaultStatus } from '../../shared/model/program.ts';
import { groupOf, needsPerson, stateOf } from '../../shared/model/state.ts';
import { countdownParts } from '../../shared/model/time.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { TrayAct, TrayItem, TrayMenu } from './ports.ts';

/** A menu of more is a list, and the window has a better one. */
const mostConnections = 10;
const minuteMs = 60_000;

/** What the tray shows of the vault: real connections only, those that need somebody first, then by name. */
export function trayMenu(
  { vault, canLock }: { vault: VaultStatus['kind']; canLock: boolean },
  connections: readonly ConnectionSummary[],
  nowMs: number,
  text: Catalogue,
): TrayMenu {
  const words = text.notices.tray;
  // While the vault is not open, nothing of it is shown: no name and no count.
  const real = vault === 'open' ? connections.filter(({ realm }) => realm === 'vault') : [];
  const needy = real.filter((one) => needsPerson(one, nowMs));
  const working = real.filter((one) => !needsPerson(one, nowMs) && one.condition !== 'revoked');
  const state =
    vault === 'open' ? words.state(working.length, needy.length) : vault === 'locked' ? words.locked : words.notOpen;
  const inOrder = [...real].sort(
    (a, b) =>
      Number(needsPerson(b, nowMs)) - Number(needsPerson(a, nowMs)) ||
      a.label.localeCompare(b.label) ||
      a.createdAtMs - b.createdAtMs,
  );
  const shown = inOrder.slice(0, mostConnections);
  const due = real.filter((one) => isDue(one, nowMs)).length;
  return {
    needsYou: needy.length > 0,
    tooltip: words.tooltip(state),
    items: [
      { kind: 'words', words: state },
      { kind: 'line' },
      ...shown.map((one) => act(lineOf(one, nowMs, text), actOf(one, nowMs))),
      ...(inOrder.length > shown.length ? [act(words.more, { do: 'show', connectionId: null })] : []),
      ...(shown.length === 0 ? [] : [{ kind: 'line' } as const]),
      act(words.renewDue(due), { do: 'renew_due' }, due > 0),
      { kind: 'line' },
      act(words.open, { do: 'open' }),
      ...(canLock ? [act(words.lock, { do: 'lock' })] : []),
      act(words.quit, { do: 'quit' }),
    ],
  };
}

/** Would "Renew all that are due" do anything for it? What waits for its next try, and what ends soon or has ended. */
export function isDue(connection: ConnectionSummary, nowMs: number): boolean {
  if (!connection.renewable || needsPerson(connection, nowMs)) return false;
  const { kind } = stateOf(connection, nowMs);
  return kind === 'retrying' || kind === 'expires_soon' || kind === 'ended';
}

function act(words: string, what: TrayAct, available = true): TrayItem {
  return { kind: 'act', words, act: what, available };
}

/** Its token on the clipboard; where there is none to hand out, the connection in the window. */
function actOf(connection: ConnectionSummary, nowMs: number): TrayAct {
  const { id, fingerprint, condition, expiresAtMs, renewable } = connection;
  const ended = expiresAtMs !== null && expiresAtMs <= nowMs;
  const beyond = ended && (condition === 'sign_in_again' || !renewable);
  const nothingThere = condition === 'revoked' || fingerprint === null || beyond;
  return nothingThere ? { do: 'show', connectionId: id } : { do: 'copy', connectionId: id };
}

function lineOf(connection: ConnectionSummary, nowMs: number, text: Catalogue): string {
  const { expiresAtMs, label } = connection;
  const leftMs = expiresAtMs === null || connection.condition === 'revoked' ? 0 : expiresAtMs - nowMs;
  return text.notices.tray.line(label, wordOf(connection, nowMs, text), leftMs > 0 ? left(leftMs, text) : null);
}

function wordOf(connection: ConnectionSummary, nowMs: number, { connections: { words } }: Catalogue): string {
  const state = stateOf(connection, nowMs);
  switch (state.kind) {
    case 'revoked':
      return words.revoked;
    case 'sign_in_again':
      return words.signin;
    case 'renewing':
      return words.renewing;
    case 'retrying':
      return words.retry;
    case 'ended':
      return words.ended;
    case 'expiry_unknown':
    case 'expires_soon':
    case 'working':
      break;
  }
  if (groupOf(connection, nowMs) === 'needs_you') return words.dutyFailure;
  if (state.kind === 'expiry_unknown') return words.unknown;
  return state.kind === 'working' ? words.working : words.soon;
}

/** Without seconds: a menu that stands open does not count down. */
function left(leftMs: number, text: Catalogue): string {
  if (leftMs < minuteMs) return text.notices.tray.underAMinute;
  return countdownParts(leftMs)
    .filter(({ unit }) => unit !== 's')
    .map(({ figure, unit }) => `${figure}${text.shell.units[unit]}`)
    .join(' ');
}
