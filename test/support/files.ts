import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with its bytes; sockets and links are passed over. */
export function filesBelow(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    return [{ path, bytes: readFileSync(path) }];
  });
}
