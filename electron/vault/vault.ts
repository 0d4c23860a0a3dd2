import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { CommitNote } from './commit-note.ts';
import type { Secret } from '../secret.ts';
import { VaultKeys, keyCheckOf, vaultKeyBytes } from './crypto.ts';
import { judgeHeader, vaultFormatVersion, vaultMagic, writeHeaderText, type VaultHeader } from './format.ts';
import { dropFromKeychain, keepInKeychain, KeySlots, needsPassphrase, vaultKeyFor } from './key-slots.ts';
import { sealUnderPassphrase } from './passphrase-slot.ts';
import type { Keychain, RecordStore, VaultFiles } from './ports.ts';
import type { Change } from './records.ts';
import type { VaultScope } from './rows.ts';
import { firstTally, SealedVault } from './sealed-vault.ts';

export interface Peers {
  files: VaultFiles;
  keychain: Keychain;
  /**
   * The keychain for what a vault can do without: one that does not answer must not hold up a vault that a passphrase
   * opens, so here it may be one that gives up soon.
   */
  noteKeychain?: Keychain;
  /** Opens the vault, or is what a new one is made with; the keychain is not asked for a key then. */
  passphrase?: Secret;
}

/** What a vault's header was turned into: its keys, the ways in, and where its commit number is noted. */
export interface Unlocked {
  scope: VaultScope;
  note: CommitNote;
  slots: KeySlots;
}

/** How the keys of a vault are come by. Throws what stands in the way. */
export type Unlock = (header: VaultHeader) => Promise<Unlocked>;

/** By the keychain, or by the passphrase given: as the header says. */
export function unlockFrom(peers: Peers): Unlock {
  const { keychain, noteKeychain = keychain, passphrase = null } = peers;
  return async (header) => {
    const keys = new VaultKeys(await vaultKeyFor(keychain, header, passphrase), header.vaultId);
    return {
      scope: { vaultId: header.vaultId, keys },
      note: new CommitNote(noteKeychain, header.vaultId),
      slots: new KeySlots(peers, header),
    };
  };
}

/**
 * Makes a vault where there is none. The order is the promise:
 *
 *  1. the key: written, read back, compared. A vault whose key did not arrive must never come to be (B40). With a
 *     passphrase it is sealed under that instead, and goes nowhere but into the header.
 *  2. the note "being created", then the database with its first tally.
 *  3. `vault.json`, last and at once: from here on there is a vault, and it is whole. Written first, a crash after it
 *     would leave a vault whose database is missing, which is what a damaged one looks like.
 *  4. the note goes.
 *
 * A crash before 3 leaves "absent": the next creation sets the leftovers aside. The key of a creation that was cut off
 * stays in the keychain under an id that nothing uses: deleting keys is not worth the day it deletes the wrong one.
 *
 * `restored` is what a backup held: it is in the database before the header makes it a vault, so that a restore cut off
 * anywhere leaves none or all of it, and it is an older copy from its first tally on.
 */
export async function createVault(
  peers: Peers & { nowMs: () => number; random?: (bytes: number) => Buffer; restored?: readonly Change[] },
): Promise<SealedVault> {
  const { files, keychain, noteKeychain = keychain, passphrase, nowMs, random = randomBytes, restored } = peers;
  files.prepareFolder();
  refuseOverVault(files);
  await setLeftoversAside(files);

  const vaultId = random(16).toString('hex');
  const vaultKey = random(vaultKeyBytes);
  const header: VaultHeader = {
    magic: vaultMagic,
    formatVersion: vaultFormatVersion,
    vaultId,
    createdAt: new Date(nowMs()).toISOString(),
    keySlots: [
      passphrase === undefined
        ? { kind: 'keychain', name: keychain.name }
        : await sealUnderPassphrase(vaultKey, vaultId, passphrase),
    ],
    keyCheck: keyCheckOf(vaultKey, vaultId),
  };
  if (passphrase === undefined) await keepInKeychain(keychain, vaultId, vaultKey);
  const scope = { vaultId, keys: new VaultKeys(vaultKey, vaultId) };
  const note = new CommitNote(noteKeychain, vaultId);
  const slots = new KeySlots(peers, header);

  let store: RecordStore | null = null;
  try {
    // While the keychain was asked, somebody else may have been at work here.
    refuseOverVault(files);
    files.noteCreation();
    store = files.createRecords();
    store.apply({ put: [firstTally(scope, restored !== undefined)], remove: [] });
    if (restored !== undefined) SealedVault.read({ scope, store, note, slots }).commit(restored);
  } catch (thrown) {
    await store?.close();
    if (store !== null) files.abandonCreation();
    scope.keys.wipe();
    if (passphrase === undefined) await dropFromKeychain(keychain, vaultId);
    throw thrown;
  }
  try {
    files.writeHeader(writeHeaderText(header));
    files.endCreation();
    const vault = SealedVault.read({ scope, store, note, slots });
    await vault.compareWithNote();
    return vault;
  } catch (thrown) {
    // The header may have arrived in spite of the error, so nothing is deleted: not the files and not the key.
    scope.keys.wipe();
    await store.close();
    throw thrown;
  }
}

/**
 * Is there a vault, whole or not? Leftovers of a creation that was cut off are none. A database without header and
 * without that note has lost its header: opening it says "damaged", since nothing may start anew beside it.
 */
export function vaultExists(files: VaultFiles): boolean {
  return files.readHeader() !== null || (files.databaseExists() && !files.creationNoted());
}

/**
 * Opens the vault; null where there is none yet. Throws `vault_locked` where it needs a passphrase and none is given.
 * No error of it changes a record, a key or the header.
 */
export async function openVault(peers: Peers): Promise<SealedVault | null> {
  const { files, keychain, noteKeychain = keychain } = peers;
  files.prepareFolder();
  const text = files.readHeader();
  if (text === null) {
    if (vaultExists(files)) throw new AppError('vault_damaged');
    return null;
  }
  const header = readableHeader(text);
  if (!files.databaseExists()) throw new AppError('vault_damaged');
  const { scope, note, slots } = await unlockFrom(peers)(header);
  let store: RecordStore | null = null;
  try {
    store = files.openRecords();
    const vault = await SealedVault.readInTurns({ scope, store, note, slots });
    if (files.creationNoted()) files.endCreation();
    await vault.compareWithNote();
    // A program that ended between the new header and the keychain left the key where a passphrase should keep it from.
    if (needsPassphrase(header)) void dropFromKeychain(noteKeychain, header.vaultId);
    return vault;
  } catch (thrown) {
    scope.keys.wipe();
    await store?.close();
    throw thrown;
  }
}

function readableHeader(text: string): VaultHeader {
  const judgement = judgeHeader(text);
  if (judgement.verdict === 'foreign') throw new AppError('vault_foreign');
  if (judgement.verdict === 'newer') throw new AppError('vault_newer');
  if (judgement.verdict === 'damaged') throw new AppError('vault_damaged');
  return judgement.header;
}

/** Whatever it is, a `vault.json` is never written over, and no new key is made beside it (B41). */
function refuseOverVault(files: VaultFiles): void {
  if (files.readHeader() !== null) throw new AppError('changed_meanwhile');
  if (vaultExists(files)) throw new AppError('vault_damaged');
}

/** Set aside, not deleted: the note says that nothing was ever kept in them, and a rename costs nothing. */
async function setLeftoversAside(files: VaultFiles): Promise<void> {
  if (!files.databaseExists()) return;
  try {
    await files.openRecords().close();
  } catch (thrown) {
    // A creation that is going on elsewhere is no leftover. A torn database is one.
    if (thrown instanceof AppError && thrown.code === 'vault_in_use') throw thrown;
  }
  files.setAside();
  files.prepareFolder();
}
