import { validateAuthResponse } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { providerText } from './provider-text.ts';
import type { AuthorizationAttempt } from './authorization-request.ts';
import type { ProviderWay } from './way.ts';

/** What the browser brought back for a sign-in (RFC 6749 section 4.1.2). */
export type AuthorizationAnswer = { kind: 'code'; code: Secret } | { kind: 'error'; error: AppError };

const codeLike = /^[A-Za-z][A-Za-z0-9_.-]{0,79}$/;

/**
 * Reads the query of a redirect. Null: it is no answer to this try, whoever sent it: wrong, missing or repeated state,
 * another issuer (RFC 9207), neither a code nor an error, a parameter twice. The wait goes on then, because a forged hit
 * must not be able to end a sign-in (B3, B8); also an `error` counts only with the state of this try.
 */
export function answerTo(
  attempt: Pick<AuthorizationAttempt, 'state'>,
  way: Pick<ProviderWay, 'providerName' | 'issuer'>,
  query: string,
): AuthorizationAnswer | null {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return null;
  if (!stateMatches(attempt.state, parameters.get('state'))) return null;
  const issuer = parameters.get('iss');
  // Where no issuer is known there is nothing to compare with; the address itself is then of this one provider (B9).
  if (issuer !== null && way.issuer !== null && issuer !== way.issuer) return null;
  const error = parameters.get('error');
  if (error !== null) return { kind: 'error', error: errorOf(parameters, error, way, attempt.state) };
  const code = codeOf(parameters, attempt.state);
  return code === null ? null : { kind: 'code', code };
}

/** Compared as hashes and in constant time. Where none was sent, none has to come back, and one that does says nothing. */
function stateMatches(expected: Secret | null, came: string | null): boolean {
  return expected === null || (came !== null && expected.equals(new Secret(came)));
}

/** The library judges the rest: it refuses the implicit grant's answers, and a code beside a token. */
function codeOf(parameters: URLSearchParams, state: Secret | null): Secret | null {
  const server = { issuer: parameters.get('iss') ?? 'https://issuer.invalid' };
  const expected = state === null ? undefined : state.reveal();
  const without = new URLSearchParams(parameters);
  if (state === null) without.delete('state');
  try {
    const code = validateAuthResponse(server, { client_id: 'none' }, without, expected).get('code');
    return code === null || code === '' ? null : new Secret(code);
  } catch {
    // The library's errors hold the parameters; nothing of them goes on.
    return null;
  }
}

function errorOf(
  parameters: URLSearchParams,
  error: string,
  way: Pick<ProviderWay, 'providerName'>,
  state: Secret | null,
): AppError {
  const secrets = state === null ? [] : [state];
  const isTold = codeLike.test(error) && providerText(error, secrets) === error;
  const facts = { name: way.providerName, ...(isTold ? { providerCode: error } : {}) };
  const words = providerText(parameters.get('error_description') ?? '', secrets);
  const told = words === null ? facts : { ...facts, providerText: words };
  if (error === 'access_denied') return new AppError('sign_in_declined', told);
  if (error === 'invalid_scope') return new AppError('scope_refused', { ...told, field: 'scopes' });
  return new AppError('sign_in_refused', told);
}
