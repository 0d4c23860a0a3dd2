import { AppError } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import { cappedHistory, readApp, readConnection, readHistory, readTokenTrail } from './payloads.ts';
import {
  sameBinding,
  type AppRecord,
  type AppSecrets,
  type Change,
  type ConnectionRecord,
  type ConnectionSecrets,
  type PastTokens,
  type Vault,
} from './records.ts';
import { rowId, type RowKind } from './rows.ts';

/** One row as it will be after the commit. */
export type Put =
  | { kind: 'app'; id: string; record: AppRecord }
  | { kind: 'app_secrets'; id: string; secrets: AppSecrets }
  | { kind: 'connection'; id: string; record: ConnectionRecord }
  | { kind: 'connection_secrets'; id: string; secrets: ConnectionSecrets }
  | { kind: 'history'; id: string; exchanges: readonly Exchange[] }
  | { kind: 'token_trail'; id: string; trail: readonly PastTokens[] };

export interface Staged {
  /** By row id. */
  puts: ReadonlyMap<string, Put>;
  /** Row ids that are there now and will not be. */
  removes: ReadonlySet<string>;
  /** As they will be. */
  app(appId: string): AppRecord | null;
  connection(connectionId: string): ConnectionRecord | null;
}

type Before = Pick<Vault, 'realm' | 'app' | 'connection' | 'connections'> & { hasRow(id: string): boolean };

/**
 * Reads a change list in its order and says what the rows will be, or throws and nothing has happened:
 * `not_found` for a thing under something that is not there, `bad_input` for a list that would leave rows behind
 * that nobody can open or reach. Vault and practice shelf both commit through here, so practice has the same rules.
 */
export function stage(before: Before, changes: readonly Change[]): Staged {
  const puts = new Map<string, Put>();
  const removed = new Set<string>();
  const put = (next: Put): void => {
    const row = rowId(next.kind, next.id);
    puts.set(row, next);
    removed.delete(row);
  };
  const remove = (kind: RowKind, id: string): void => {
    const row = rowId(kind, id);
    puts.delete(row);
    removed.add(row);
  };
  const app = (id: string): AppRecord | null => {
    const next = puts.get(rowId('app', id));
    if (next?.kind === 'app') return next.record;
    return removed.has(rowId('app', id)) ? null : before.app(id);
  };
  const connection = (id: string): ConnectionRecord | null => {
    const next = puts.get(rowId('connection', id));
    if (next?.kind === 'connection') return next.record;
    return removed.has(rowId('connection', id)) ? null : before.connection(id);
  };

  for (const change of changes) {
    if ('put' in change) {
      put(readPut(change));
      continue;
    }
    switch (change.remove) {
      case 'app':
        mustBeThere(app(change.appId));
        remove('app', change.appId);
        remove('app_secrets', change.appId);
        break;
      case 'connection':
        mustBeThere(connection(change.connectionId));
        remove('connection', change.connectionId);
        remove('connection_secrets', change.connectionId);
        remove('history', change.connectionId);
        remove('token_trail', change.connectionId);
        break;
      case 'connection_secrets':
        remove('connection_secrets', change.connectionId);
        break;
    }
  }

  const staged: Staged = { puts, removes: new Set([...removed].filter((row) => before.hasRow(row))), app, connection };
  refuseOrphans(before, staged);
  refuseUnboundSecrets(before, staged);
  return staged;
}

/** Copies what it is given: the caller may go on using its objects. */
function readPut(change: Extract<Change, { put: unknown }>): Put {
  try {
    switch (change.put) {
      case 'app':
        return { kind: 'app', id: change.record.id, record: readApp(change.record) };
      case 'app_secrets':
        return { kind: 'app_secrets', id: change.appId, secrets: { ...change.secrets } };
      case 'connection':
        return { kind: 'connection', id: change.record.id, record: readConnection(change.record) };
      case 'connection_secrets':
        return { kind: 'connection_secrets', id: change.connectionId, secrets: { ...change.secrets } };
      case 'history':
        return { kind: 'history', id: change.connectionId, exchanges: readHistory(cappedHistory(change.exchanges)) };
      case 'token_trail':
        return { kind: 'token_trail', id: change.connectionId, trail: readTokenTrail(change.trail) };
    }
  } catch {
    throw new AppError('bad_input');
  }
}

function mustBeThere(record: AppRecord | ConnectionRecord | null): void {
  if (record === null) throw new AppError('not_found');
}

/** Nothing may stand under an app or a connection that is not there. */
function refuseOrphans(before: Before, staged: Staged): void {
  for (const next of staged.puts.values()) {
    switch (next.kind) {
      case 'app':
        if (next.record.realm !== before.realm) throw new AppError('bad_input');
        break;
      case 'connection':
        if (next.record.realm !== before.realm) throw new AppError('bad_input');
        mustBeThere(staged.app(next.record.appId));
        break;
      case 'app_secrets':
        mustBeThere(staged.app(next.id));
        break;
      case 'connection_secrets':
      case 'history':
      case 'token_trail':
        mustBeThere(staged.connection(next.id));
        break;
    }
  }
  const appGoes = [...staged.removes].some((row) => row.startsWith('app:'));
  if (!appGoes) return;
  for (const { id } of before.connections()) {
    const left = staged.connection(id);
    if (left !== null && staged.app(left.appId) === null) throw new AppError('bad_input');
  }
}

/**
 * An app whose issuer or origins change leaves secrets behind that are sealed for the old ones. Left alone they would
 * never open again, and later that looks like a damaged vault; sealing them anew by ourselves would hand an old token
 * to a new host, which is the very hole the binding closes (B31). So the list has to say what becomes of each: put
 * anew (the caller has decided that the new host may have it) or removed. Otherwise nothing is committed.
 */
function refuseUnboundSecrets(before: Before, staged: Staged): void {
  const left = (row: string): boolean => before.hasRow(row) && !staged.removes.has(row) && !staged.puts.has(row);
  const rebound = new Set<string>();
  for (const next of staged.puts.values()) {
    const old = next.kind === 'app' ? before.app(next.id) : null;
    if (next.kind !== 'app' || old === null || sameBinding(old, next.record)) continue;
    rebound.add(next.id);
    if (left(rowId('app_secrets', next.id))) throw new AppError('bad_input');
  }
  const refuseLeft = (old: ConnectionRecord): void => {
    const next = staged.connection(old.id);
    if (next === null || !left(rowId('connection_secrets', old.id))) return;
    const oldApp = before.app(old.appId);
    const nextApp = staged.app(next.appId);
    if (oldApp === null || nextApp === null || !sameBinding(oldApp, nextApp)) throw new AppError('bad_input');
  };
  for (const next of staged.puts.values()) {
    const old = next.kind === 'connection' ? before.connection(next.id) : null;
    if (old !== null) refuseLeft(old);
  }
  if (rebound.size === 0) return;
  for (const old of before.connections()) if (rebound.has(old.appId)) refuseLeft(old);
}
