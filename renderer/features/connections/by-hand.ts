import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';

/** A personal access token: made by hand at the provider, so that nobody can renew or revoke it from here. */
export const isByHand = ({ grant }: Pick<ConnectionSummary, 'grant'>): boolean => grant === 'personal_access_token';

/** Can the provider be asked to take the access away? */
export function isRevocable(
  connection: ConnectionSummary,
  provider: ProviderView | undefined,
): provider is ProviderView {
  if (provider === undefined || provider.revocation.reach === 'none') return false;
  return !isByHand(connection) && connection.condition !== 'revoked';
}
