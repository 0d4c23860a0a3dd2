import { validateAuthResponse } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { providerText } from './provider-text.ts';
import type { AuthorizationAttempt } from './authorization-request.ts';
import type { ProviderWay } from './way.ts';

/** What the browser brought back for a sign-in (RFC 6749 section 4.1.2). */
export type AuthorizationAnswer = { kind: 'code'; code: Secret } | { kind: 'error'; error: AppError };

const codeLike = /^[A-Za-z][A-Za-z0-9_.-]{0,79}$/;
/** No address that the listener takes is longer (B7), and a pasted one has no reason to be. */
const longestQuery = 8192;
/** RFC 6749 appendix A.11: a code is printable ASCII. */
const codeShape = /^[\x20-\x7e]{1,4096}$/;
/** Of the implicit grant, which does not exist here (B4), and of JARM, which nobody asked for. */
const ofOtherFlows = ['access_token', 'id_token', 'token', 'response'];

/**
 * Reads the query of a redirect. Null: it is no answer to this try, whoever sent it: wrong, missing or repeated state,
 * another issuer (RFC 9207), neither a code nor an error, a parameter twice, a token. The wait goes on then, because a
 * forged hit must not be able to end a sign-in (B3, B8); also an `error` counts only with the state of this try.
 */
export function answerTo(
  attempt: Pick<AuthorizationAttempt, 'state'>,
  way: Pick<ProviderWay, 'providerName' | 'issuer'> & Partial<Pick<ProviderWay, 'answersNameIssuer'>>,
  query: string,
): AuthorizationAnswer | null {
  if (query.length > longestQuery) return null;
  const sent = [...new URLSearchParams(query)];
  if (new Set(sent.map(([name]) => name)).size !== sent.length) return null;
  // RFC 6749 section 3.1: what comes without a value counts as not sent.
  const parameters = new URLSearchParams(sent.filter(([, value]) => value !== ''));
  if (ofOtherFlows.some((name) => parameters.has(name))) return null;
  if (!stateMatches(attempt.state, parameters.get('state'))) return null;
  const issuer = parameters.get('iss');
  // Where no issuer is known there is nothing to compare with; the address itself is then of this one provider (B9).
  if (issuer !== null && way.issuer !== null && issuer !== way.issuer) return null;
  // RFC 9207 section 2.4: one that always names itself has not sent an answer without its name, nor an error.
  if (issuer === null && way.answersNameIssuer === true) return null;
  const error = parameters.get('error');
  if (error !== null) return { kind: 'error', error: errorOf(parameters, error, attempt, way) };
  const code = codeOf(parameters, attempt.state);
  return code === null ? null : { kind: 'code', code };
}

/** Compared as hashes and in constant time. Where none was sent, none has to come back, and one that does says nothing. */
function stateMatches(expected: Secret | null, came: string | null): boolean {
  return expected === null || (came !== null && expected.equals(new Secret(came)));
}

/** The library judges the rest: it compares the state once more, and refuses what it knows of other flows. */
function codeOf(parameters: URLSearchParams, state: Secret | null): Secret | null {
  const server = { issuer: parameters.get('iss') ?? 'https://issuer.invalid' };
  const expected = state === null ? undefined : state.reveal();
  const without = new URLSearchParams(parameters);
  if (state === null) without.delete('state');
  try {
    const code = validateAuthResponse(server, { client_id: 'none' }, without, expected).get('code');
    return code === null || !codeShape.test(code) ? null : new Secret(code);
  } catch {
    // The library's errors hold the parameters; nothing of them goes on.
    return null;
  }
}

/** RFC 6749 section 4.1.2.1. The state, and a code beside the error, may be echoed in any of its words (R5). */
function errorOf(
  parameters: URLSearchParams,
  error: string,
  { state }: Pick<AuthorizationAttempt, 'state'>,
  way: Pick<ProviderWay, 'providerName'>,
): AppError {
  const code = parameters.get('code');
  const secrets = [...(state === null ? [] : [state]), ...(code === null ? [] : [new Secret(code)])];
  const facts = {
    name: way.providerName,
    ...(codeLike.test(error) && providerText(error, secrets) === error ? { providerCode: error } : {}),
  };
  const words = providerText(parameters.get('error_description') ?? '', secrets);
  const told = words === null ? facts : { ...facts, providerText: words };
  switch (error) {
    case 'access_denied':
      return new AppError('sign_in_declined', told);
    case 'invalid_scope':
      return new AppError('scope_refused', { ...told, field: 'scopes' });
    case 'unauthorized_client':
    case 'unsupported_response_type':
      return new AppError('grant_refused', told);
    case 'temporarily_unavailable':
      return new AppError('provider_busy', told);
    case 'server_error':
      return new AppError('provider_failing', told);
    default:
      return new AppError('sign_in_refused', told);
  }
}
