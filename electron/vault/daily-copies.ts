import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, asAppError } from '../../shared/errors.ts';
import { judgeHeader } from './format.ts';
import type { CopyPlace, RecordStore, VaultCopies } from './ports.ts';
import type { Change } from './records.ts';
import { tallyRowId } from './rows.ts';
import { SealedVault } from './sealed-vault.ts';
import type { Unlock, Unlocked } from './vault.ts';

/** The last three days on which anything happened (B50). */
export const copiesKept = 3;

/** Records read between two turns of the loop: a vault of thousands is checked without holding anybody up. */
const readAtOnce = 100;

/**
 * Makes the copy of today where there is none yet. It is opened and read to the last record before it counts, and only
 * then does the oldest of more than three go: a copy nobody could open must not cost one that could be.
 */
export async function copyOfToday(vault: SealedVault, copies: VaultCopies, nowMs: number): Promise<void> {
  // A vault in which nothing stands is no loss.
  if (vault.apps().length === 0) return;
  if (ownCopies(vault, copies).some(({ madeAtMs }) => dayOf(madeAtMs) === dayOf(nowMs))) return;
  const { commitNumber } = vault;
  const id = vault.writeCopy(copies, nowMs);
  try {
    await withStore(copies.openToRead(id), async (store) => {
      const copy = await vault.beside(store);
      await readWhole(copy);
      if (copy.commitNumber !== commitNumber) throw new AppError('vault_damaged');
    });
    copies.keep(id);
  } catch (thrown) {
    copies.discard(id);
    throw thrown;
  }
  // Not the one just made, whatever a clock that was put back makes of its date.
  const older = ownCopies(vault, copies).filter((copy) => copy.id !== id);
  for (const copy of older.slice(copiesKept - 1)) copies.discard(copy.id);
}

/**
 * What was removed from the vault is removed from its copies as well, each by a commit of its own, so that no sealed
 * byte of it is left in them either. A copy in which that cannot be done goes as a whole: removing wins. What is gone is
 * found by comparing, not by remembering, so that a crash in between is made up for at the next start.
 */
export async function tidyCopies(vault: SealedVault, copies: VaultCopies): Promise<void> {
  for (const { id } of ownCopies(vault, copies)) {
    try {
      const gone = await goneFrom(vault, copies, id);
      if (gone.length > 0) await removeFrom(vault, copies, id, gone);
    } catch (thrown) {
      // The vault was closed meanwhile, which says nothing of the copy.
      if (asAppError(thrown).code === 'vault_not_open') throw thrown;
      copies.discard(id);
    }
  }
}

/**
 * The ways into the vault have changed, and the old ones must not be left hanging on its copies: they take over the
 * header that it goes by. A copy that cannot goes as a whole, or a passphrase that was given up would still open it.
 */
export function copiesFollow(vault: SealedVault, copies: VaultCopies): void {
  const { headerText } = vault.slots;
  for (const { id } of ownCopies(vault, copies)) {
    if (copies.readHeader(id) === headerText) continue;
    try {
      copies.writeHeader(id, headerText);
    } catch {
      copies.discard(id);
    }
  }
}

/** Copies that say they are of another vault, whose files went while its copies stayed, are not this one's to touch. */
function ownCopies(vault: SealedVault, copies: VaultCopies): CopyPlace[] {
  return copies.list().filter(({ id }) => {
    const judgement = judgeHeader(copies.readHeader(id) ?? '');
    return judgement.verdict !== 'ok' || judgement.header.vaultId === vault.vaultId;
  });
}

/** Ids that the copy has and the vault has not. Both lie in clear, so nothing is unsealed for it. */
function goneFrom(vault: SealedVault, copies: VaultCopies, id: string): Promise<string[]> {
  const here = vault.rowIds();
  return withStore(copies.openToRead(id), (store) =>
    store
      .readMarks()
      .map((mark) => mark.id)
      .filter((row) => !here.has(row) && row !== tallyRowId),
  );
}

function removeFrom(vault: SealedVault, copies: VaultCopies, id: string, gone: readonly string[]): Promise<void> {
  return withStore(copies.openToWrite(id), async (store) => {
    const copy = await vault.beside(store);
    copy.commit(removing(gone));
    // Rows of a kind that only a later program knows.
    const left = copy.rowIds();
    if (gone.some((row) => left.has(row))) throw new AppError('vault_damaged');
  });
}

function removing(gone: readonly string[]): Change[] {
  const whole = new Set(gone.filter((row) => row.startsWith('connection:')).map(idIn));
  return gone.flatMap((row): Change[] => {
    const id = idIn(row);
    if (row.startsWith('connection:')) return [{ remove: 'connection', connectionId: id }];
    if (row.startsWith('app:')) return [{ remove: 'app', appId: id }];
    // Revoked: the connection stays, its secrets are gone.
    return row.startsWith('connection_secrets:') && !whole.has(id)
      ? [{ remove: 'connection_secrets', connectionId: id }]
      : [];
  });
}

/**
 * The copies that open whole at this moment; others are no offer. What keeps every copy from opening is thrown, so that
 * it can be told: a keychain that is locked or absent, `vault_locked` where they take a passphrase and none was given,
 * `wrong_passphrase` where it opens none of them.
 */
export async function wholeCopies(copies: VaultCopies, unlock: Unlock): Promise<CopyPlace[]> {
  const whole: CopyPlace[] = [];
  let shut: AppError | null = null;
  for (const place of copies.list()) {
    let unlocked: Unlocked | null;
    try {
      unlocked = await unlockCopy(copies, place.id, unlock);
    } catch (thrown) {
      const error = asAppError(thrown);
      // A copy of another passphrase, or of the keychain, says nothing of the next.
      if (error.code !== 'vault_locked' && error.code !== 'wrong_passphrase') throw error;
      shut = error;
      continue;
    }
    if (unlocked === null) continue;
    try {
      await withStore(copies.openToRead(place.id), async (store) => readWhole(await openedWith(unlocked, store)));
      whole.push(place);
    } catch {
      // Damaged as well.
    } finally {
      unlocked.scope.keys.wipe();
    }
  }
  if (whole.length === 0 && shut !== null) throw shut;
  return whole;
}

/**
 * Puts a copy in the vault's place. It is laid beside, opened, read whole and marked as an older copy there; only then
 * is the vault renamed, and the copy takes its name. Until that rename the old vault stands. Returns where it went.
 */
export async function putCopyInPlace(copies: VaultCopies, id: string, unlock: Unlock): Promise<string> {
  if (!copies.list().some((copy) => copy.id === id)) throw new AppError('not_found');
  const unlocked = await unlockCopy(copies, id, unlock);
  if (unlocked === null) throw new AppError('copy_damaged');
  try {
    copies.stage(id);
    await withStore(copies.openStaged(), async (store) => {
      const staged = await openedWith(unlocked, store);
      await readWhole(staged);
      staged.markOlderCopy();
    });
  } catch (thrown) {
    copies.dropStaged();
    const { code, facts } = asAppError(thrown);
    throw new AppError(code === 'vault_damaged' || code === 'vault_newer' ? 'copy_damaged' : code, facts);
  } finally {
    unlocked.scope.keys.wipe();
  }
  return copies.putStagedInPlace();
}

/** Null: its header or its key is not what it was, so this copy is of no use here, which says nothing of the next. */
async function unlockCopy(copies: VaultCopies, id: string, unlock: Unlock): Promise<Unlocked | null> {
  const judgement = judgeHeader(copies.readHeader(id) ?? '');
  if (judgement.verdict !== 'ok') return null;
  try {
    return await unlock(judgement.header);
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code === 'key_missing' || code === 'key_wrong' || code === 'vault_newer') return null;
    throw thrown;
  }
}

const openedWith = (unlocked: Unlocked, store: RecordStore): Promise<SealedVault> =>
  SealedVault.readInTurns({ ...unlocked, store });

async function withStore<T>(store: RecordStore, work: (store: RecordStore) => T | Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Every record is opened, those too that an opening leaves for later. Throws `vault_damaged`. */
async function readWhole(vault: SealedVault): Promise<void> {
  let read = 0;
  for (const { id } of vault.apps()) vault.appSecrets(id);
  for (const { id } of vault.connections()) {
    vault.connectionSecrets(id);
    vault.history(id);
    read += 1;
    if (read % readAtOnce === 0) await nextTurn();
  }
}

/** The day as a person counts it, where this computer is. */
function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}

function idIn(row: string): string {
  return row.slice(row.indexOf(':') + 1);
}
