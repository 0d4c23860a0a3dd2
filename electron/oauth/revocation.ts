import { allowInsecureRequests, customFetch, revocationRequest } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { readBody, textMember } from './answer-body.ts';
import { clientAuthentication, registeredAs } from './client-authentication.ts';
import { consentFor, endpointUrl } from './endpoint.ts';
import { fetchThrough, standardHeaders } from './fetch-adapter.ts';
import { factsOf, generalError, oauthCodeOf, type CallContext } from './provider-errors.ts';
import { secretsOf, usualLimitMs } from './token-call.ts';
import type { TokenSet } from './tokens.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ClientAuthentication, ClientKeys, ProviderWay, TokenField } from './way.ts';

export interface Revoked {
  status: number;
  durationMs: number;
}

const memberOf: Record<TokenField, keyof TokenSet> = {
  access_token: 'accessToken',
  id_token: 'idToken',
  refresh_token: 'refreshToken',
};

/** Which token a revocation sends, and whether it has to be a living one (T7). Null: this provider has no way to revoke. */
export function tokenNeededToRevoke(way: ProviderWay): { token: keyof TokenSet; mustBeValid: boolean } | null {
  switch (way.revocation.kind) {
    case 'none':
      return null;
    case 'form_with_token':
      return { token: memberOf[way.revocation.token], mustBeValid: way.revocation.tokenMustBeValid };
    case 'rfc7009':
      return { token: 'refreshToken', mustBeValid: false };
    case 'delete_with_token_in_path':
      return { token: memberOf[way.revocation.token], mustBeValid: false };
  }
}

/**
 * Did the provider take it away? Only its own word counts: a page of markup with a 200 is a portal or a wrong
 * address (Connecteam answers every unknown path so), and a false "revoked" is worse than a false "not confirmed".
 * Any other 2xx body is ignored (RFC 7009 section 2.2).
 */
function judged(answer: HttpAnswer, context: CallContext, successBody: string | null): Revoked {
  const body = readBody(answer);
  const general = generalError(answer, body, context);
  if (general !== null) throw general;
  const facts = factsOf(answer, body, context);
  if (body.form === 'html') throw new AppError('not_an_oauth_answer', { ...facts, field: 'revocationEndpoint' });
  const refused =
    answer.status < 200 ||
    answer.status > 299 ||
    (body.form === 'json' && textMember(body.members, 'error') !== null) ||
    (successBody !== null && (body.form !== 'other' || body.text.trim().toLowerCase() !== successBody.toLowerCase()));
  if (refused) {
    const wrongClient = oauthCodeOf(body) === 'invalid_client';
    throw new AppError('revoke_refused', wrongClient ? { ...facts, field: 'clientSecret' } : facts);
  }
  return { status: answer.status, durationMs: answer.durationMs };
}

/** Takes the access away at the provider. Nothing is dropped here: that is another act, and the caller's (T8, R7). */
export async function revokeAtProvider(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  tokens: TokenSet,
  timeLimitMs = usualLimitMs,
): Promise<Revoked> {
  const { revocation } = way;
  if (revocation.kind === 'none') throw new AppError('revoke_unsupported', { name: way.providerName });
  const token =
    revocation.kind === 'rfc7009' ? (tokens.refreshToken ?? tokens.accessToken) : tokens[memberOf[revocation.token]];
  if (token === null) throw new AppError('nothing_to_revoke', { name: way.providerName });
  const url = endpointUrl(way, 'revocation');
  const sent = [tokens.accessToken, tokens.idToken, tokens.refreshToken].filter((secret) => secret !== null);
  const context: CallContext = { way, url, secrets: [...sent, ...secretsOf(client)] };
  if (revocation.kind === 'delete_with_token_in_path') {
    const answer = await transport.send({
      method: 'DELETE',
      url: new Secret(`${url.href.replace(/\/+$/, '')}/${encodeURIComponent(token.reveal())}`),
      headers: standardHeaders,
      body: null,
      timeLimitMs,
      ...consentFor(url, way),
    });
    return judged(answer, context, revocation.successBody);
  }
  return postToken(transport, client, token, context, {
    parameter: revocation.kind === 'rfc7009' ? 'token' : revocation.parameter,
    hint: revocation.kind !== 'rfc7009' ? null : token === tokens.refreshToken ? 'refresh_token' : 'access_token',
    clientAuthentication: revocation.clientAuthentication,
    timeLimitMs,
  });
}

async function postToken(
  transport: Transport,
  client: ClientKeys,
  token: Secret,
  context: CallContext,
  how: { parameter: string; hint: string | null; clientAuthentication: ClientAuthentication; timeLimitMs: number },
): Promise<Revoked> {
  const told: { revoked: Revoked | null } = { revoked: null };
  const judge = (answer: HttpAnswer): Response => {
    told.revoked = judged(answer, context, null);
    return new Response(null, { status: 200 });
  };
  const authenticate = clientAuthentication(how.clientAuthentication, client);
  try {
    await revocationRequest(
      { issuer: context.url.origin, revocation_endpoint: context.url.href },
      registeredAs(client),
      authenticate,
      token.reveal(),
      {
        additionalParameters: how.hint === null ? {} : { token_type_hint: how.hint },
        [customFetch]: fetchThrough(transport, {
          shape: { method: 'POST', parameters: 'form' },
          timeLimitMs: how.timeLimitMs,
          consent: consentFor(context.url, context.way),
          rename: { from: 'token', to: how.parameter },
          judge,
        }),
        [allowInsecureRequests]: context.url.protocol === 'http:',
      },
    );
  } catch (thrown) {
    // The library's own errors may hold what was sent or answered; only ours goes on.
    throw thrown instanceof AppError ? thrown : new AppError('internal');
  }
  if (told.revoked === null) throw new AppError('internal');
  return told.revoked;
}
