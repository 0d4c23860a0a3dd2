import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Keychain } from '../../electron/vault/ports.ts';

export interface MemoryKeychain extends Keychain {
  /** What lies in it, by account. */
  readonly items: Map<string, string>;
  /** The accounts that something is kept under. */
  entries(): string[];
  /** Every call in its order, without values. */
  readonly calls: string[];
  /** Locked as real keyrings are: reading answers null, only writing is refused. */
  locked: boolean;
  /** Thrown by each call while set. */
  failing: ErrorCode | null;
  /** Says "written" and keeps nothing. */
  forgetful: boolean;
}

/** A keychain that behaves as the real ones were seen to. */
export function memoryKeychain(name = 'Test Keychain'): MemoryKeychain {
  const items = new Map<string, string>();
  const calls: string[] = [];
  const refuse = (code: ErrorCode): never => {
    throw new AppError(code, { name });
  };
  const step = async <T>(call: string, run: () => T): Promise<T> => {
    calls.push(call);
    // As a real one: never in the same turn.
    await Promise.resolve();
    if (keychain.failing !== null) refuse(keychain.failing);
    return run();
  };
  const put = (account: string, value: string): void => {
    if (keychain.locked) refuse('keychain_locked');
    if (!keychain.forgetful) items.set(account, value);
  };
  const keychain: MemoryKeychain = {
    name,
    items,
    entries: () => [...items.keys()],
    calls,
    locked: false,
    failing: null,
    forgetful: false,
    read: (account) => step(`read ${account}`, () => (keychain.locked ? null : (items.get(account) ?? null))),
    write: (account, value) => step(`write ${account}`, () => put(account, value)),
    remove: (account) => step(`remove ${account}`, () => void items.delete(account)),
    probe: () =>
      step('probe', () => {
        put('probe', 'probe');
        items.delete('probe');
      }),
  };
  return keychain;
}
