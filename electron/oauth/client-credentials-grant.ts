import { AppError } from '../../shared/errors.ts';
import { askForTokens, usualLimitMs } from './token-call.ts';
import type { Granted } from './tokens.ts';
import type { Transport } from './transport.ts';
import type { ClientKeys, ProviderWay } from './way.ts';

/** RFC 6749 section 4.4. Also the renewal where a provider gives no refresh token (C2). No scopes: all the app has (C4). */
export async function askWithClientCredentials(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  input: { scopes: readonly string[] },
  timeLimitMs = usualLimitMs,
): Promise<Granted> {
  const grant = way.grants.client_credentials;
  if (grant === undefined) throw new AppError('grant_refused', { name: way.providerName });
  const scope = input.scopes.join(' ');
  return askForTokens(transport, way, client, {
    purpose: 'client_credentials',
    grantType: 'client_credentials',
    request: grant.request,
    parameters: grant.scope === 'when_chosen' && scope !== '' ? { scope } : {},
    secrets: [],
    sentRefreshToken: null,
    timeLimitMs,
  });
}
