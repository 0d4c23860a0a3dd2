import { AppError } from '../../shared/errors.ts';
import type { Realms } from './realms.ts';

/** The person's own name for a connection. */
export function renameConnection(realms: Realms, connectionId: string, label: string): void {
  const { vault, connection } = realms.connection(connectionId);
  if (label.trim() === '') throw new AppError('field_missing', { field: 'label' });
  realms.commit(vault, [{ put: 'connection', record: { ...connection, label: label.trim() } }]);
}

/** Removes it here: tokens, history and name. The provider is not told (R7). */
export function removeConnection(realms: Realms, connectionId: string): void {
  const { vault } = realms.connection(connectionId);
  realms.commit(vault, [{ remove: 'connection', connectionId }]);
}
