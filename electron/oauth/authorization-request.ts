import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { endpointUrl } from './endpoint.ts';
import type { ProviderWay } from './way.ts';

/** One try to sign in through the browser, as far as the exchange and the answer need it. */
export interface AuthorizationAttempt {
  /** Where the browser is sent. It holds the state, so it is not shown. Null where the provider begins. */
  url: Secret | null;
  /** As sent here and, byte for byte, with the code (B5). */
  redirectUri: string;
  /** 256 bits for this try alone (B3). Null where the provider begins: then the redirect address is what is unguessable. */
  state: Secret | null;
  /** RFC 7636: 32 random bytes, 43 characters. Null where the provider begins and no challenge could be sent. */
  verifier: Secret | null;
}

/**
 * RFC 6749 section 4.1.1 with PKCE S256 (RFC 7636), never `plain`: a provider that does not know the parameters has to
 * ignore them. Throws `grant_refused`, `field_missing`, `address_…`.
 */
export async function authorizationAttempt(
  way: ProviderWay,
  clientId: string,
  input: { redirectUri: string; scopes: readonly string[] },
): Promise<AuthorizationAttempt> {
  const grant = way.grants.authorization_code;
  if (way.authorization === null || grant === undefined)
    throw new AppError('grant_refused', { name: way.providerName });
  const { redirectUri } = input;
  if (way.authorization.startedBy === 'provider') return { url: null, redirectUri, state: null, verifier: null };
  if (clientId === '') throw new AppError('field_missing', { field: 'clientId' });
  const verifier = generateRandomCodeVerifier();
  const state = generateRandomState();
  const url = endpointUrl(way, 'authorization');
  const parameters: Record<string, string> = {
    ...way.authorization.extraParameters,
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  const scope = input.scopes.join(' ');
  if (grant.scope === 'when_chosen' && scope !== '') {
    parameters['scope'] = scope;
    // OpenID Connect Core section 11: without it a provider has to leave offline_access aside, and gives no refresh token.
    if (input.scopes.includes('offline_access')) parameters['prompt'] ??= 'consent';
  }
  // `set`, since the address may have a query of its own (section 3.1) that must not bring a second client_id.
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: new Secret(url.href), redirectUri, state: new Secret(state), verifier: new Secret(verifier) };
}
