import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { OpenedVault, VaultDoor } from '../../electron/services/vault-ports.ts';
import type { Change } from '../../electron/vault/records.ts';

/** A disk that refuses what the test says; everything else goes to the real vault. */
export class UnwillingDisk {
  /** The code of the refusal, or null. */
  refuses: (changes: readonly Change[]) => ErrorCode | null = () => null;
  readonly commits: (readonly Change[])[] = [];

  before(door: VaultDoor): VaultDoor {
    return {
      ...door,
      open: async (passphrase) => {
        const vault = await door.open(passphrase);
        return vault === null ? null : this.#around(vault);
      },
      create: async (passphrase) => this.#around(await door.create(passphrase)),
      restore: async (content, passphrase) => this.#around(await door.restore(content, passphrase)),
    };
  }

  #around(vault: OpenedVault): OpenedVault {
    const commit = (changes: readonly Change[]): void => {
      const code = this.refuses(changes);
      if (code !== null) throw new AppError(code);
      vault.commit(changes);
      this.commits.push(changes);
    };
    return new Proxy(vault, {
      get(target, name) {
        if (name === 'commit') return commit;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
}

/** A full disk for new tokens; small records still find room. */
export const noRoomForTokens = (changes: readonly Change[]): ErrorCode | null =>
  changes.some((change) => 'put' in change && change.put === 'connection_secrets') ? 'disk_full' : null;
