import { AppError } from '../../shared/errors.ts';
import type { Work } from './in-turns.ts';
import { readApp, readConnection, readTally } from './payloads.ts';
import type { RecordStore, SealedRow } from './ports.ts';
import type { AppRecord, ConnectionRecord } from './records.ts';
import { openRow, tallyRowId, type VaultScope } from './rows.ts';
import { Tally } from './tally.ts';

/** What an opening finds, all of it checked against the tally. */
export interface Found {
  tally: Tally;
  olderCopy: boolean;
  apps: Map<string, AppRecord>;
  connections: Map<string, ConnectionRecord>;
}

/** Between two places where the reading may pause; small enough to stay far below a slice of `inTurns`. */
const rowsAtOnce = 25;

/** Reads every mark and every summary. Throws `vault_damaged` unless all of it is what the tally says. */
export function* reading(scope: VaultScope, store: RecordStore): Work<Found> {
  const tallyRow = store.read(tallyRowId);
  if (tallyRow === null) throw new AppError('vault_damaged');
  const sealed = openRow(scope, tallyRow, null, readTally);
  const tally = new Tally(scope.keys);
  for (const [index, mark] of store.readMarks().entries()) {
    if (mark.id !== tallyRowId) tally.count(mark.id, mark.commitNumber);
    if (index % (4 * rowsAtOnce) === 0) yield;
  }
  tally.standsAt(tallyRow.commitNumber);
  if (!tally.matches(sealed)) throw new AppError('vault_damaged');

  const apps = new Map<string, AppRecord>();
  yield* each(rowsOf('app', store, tally), (row) => {
    const record = openRow(scope, row, null, readApp);
    apps.set(record.id, record);
  });
  const connections = new Map<string, ConnectionRecord>();
  yield* each(rowsOf('connection', store, tally), (row) => {
    const record = openRow(scope, row, null, readConnection);
    if (!apps.has(record.appId)) throw new AppError('vault_damaged');
    connections.set(record.id, record);
  });
  return { tally, olderCopy: sealed.olderCopy, apps, connections };
}

function* each(rows: readonly SealedRow[], take: (row: SealedRow) => void): Work<void> {
  for (const [index, row] of rows.entries()) {
    take(row);
    if (index % rowsAtOnce === 0) yield;
  }
}

/** All rows of a kind, which must be exactly those the tally counts: the marks come from an index, the rows do not. */
function rowsOf(kind: 'app' | 'connection', store: RecordStore, tally: Tally): SealedRow[] {
  const rows = store.readKinds([kind]);
  let expected = 0;
  for (const id of tally.ids()) if (id.startsWith(`${kind}:`)) expected += 1;
  const asCounted = rows.every((row) => tally.commitOf(row.id) === row.commitNumber);
  if (rows.length !== expected || !asCounted) throw new AppError('vault_damaged');
  return rows;
}
