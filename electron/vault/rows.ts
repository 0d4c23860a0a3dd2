import { AppError } from '../../shared/errors.ts';
import type { VaultKeys } from './crypto.ts';
import type { SealedRow } from './ports.ts';
import { firstRowSchema, newestRowSchema } from './migrations.ts';
import { boundTo } from './records.ts';

/** Kinds of rows. Kinds that a later program adds count in the tally and are otherwise left alone. */
export type RowKind = 'app' | 'app_secrets' | 'connection' | 'connection_secrets' | 'history' | 'token_trail';

export const tallyRowId = 'tally:all';

/** `connection:3f…`: the kind ends at the colon, so `connection:` never matches a row of `connection_secrets`. */
export const rowId = (kind: RowKind, id: string): string => `${kind}:${id}`;

/** Issuer and origins that a secret is for; null for rows that are handed to nobody. */
export type Bound = ReturnType<typeof boundTo> | null;

export interface VaultScope {
  vaultId: string;
  keys: VaultKeys;
}

interface Place {
  id: string;
  schema: number;
  commitNumber: number;
}

/**
 * What a sealed row is sealed for (B45). A row that is copied to another vault, put under another id, given another
 * commit number, or whose app names other hosts, does not open. JSON, because its quoting leaves no two lists alike.
 */
export function additionalData(vaultId: string, place: Place, bound: Bound): Buffer {
  return Buffer.from(
    JSON.stringify([
      'grantkeep record',
      vaultId,
      place.id,
      place.schema,
      place.commitNumber,
      bound === null ? null : [bound.issuer, bound.origins],
    ]),
    'utf8',
  );
}

export function sealRow(
  scope: VaultScope,
  id: string,
  commitNumber: number,
  bound: Bound,
  body: unknown,
  schema = firstRowSchema,
): SealedRow {
  const place = { id, schema, commitNumber };
  const plain = Buffer.from(JSON.stringify(body), 'utf8');
  try {
    return { ...place, ...scope.keys.seal(plain, additionalData(scope.vaultId, place, bound)) };
  } finally {
    plain.fill(0);
  }
}

/** Opens a row and reads its body with `read`, which throws on any shape but its own. */
export function openRow<T>(scope: VaultScope, row: SealedRow, bound: Bound, read: (body: unknown) => T): T {
  if (row.schema > newestRowSchema) throw new AppError('vault_newer');
  const plain = scope.keys.open(row, additionalData(scope.vaultId, row, bound));
  try {
    return read(JSON.parse(plain.toString('utf8')));
  } catch {
    throw new AppError('vault_damaged');
  } finally {
    plain.fill(0);
  }
}
