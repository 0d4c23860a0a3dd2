import { AppError } from '../../shared/errors.ts';
import type { AppRecord, Vault } from '../vault/records.ts';

const fromThere = ['authorization', 'token'] as const;

function originsOf(app: AppRecord): string {
  const origins = fromThere.map((kind) => {
    const url = app.endpoints.find((one) => one.kind === kind)?.url ?? null;
    return url === null ? null : new URL(url).origin;
  });
  return JSON.stringify([app.issuer, origins]);
}

/**
 * Tokens belong to the host they came from. The app's addresses may have been changed while a sign-in was under way, or
 * while what it brought waited for room on the disk: stored then, they would be renewed at the new host (B31). Throws
 * `changed_meanwhile`, and `not_found` where an app that was there has been removed.
 */
export function mustBeOfSameHost(vault: Vault, asked: AppRecord, wasThere: boolean): void {
  const now = vault.app(asked.id);
  if (now === null && wasThere) throw new AppError('not_found');
  if (now !== null && originsOf(now) !== originsOf(asked)) throw new AppError('changed_meanwhile');
}
