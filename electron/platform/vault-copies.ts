import * as fs from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { CopyPlace, VaultCopies } from '../vault/ports.ts';
import { asDiskError, renamePatiently, syncFolder, systemCodeOf, writeCarefully } from './careful-file.ts';
import { closeToOthers, look } from './own-files.ts';
import { openRecordStore, readRecordStore } from './record-store.ts';

const headerName = 'vault.json';
const databaseName = 'records.db';
const vaultName = 'vault';
/** A copy that is made ready to take the vault's place. */
const successorName = 'vault next';
const making = '.making';
const idPattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/;

/**
 * `backups/` in the vault's folder: a folder for each copy, named after the moment it was made, with `vault.json` and
 * `records.db`. A copy in the making has `.making` behind its name and is swept when the next one is begun.
 */
export function vaultCopies(options: { userDataFolder: string; setAside: () => string }): VaultCopies {
  const { userDataFolder, setAside } = options;
  const folder = join(userDataFolder, vaultName, 'backups');
  const successor = join(userDataFolder, successorName);
  const guarded = <T>(step: () => T): T => {
    try {
      return step();
    } catch (thrown) {
      throw asDiskError(thrown, folder);
    }
  };

  const placeOf = (id: string): string => {
    // Ids come back from the window: only what we name ourselves is a path.
    if (!idPattern.test(id)) throw new AppError('not_found');
    const kept = join(folder, id);
    return look(kept, 'folder') === null ? kept + making : kept;
  };
  const fileOf = (id: string, name: string): string => {
    const path = join(placeOf(id), name);
    if (look(path, 'file') === null) throw new AppError('not_found');
    return path;
  };
  const kept = (): CopyPlace[] => {
    if (look(folder, 'folder') === null) return [];
    return fs
      .readdirSync(folder)
      .filter((name) => idPattern.test(name) && look(join(folder, name), 'folder') !== null)
      .map((id) => ({ id, madeAtMs: Date.parse(id.replace(idPattern, '$1T$2:$3:$4.$5Z')) }))
      .sort((a, b) => b.madeAtMs - a.madeAtMs);
  };

  return {
    list: () => guarded(kept),

    write: (records, headerText, atMs) =>
      guarded(() => {
        const standing = look(folder, 'folder');
        if (standing === null) fs.mkdirSync(folder, { mode: 0o700 });
        else closeToOthers(folder, standing);
        for (const name of fs.readdirSync(folder))
          if (name.endsWith(making)) fs.rmSync(join(folder, name), { recursive: true, force: true });
        const id = new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
        const place = join(folder, id) + making;
        fs.mkdirSync(place, { mode: 0o700 });
        try {
          // Made here and empty: SQLite makes files that all may read.
          fs.closeSync(fs.openSync(join(place, databaseName), 'wx', 0o600));
          records.copyTo(join(place, databaseName));
          // SQLite leaves such a copy to the system to write out.
          sync(join(place, databaseName));
          writeCarefully(join(place, headerName), headerText);
          syncFolder(folder);
        } catch (thrown) {
          fs.rmSync(place, { recursive: true, force: true });
          throw thrown;
        }
        return id;
      }),

    keep: (id) =>
      guarded(() => {
        renamePatiently(placeOf(id), join(folder, id));
        syncFolder(folder);
      }),

    discard: (id) =>
      guarded(() => {
        fs.rmSync(placeOf(id), { recursive: true, force: true });
        syncFolder(folder);
      }),

    readHeader: (id) =>
      guarded(() => {
        try {
          return fs.readFileSync(fileOf(id, headerName), 'utf8');
        } catch (thrown) {
          if (thrown instanceof AppError || systemCodeOf(thrown) === 'ENOENT') return null;
          throw thrown;
        }
      }),

    writeHeader: (id, text) => writeCarefully(join(placeOf(id), headerName), text),

    openToRead: (id) => guarded(() => readRecordStore(fileOf(id, databaseName))),

    openToWrite: (id) => guarded(() => openRecordStore(fileOf(id, databaseName))),

    stage: (id) =>
      guarded(() => {
        fs.rmSync(successor, { recursive: true, force: true });
        fs.mkdirSync(successor, { mode: 0o700 });
        for (const name of [databaseName, headerName]) {
          fs.copyFileSync(fileOf(id, name), join(successor, name), fs.constants.COPYFILE_EXCL);
          fs.chmodSync(join(successor, name), 0o600);
          sync(join(successor, name));
        }
        syncFolder(successor);
        syncFolder(userDataFolder);
      }),

    openStaged: () => guarded(() => openRecordStore(join(successor, databaseName))),

    dropStaged: () => guarded(() => fs.rmSync(successor, { recursive: true, force: true })),

    putStagedInPlace: () =>
      guarded(() => {
        const movedTo = setAside();
        // Cut off here, the next start finds no vault and a successor, and does this step itself.
        settleSuccessor(userDataFolder);
        return movedTo;
      }),
  };
}

/**
 * Two renames put another folder in the vault's place, and a crash may come between them. So each start looks: with the
 * vault set aside, its successor is the vault; beside a vault, a successor is one that was never put in place.
 */
export function settleSuccessor(userDataFolder: string): void {
  const successor = join(userDataFolder, successorName);
  if (look(successor, 'folder') === null) return;
  if (look(join(userDataFolder, vaultName), 'folder') === null) {
    renamePatiently(successor, join(userDataFolder, vaultName));
    syncFolder(userDataFolder);
  } else {
    fs.rmSync(successor, { recursive: true, force: true });
  }
}

function sync(path: string): void {
  // Windows flushes only what is open for writing.
  const fd = fs.openSync(path, 'r+');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
