import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { askForTokens, usualLimitMs } from './token-call.ts';
import type { Granted } from './tokens.ts';
import type { Transport } from './transport.ts';
import type { ClientKeys, ProviderWay } from './way.ts';

/**
 * RFC 6749 section 4.1.3. Sends once and never again by itself: a code is good for one use, and a second one may end
 * what the first brought (section 4.1.2).
 */
export async function exchangeCode(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  input: { code: Secret; redirectUri: string; verifier: Secret | null; state?: Secret | null },
  timeLimitMs = usualLimitMs,
): Promise<Granted> {
  const grant = way.grants.authorization_code;
  if (grant === undefined) throw new AppError('grant_refused', { name: way.providerName });
  const { code, verifier, state } = input;
  const parameters: Record<string, string> = { code: code.reveal(), redirect_uri: input.redirectUri };
  if (verifier !== null) parameters['code_verifier'] = verifier.reveal();
  return askForTokens(transport, way, client, {
    purpose: 'authorization_code',
    grantType: 'authorization_code',
    request: grant.request,
    parameters,
    // The state is not sent here, but the provider has it and may echo it.
    secrets: [code, verifier, state].filter((secret) => secret != null),
    sentRefreshToken: null,
    timeLimitMs,
  });
}
