import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { CommitNote } from './commit-note.ts';
import { VaultKeys, vaultKeyBytes } from './crypto.ts';
import { judgeHeader, keyFits, vaultFormatVersion, vaultMagic, writeHeaderText, type VaultHeader } from './format.ts';
import type { Keychain, RecordStore, VaultFiles } from './ports.ts';
import type { Change } from './records.ts';
import type { VaultScope } from './rows.ts';
import { firstTally, SealedVault } from './sealed-vault.ts';

interface Peers {
  files: VaultFiles;
  keychain: Keychain;
}

/** What a vault's header was turned into: its keys, and where its commit number is noted. */
export interface Unlocked {
  scope: VaultScope;
  note: CommitNote;
}

/** How the keys of a vault are come by. Throws what stands in the way. */
export type Unlock = (header: VaultHeader) => Promise<Unlocked>;

export function unlockFrom(keychain: Keychain): Unlock {
  return async (header) => ({
    scope: { vaultId: header.vaultId, keys: await readKeys(keychain, header) },
    note: new CommitNote(keychain, header.vaultId),
  });
}

const keyAccount = (vaultId: string): string => `vault-key:${vaultId}`;

/**
 * Makes a vault where there is none. The order is the promise:
 *
 *  1. the key: written, read back, compared. A vault whose key did not arrive must never come to be (B40).
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
  const { files, keychain, nowMs, random = randomBytes, restored } = peers;
  files.prepareFolder();
  refuseOverVault(files);
  await setLeftoversAside(files);

  const vaultId = random(16).toString('hex');
  const vaultKey = random(vaultKeyBytes);
  const keyText = vaultKey.toString('base64');
  await keychain.write(keyAccount(vaultId), keyText);
  if ((await keychain.read(keyAccount(vaultId))) !== keyText)
    throw new AppError('keychain_denied', { name: keychain.name });
  const scope = { vaultId, keys: new VaultKeys(vaultKey, vaultId) };
  const note = new CommitNote(keychain, vaultId);

  let store: RecordStore | null = null;
  try {
    // While the keychain was asked, somebody else may have been at work here.
    refuseOverVault(files);
    files.noteCreation();
    store = files.createRecords();
    store.apply({ put: [firstTally(scope, restored !== undefined)], remove: [] });
    if (restored !== undefined) new SealedVault(scope, store, note).commit(restored);
  } catch (thrown) {
    await store?.close();
    if (store !== null) files.abandonCreation();
    scope.keys.wipe();
    await keychain.remove(keyAccount(vaultId)).catch(() => undefined);
    throw thrown;
  }
  try {
    files.writeHeader(
      writeHeaderText({
        magic: vaultMagic,
        formatVersion: vaultFormatVersion,
        vaultId,
        createdAt: new Date(nowMs()).toISOString(),
        keySlots: [{ kind: 'keychain', name: keychain.name }],
        keyCheck: scope.keys.check,
      }),
    );
    files.endCreation();
    const vault = new SealedVault(scope, store, note);
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

/** Opens the vault; null where there is none yet. No error of it changes a record, a key or the header. */
export async function openVault({ files, keychain }: Peers): Promise<SealedVault | null> {
  files.prepareFolder();
  const text = files.readHeader();
  if (text === null) {
    if (vaultExists(files)) throw new AppError('vault_damaged');
    return null;
  }
  const header = readableHeader(text);
  if (!files.databaseExists()) throw new AppError('vault_damaged');
  const { scope, note } = await unlockFrom(keychain)(header);
  let store: RecordStore | null = null;
  try {
    store = files.openRecords();
    const vault = new SealedVault(scope, store, note);
    if (files.creationNoted()) files.endCreation();
    await vault.compareWithNote();
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
  // Only a passphrase opens it, and this program does not ask for one yet.
  if (!judgement.header.keySlots.some((slot) => slot.kind === 'keychain')) throw new AppError('vault_newer');
  return judgement.header;
}

async function readKeys(keychain: Keychain, header: VaultHeader): Promise<VaultKeys> {
  const name = keychain.name;
  const keyText = await keychain.read(keyAccount(header.vaultId));
  if (keyText === null) {
    // Null is also what a locked keyring says. Only a refused write tells them apart (B41).
    await keychain.probe();
    throw new AppError('key_missing', { name });
  }
  const vaultKey = Buffer.from(keyText, 'base64');
  if (vaultKey.length !== vaultKeyBytes) throw new AppError('key_wrong', { name });
  const keys = new VaultKeys(vaultKey, header.vaultId);
  if (!keyFits(header, keys.check)) {
    keys.wipe();
    throw new AppError('key_wrong', { name });
  }
  return keys;
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
