import { AppError } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import type {
  AppRecord,
  AppSecrets,
  Change,
  ConnectionRecord,
  ConnectionSecrets,
  PastTokens,
  Vault,
} from './records.ts';
import { rowId } from './rows.ts';
import { stage, type Put } from './staging.ts';

/** Where practice lives: memory only. It follows the vault's rules and knows neither disk nor keychain. */
export class PracticeShelf implements Vault {
  readonly realm = 'practice';
  readonly #rows = new Map<string, Put>();

  apps(): readonly AppRecord[] {
    return [...this.#rows.values()].flatMap((row) => (row.kind === 'app' ? [row.record] : []));
  }

  connections(): readonly ConnectionRecord[] {
    return [...this.#rows.values()].flatMap((row) => (row.kind === 'connection' ? [row.record] : []));
  }

  app(appId: string): AppRecord | null {
    const row = this.#rows.get(rowId('app', appId));
    return row?.kind === 'app' ? row.record : null;
  }

  connection(connectionId: string): ConnectionRecord | null {
    const row = this.#rows.get(rowId('connection', connectionId));
    return row?.kind === 'connection' ? row.record : null;
  }

  appSecrets(appId: string): AppSecrets {
    if (this.app(appId) === null) throw new AppError('not_found');
    const row = this.#rows.get(rowId('app_secrets', appId));
    return row?.kind === 'app_secrets' ? { ...row.secrets } : { clientSecret: null };
  }

  connectionSecrets(connectionId: string): ConnectionSecrets | null {
    if (this.connection(connectionId) === null) throw new AppError('not_found');
    const row = this.#rows.get(rowId('connection_secrets', connectionId));
    return row?.kind === 'connection_secrets' ? { ...row.secrets } : null;
  }

  history(connectionId: string): readonly Exchange[] {
    if (this.connection(connectionId) === null) throw new AppError('not_found');
    const row = this.#rows.get(rowId('history', connectionId));
    return row?.kind === 'history' ? row.exchanges : [];
  }

  tokenTrail(connectionId: string): readonly PastTokens[] {
    if (this.connection(connectionId) === null) throw new AppError('not_found');
    const row = this.#rows.get(rowId('token_trail', connectionId));
    return row?.kind === 'token_trail' ? row.trail : [];
  }

  commit(changes: readonly Change[]): void {
    const staged = stage(
      {
        realm: this.realm,
        app: (id) => this.app(id),
        connection: (id) => this.connection(id),
        connections: () => this.connections(),
        hasRow: (id) => this.#rows.has(id),
      },
      changes,
    );
    for (const row of staged.removes) this.#rows.delete(row);
    for (const [id, put] of staged.puts) this.#rows.set(id, put);
  }
}
