import { AppError } from '../../shared/errors.ts';
import type { Realm } from '../../shared/model/app.ts';
import type { AppRecord, Change, ConnectionRecord, Vault } from '../vault/records.ts';
import type { Announce } from './announce.ts';

/** A connection with the app it hangs on and the place both are kept. */
export interface Found {
  vault: Vault;
  connection: ConnectionRecord;
  app: AppRecord;
}

/**
 * The open vault and the practice shelf, found by id. Every change goes through `commit` here, so that what was
 * saved is announced and what was not saved is not.
 */
export class Realms {
  #vault: Vault | null = null;
  #practice: Vault | null = null;
  readonly #announce: Announce;
  #afterCommit: (vault: Vault, changes: readonly Change[]) => void = () => undefined;

  constructor(announce: Announce) {
    this.#announce = announce;
  }

  /** One listener, which looks again at what is due, at what needs a person, and at the daily copies. */
  onCommit(run: (vault: Vault, changes: readonly Change[]) => void): void {
    this.#afterCommit = run;
  }

  setVault(vault: Vault | null): void {
    this.#replace(this.#vault, vault);
    this.#vault = vault;
  }

  setPractice(shelf: Vault | null): void {
    this.#replace(this.#practice, shelf);
    this.#practice = shelf;
  }

  /** Both, where open; real things first. */
  all(): Vault[] {
    return [this.#vault, this.#practice].filter((vault) => vault !== null);
  }

  /** Throws `vault_not_open` or `practice_closed`. */
  of(realm: Realm): Vault {
    const vault = realm === 'vault' ? this.#vault : this.#practice;
    if (vault === null) throw new AppError(realm === 'vault' ? 'vault_not_open' : 'practice_closed');
    return vault;
  }

  /** Throws `not_found`. */
  connection(connectionId: string): Found {
    for (const vault of this.all()) {
      const connection = vault.connection(connectionId);
      if (connection === null) continue;
      const app = vault.app(connection.appId);
      if (app !== null) return { vault, connection, app };
    }
    throw new AppError('not_found');
  }

  /** Throws `not_found`. */
  app(appId: string): { vault: Vault; app: AppRecord } {
    for (const vault of this.all()) {
      const app = vault.app(appId);
      if (app !== null) return { vault, app };
    }
    throw new AppError('not_found');
  }

  /** Saves, then tells. On an AppError nothing has changed and nothing is told. */
  commit(vault: Vault, changes: readonly Change[]): void {
    vault.commit(changes);
    for (const change of changes) {
      if ('put' in change) {
        if (change.put === 'app') this.#announce.app(change.record.id);
        else if (change.put === 'connection') this.#announce.connection(change.record.id);
        else if (change.put === 'app_secrets') this.#announce.app(change.appId);
      } else if (change.remove === 'app') this.#announce.app(change.appId);
      else this.#announce.connection(change.connectionId);
    }
    this.#afterCommit(vault, changes);
  }

  /** Tells of everything: it is hidden from now on, or seen again. */
  announceAll(): void {
    for (const vault of this.all()) this.#replace(vault, null);
  }

  #replace(before: Vault | null, after: Vault | null): void {
    for (const vault of [before, after]) {
      for (const app of vault?.apps() ?? []) this.#announce.app(app.id);
      for (const connection of vault?.connections() ?? []) this.#announce.connection(connection.id);
    }
  }
}
