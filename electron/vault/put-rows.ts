import { AppError } from '../../shared/errors.ts';
import { appRowSchema, connectionRowSchema, firstRowSchema } from './migrations.ts';
import { appSecretsBody, connectionSecretsBody } from './payloads.ts';
import { boundTo } from './records.ts';
import type { Bound } from './rows.ts';
import type { Put, Staged } from './staging.ts';

/** What a record is sealed with and as: its binding, its schema number, and the inside of its row. */

export function boundOf(put: Put, staged: Staged): Bound {
  if (put.kind !== 'app_secrets' && put.kind !== 'connection_secrets') return null;
  const app = staged.app(put.kind === 'app_secrets' ? put.id : (staged.connection(put.id)?.appId ?? ''));
  if (app === null) throw new AppError('not_found');
  return boundTo(app);
}

export function schemaOf(put: Put): number {
  if (put.kind === 'app') return appRowSchema(put.record);
  return put.kind === 'connection' ? connectionRowSchema(put.record) : firstRowSchema;
}

export function bodyOf(put: Put): unknown {
  switch (put.kind) {
    case 'app':
    case 'connection':
      return put.record;
    case 'app_secrets':
      return appSecretsBody(put.secrets);
    case 'connection_secrets':
      return connectionSecretsBody(put.secrets);
    case 'history':
      return put.exchanges;
    case 'token_trail':
      return put.trail;
  }
}
