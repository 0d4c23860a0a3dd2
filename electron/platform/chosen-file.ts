import { closeSync, fstatSync, openSync, readSync, constants } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { systemCodeOf, writeCarefully } from './careful-file.ts';

/** Throws `file_not_written`; what stood there before then stands there still. */
export function writeChosen(path: string, text: string): void {
  try {
    writeCarefully(path, text);
  } catch (thrown) {
    const systemCode = thrown instanceof AppError ? thrown.facts.systemCode : undefined;
    throw new AppError('file_not_written', {
      name: basename(path),
      ...(systemCode === undefined ? {} : { systemCode }),
    });
  }
}

/**
 * At most that many bytes, however long the file says it is: it may grow while it is read, or be a device without end.
 * Throws `set_up_too_large`, `file_unreadable`.
 */
export function readChosen(path: string, mostBytes: number): Uint8Array {
  let fd: number | null = null;
  try {
    // A pipe that nobody writes to would hold the program at its opening.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(fd).isFile()) throw new AppError('file_unreadable', { name: basename(path) });
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let took = -1; took !== 0 && length < bytes.length; length += took) {
      took = readSync(fd, bytes, length, bytes.length - length, null);
    }
    if (length > mostBytes) throw new AppError('set_up_too_large');
    return bytes.subarray(0, length);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const systemCode = systemCodeOf(thrown);
    throw new AppError('file_unreadable', { name: basename(path), ...(systemCode === null ? {} : { systemCode }) });
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
