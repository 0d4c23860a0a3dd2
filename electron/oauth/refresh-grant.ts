import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { askForTokens, renewalLimitMs } from './token-call.ts';
import type { Granted } from './tokens.ts';
import type { Transport } from './transport.ts';
import type { ClientKeys, ProviderWay } from './way.ts';

/**
 * RFC 6749 section 6. Sends once; whether and when to send again is the caller's (security.md C1). No scope is
 * asked for, so it can only stay as it was (B18).
 */
export async function renewWithRefreshToken(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  input: { refreshToken: Secret },
  timeLimitMs = renewalLimitMs,
): Promise<Granted> {
  if (way.renewal.by !== 'refresh_token') throw new AppError('grant_refused', { name: way.providerName });
  const parameters: Record<string, string> = { refresh_token: input.refreshToken.reveal() };
  if (way.renewal.sendsRedirectUri && way.redirectUri !== null) parameters['redirect_uri'] = way.redirectUri;
  return askForTokens(transport, way, client, {
    purpose: 'refresh',
    grantType: 'refresh_token',
    request: way.renewal.request,
    parameters,
    secrets: [input.refreshToken],
    sentRefreshToken: input.refreshToken,
    timeLimitMs,
  });
}
