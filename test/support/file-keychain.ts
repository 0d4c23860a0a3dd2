import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Keychain } from '../../electron/vault/ports.ts';

/** A keychain in a file, for programs that are killed and followed by others: what was written is there for the next. */
export function fileKeychain(path: string): Keychain {
  const items = (): Record<string, string> =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  const keep = (next: Record<string, string>): void => {
    writeFileSync(`${path}.new`, JSON.stringify(next));
    renameSync(`${path}.new`, path);
  };
  return {
    name: 'Keychain in a file',
    read: (account) => Promise.resolve(items()[account] ?? null),
    write: (account, value) => {
      keep({ ...items(), [account]: value });
      return Promise.resolve();
    },
    remove: (account) => {
      const { [account]: gone, ...rest } = items();
      if (gone !== undefined) keep(rest);
      return Promise.resolve();
    },
    probe: () => Promise.resolve(),
  };
}
