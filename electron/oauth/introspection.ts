import { allowInsecureRequests, customFetch, introspectionRequest, processIntrospectionResponse } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { member, readBody, textMember, type Members } from './answer-body.ts';
import { clientAuthentication, registeredAs } from './client-authentication.ts';
import { consentFor, endpointUrl } from './endpoint.ts';
import { fetchThrough } from './fetch-adapter.ts';
import { factsOf, generalError, oauthCodeOf, type CallContext } from './provider-errors.ts';
import { providerText } from './provider-text.ts';
import type { Tested } from './test-call.ts';
import { secretsOf, usualLimitMs } from './token-call.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ClientKeys, ProviderWay } from './way.ts';

/**
 * Asks the server that gave a token whether it works (RFC 7662). Only `active: true` as a boolean is a yes (B15).
 * Throws `token_refused` for a no, `wrong_client` where the client was refused, which says nothing of the token.
 */
export async function introspect(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  token: Secret,
  timeLimitMs = usualLimitMs,
): Promise<Tested> {
  if (way.introspection === null) throw new AppError('address_missing', { name: way.providerName });
  const url = endpointUrl(way, 'introspection');
  const context: CallContext = { way, url, secrets: [token, ...secretsOf(client)] };
  const told: { tested: Tested | null } = { tested: null };
  const judge = (answer: HttpAnswer): Response => {
    told.tested = judged(answer, context);
    return new Response('{"active":true}', { status: 200, headers: { 'content-type': 'application/json' } });
  };
  const server = { issuer: url.origin, introspection_endpoint: url.href };
  const registered = registeredAs(client);
  const authenticate = clientAuthentication(way.introspection.clientAuthentication, client);
  try {
    const response = await introspectionRequest(server, registered, authenticate, token.reveal(), {
      additionalParameters: { token_type_hint: 'access_token' },
      [customFetch]: fetchThrough(transport, {
        shape: { method: 'POST', parameters: 'form' },
        timeLimitMs,
        consent: consentFor(url, way),
        judge,
      }),
      [allowInsecureRequests]: url.protocol === 'http:',
    });
    await processIntrospectionResponse(server, registered, response);
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : new AppError('internal');
  }
  if (told.tested === null) throw new AppError('internal');
  return told.tested;
}

function judged(answer: HttpAnswer, context: CallContext): Tested {
  const body = readBody(answer);
  const general = generalError(answer, body, context);
  const facts = factsOf(answer, body, context);
  const wrong = new AppError('test_wrong_answer', { ...facts, field: 'introspectionEndpoint' });
  if (general !== null) throw general.code === 'not_an_oauth_answer' ? wrong : general;
  const told = body.form === 'json' || body.form === 'empty';
  if ((answer.status === 401 && told) || oauthCodeOf(body) === 'invalid_client')
    throw new AppError('wrong_client', { ...facts, field: 'clientSecret' });
  if (answer.status >= 400 && answer.status !== 404 && told) throw new AppError('request_refused', facts);
  if (answer.status !== 200 || body.form !== 'json') throw wrong;
  const active = member(body.members, 'active');
  if (typeof active !== 'boolean') throw wrong;
  if (!active) throw new AppError('token_refused', facts);
  return {
    status: answer.status,
    durationMs: answer.durationMs,
    accountId: shown(body.members, 'sub', context),
    accountName: shown(body.members, 'username', context),
  };
}

function shown(members: Members, name: string, { secrets }: CallContext): string | null {
  const value = textMember(members, name);
  return value === null ? null : providerText(value, secrets);
}
