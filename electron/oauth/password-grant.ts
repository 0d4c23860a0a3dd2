import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { askForTokens, usualLimitMs } from './token-call.ts';
import type { Granted } from './tokens.ts';
import type { Transport } from './transport.ts';
import type { ClientKeys, ProviderWay } from './way.ts';

/** RFC 6749 section 4.3. The password is used for this one call and not kept (T9). */
export async function signInWithPassword(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  input: { username: string; password: Secret; scopes?: readonly string[] },
  timeLimitMs = usualLimitMs,
): Promise<Granted> {
  const grant = way.grants.password;
  if (grant === undefined) throw new AppError('grant_refused', { name: way.providerName });
  const parameters: Record<string, string> = { username: input.username, password: input.password.reveal() };
  const scope = (input.scopes ?? []).join(' ');
  if (grant.scope === 'when_chosen' && scope !== '') parameters['scope'] = scope;
  return askForTokens(transport, way, client, {
    purpose: 'password',
    grantType: 'password',
    request: grant.request,
    parameters,
    secrets: [input.password],
    sentRefreshToken: null,
    timeLimitMs,
  });
}
