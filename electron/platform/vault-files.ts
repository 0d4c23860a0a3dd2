import * as fs from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { newestRowSchema } from '../vault/migrations.ts';
import type { VaultFiles } from '../vault/ports.ts';
import {
  asDiskError,
  isTemporaryOf,
  renamePatiently,
  syncFolder,
  systemCodeOf,
  writeCarefully,
} from './careful-file.ts';
import { closeToOthers, look } from './own-files.ts';
import { createRecordStore, highestRowSchema, openRecordStore } from './record-store.ts';
import { settleSuccessor } from './vault-copies.ts';

const headerName = 'vault.json';
/** A new header until it takes the old one's place; one that is found at a start never did. */
const nextHeaderName = 'vault.next.json';
const databaseName = 'records.db';
const creationName = 'creating';
/** SQLite's own files beside a database. */
const databaseFiles = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, `${databaseName}-journal`];
/** `vault.json` has some 400 bytes; a file that is far larger is not read into memory to find out what it is. */
const headerLimitBytes = 128 * 1024;

/** The vault's folder in the profile: `vault/` with `vault.json`, `records.db` and what SQLite puts beside it. */
export function vaultFiles(options: { userDataFolder: string; nowMs: () => number }): VaultFiles {
  const { userDataFolder, nowMs } = options;
  const folder = join(userDataFolder, 'vault');
  const at = (name: string): string => join(folder, name);
  const guarded = <T>(step: () => T): T => {
    try {
      return step();
    } catch (thrown) {
      throw asDiskError(thrown, folder);
    }
  };

  const makeFolder = (): void => {
    if (!fs.existsSync(userDataFolder)) fs.mkdirSync(userDataFolder, { recursive: true, mode: 0o700 });
    // Not recursive: that form answers ENOENT where the disk is read-only.
    fs.mkdirSync(folder, { mode: 0o700 });
  };
  const removeIfThere = (path: string): void => {
    fs.rmSync(path, { force: true });
  };

  return {
    prepareFolder: () =>
      guarded(() => {
        settleSuccessor(userDataFolder);
        const standing = look(folder, 'folder');
        if (standing === null) makeFolder();
        else closeToOthers(folder, standing);
        for (const name of [headerName, creationName, ...databaseFiles]) {
          const found = look(at(name), 'file');
          if (found !== null) closeToOthers(at(name), found);
        }
        for (const name of fs.readdirSync(folder)) {
          const isLeft =
            name === nextHeaderName || isTemporaryOf(headerName, name) || isTemporaryOf(nextHeaderName, name);
          if (isLeft && look(at(name), 'file') !== null) removeIfThere(at(name));
        }
      }),

    readHeader: () =>
      guarded(() => {
        const found = look(at(headerName), 'file');
        if (found === null) return null;
        if (found.size > headerLimitBytes) throw new AppError('vault_foreign');
        try {
          return fs.readFileSync(at(headerName), 'utf8');
        } catch (thrown) {
          if (systemCodeOf(thrown) === 'ENOENT') return null;
          throw thrown;
        }
      }),

    writeHeader: (text) => writeCarefully(at(headerName), text),

    replaceHeader: (text) =>
      guarded(() => {
        try {
          writeCarefully(at(nextHeaderName), text);
          if (fs.readFileSync(at(nextHeaderName), 'utf8') !== text) throw new AppError('disk_error', { name: folder });
          renamePatiently(at(nextHeaderName), at(headerName));
        } catch (thrown) {
          removeIfThere(at(nextHeaderName));
          throw thrown;
        }
        syncFolder(folder);
      }),

    databaseExists: () => guarded(() => look(at(databaseName), 'file') !== null),

    creationNoted: () => guarded(() => look(at(creationName), 'file') !== null),

    noteCreation: () =>
      guarded(() => {
        if (look(at(creationName), 'file') === null) fs.closeSync(fs.openSync(at(creationName), 'wx', 0o600));
        // The note has to be on the disk before the database: a power cut must not leave the one without the other.
        syncFolder(folder);
      }),

    endCreation: () => guarded(() => removeIfThere(at(creationName))),

    abandonCreation: () =>
      guarded(() => {
        for (const name of databaseFiles) removeIfThere(at(name));
        removeIfThere(at(creationName));
      }),

    setAside: () =>
      guarded(() => {
        look(folder, 'folder');
        const stamp = new Date(nowMs()).toISOString().slice(0, 19).replaceAll(':', '-');
        let name = `vault set aside ${stamp}`;
        for (let n = 2; fs.existsSync(join(userDataFolder, name)); n += 1) name = `vault set aside ${stamp} (${n})`;
        renamePatiently(folder, join(userDataFolder, name));
        syncFolder(userDataFolder);
        return name;
      }),

    createRecords: () =>
      guarded(() => {
        // Made here, because SQLite makes files that all may read; its own files beside it take over this mode.
        fs.closeSync(fs.openSync(at(databaseName), 'wx', 0o600));
        try {
          return createRecordStore(at(databaseName));
        } catch (thrown) {
          for (const name of databaseFiles) removeIfThere(at(name));
          throw thrown;
        }
      }),

    openRecords: () =>
      guarded(() => {
        if (look(at(databaseName), 'file') === null) throw new AppError('vault_damaged');
        // Opening writes into the file's head. Rows that only a later program knows are met before that, so that
        // every byte of its vault stays (F12).
        if (highestRowSchema(at(databaseName)) > newestRowSchema) throw new AppError('vault_newer');
        return openRecordStore(at(databaseName));
      }),
  };
}
