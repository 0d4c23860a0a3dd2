import { AppError } from '../../shared/errors.ts';
import type { Channel } from '../../shared/ipc/channels.ts';
import type { Handlers } from './router.ts';

/** What is answered while the vault is locked: nothing that tells of it, hands it out or changes how it is kept. */
const answered: ReadonlySet<Channel> = new Set<Channel>([
  'program.start',
  'program.openDataFolder',
  'providers.list',
  'clipboard.clear',
  'lock.lock',
  'lock.unlock',
  'settings.read',
]);

/**
 * Every other call fails with `vault_locked`, also one that began before the lock and ends after it: its answer would
 * be drawn on a window that is meant to know nothing.
 */
export function whileLocked(handlers: Handlers, lock: { isLocked(): boolean; times(): number }): Handlers {
  const guarded = Object.entries(handlers).map(([channel, run]: [string, (input: never) => unknown]) => [
    channel,
    answered.has(channel as Channel)
      ? run
      : async (input: never): Promise<unknown> => {
          if (lock.isLocked()) throw new AppError('vault_locked');
          const times = lock.times();
          const ending = await Promise.resolve(run(input)).then(
            (value) => ({ value }),
            (thrown: unknown) => ({ thrown }),
          );
          if (lock.isLocked() || lock.times() !== times) throw new AppError('vault_locked');
          if ('thrown' in ending) throw ending.thrown;
          return ending.value;
        },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}
