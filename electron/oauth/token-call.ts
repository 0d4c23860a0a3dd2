import {
  allowInsecureRequests,
  customFetch,
  genericTokenEndpointRequest,
  processGenericTokenEndpointResponse,
  UNSUPPORTED_OPERATION,
} from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { member, textMember, type Members } from './answer-body.ts';
import { clientAuthentication, registeredAs } from './client-authentication.ts';
import { consentFor, endpointUrl } from './endpoint.ts';
import { fetchThrough } from './fetch-adapter.ts';
import { bearerMissing, factsOf, type CallContext, type TokenPurpose } from './provider-errors.ts';
import { grantedMembers, tokensFrom } from './token-answer.ts';
import type { Granted } from './tokens.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ClientKeys, ProviderWay, RequestShape } from './way.ts';

/** F29: a renewal is given 15 s in all, everything else 30 s. */
export const renewalLimitMs = 15_000;
export const usualLimitMs = 30_000;

/** The client secret as it is and as half of a Basic header: a server may echo either. */
export function secretsOf(client: ClientKeys): Secret[] {
  if (client.clientSecret === null) return [];
  return [client.clientSecret, new Secret(`${client.clientId}:${client.clientSecret.reveal()}`)];
}

/**
 * The answer in the form the library judges: the bearer in the RFC's place, and out of it what this provider is
 * known to send differently. The members themselves are read from the answer, not from here.
 */
function forLibrary(members: Members, way: ProviderWay): Response {
  const tidy: Record<string, unknown> = { access_token: textMember(members, way.answer.bearer) };
  const type = member(members, 'token_type');
  if (type !== undefined && type !== null) tidy['token_type'] = type;
  else if (way.answer.lacks.includes('token_type')) tidy['token_type'] = 'bearer';
  return new Response(JSON.stringify(tidy), { status: 200, headers: { 'content-type': 'application/json' } });
}

interface Good {
  answer: HttpAnswer;
  members: Members;
}

/** One call of the token endpoint, for every grant. Throws nothing but AppError. */
export async function askForTokens(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  call: {
    purpose: TokenPurpose;
    grantType: string;
    request: RequestShape;
    parameters: Readonly<Record<string, string>>;
    /** Secrets among the parameters. */
    secrets: readonly Secret[];
    sentRefreshToken: Secret | null;
    timeLimitMs: number;
  },
): Promise<Granted> {
  const url = endpointUrl(way, 'token');
  const authenticate = clientAuthentication(call.request.clientAuthentication, client);
  const context: CallContext = { way, url, secrets: [...call.secrets, ...secretsOf(client)] };
  const told: { good: Good | null } = { good: null };
  const judge = (answer: HttpAnswer): Response => {
    const members = grantedMembers(answer, { ...context, purpose: call.purpose, request: call.request });
    told.good = { answer, members };
    return forLibrary(members, way);
  };
  const server = { issuer: url.origin, token_endpoint: url.href };
  const registered = registeredAs(client);
  try {
    const response = await genericTokenEndpointRequest(
      server,
      registered,
      authenticate,
      call.grantType,
      { ...call.request.extraParameters, ...call.parameters },
      {
        [customFetch]: fetchThrough(transport, {
          shape: call.request,
          timeLimitMs: call.timeLimitMs,
          consent: consentFor(url, way),
          judge,
        }),
        // endpointUrl let plain http through for this computer, or where a person agreed to it.
        [allowInsecureRequests]: url.protocol === 'http:',
      },
    );
    const judged = await processGenericTokenEndpointResponse(server, registered, response);
    // The library also knows DPoP; a token bound to a key that we do not hold is no use to anybody.
    if (judged.token_type !== 'bearer') throw new OddTokenType();
  } catch (thrown) {
    throw translated(thrown, told.good, context);
  }
  if (told.good === null) throw new AppError('internal');
  const { answer, members } = told.good;
  return {
    tokens: tokensFrom(members, way.answer, answer, call.sentRefreshToken),
    status: answer.status,
    durationMs: answer.durationMs,
  };
}

class OddTokenType extends Error {}

/** The library's errors carry the answer, tokens and all, in their cause: nothing of them but the kind goes on. */
function translated(thrown: unknown, got: Good | null, context: CallContext): AppError {
  if (thrown instanceof AppError) return thrown;
  if (got === null) return new AppError('internal');
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  if (thrown instanceof OddTokenType || code === UNSUPPORTED_OPERATION) {
    return bearerMissing(got.answer, got.members, context);
  }
  const facts = factsOf(got.answer, { form: 'json', members: got.members }, context);
  return new AppError('not_an_oauth_answer', { ...facts, field: 'tokenEndpoint' });
}
