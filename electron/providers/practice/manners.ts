import { randomUUID } from 'node:crypto';
import type { Profile } from '../schema.ts';
import { answer, json, page, type WholeAnswer } from './wire.ts';

/** Why the engine refuses. */
export type Refusal =
  | { why: 'method' }
  | { why: 'place'; said: string }
  | { why: 'parameter'; name: string; said: string }
  | { why: 'grant_type' }
  | { why: 'client' }
  | { why: 'person' }
  | { why: 'device'; code: 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token' }
  | { why: 'code'; said: string; sent: string }
  | { why: 'redirect' }
  | { why: 'refresh_token'; sent: string }
  | { why: 'scope'; name: string }
  | { why: 'revoked_token'; sent: string };

type Manners = Profile['practice'];

const xml = (status: number, code: string, text: string): WholeAnswer => {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return answer(
    status,
    'application/xml',
    `<oauth><error_description>${escaped}</error_description><error>${code}</error></oauth>`,
  );
};

/** RFC 6749 section 5.2. */
function rfc(refusal: Refusal): { status: number; code: string; text: string } {
  switch (refusal.why) {
    case 'method':
      return { status: 405, code: 'invalid_request', text: 'method not allowed' };
    case 'place':
      return { status: 400, code: 'invalid_request', text: refusal.said };
    case 'parameter':
      return { status: 400, code: 'invalid_request', text: `${refusal.name}: ${refusal.said}` };
    case 'grant_type':
      return { status: 400, code: 'unsupported_grant_type', text: 'this grant type is not offered' };
    case 'client':
      return { status: 401, code: 'invalid_client', text: 'client authentication failed' };
    case 'person':
      return { status: 400, code: 'invalid_grant', text: 'incorrect username or password' };
    case 'device':
      return { status: 400, code: refusal.code, text: 'the person has not allowed it' };
    case 'code':
      return { status: 400, code: 'invalid_grant', text: refusal.said };
    case 'redirect':
      return { status: 400, code: 'invalid_grant', text: 'redirect_uri is not the registered one' };
    case 'refresh_token':
      return { status: 400, code: 'invalid_grant', text: 'refresh token has been revoked' };
    case 'scope':
      return { status: 400, code: 'invalid_scope', text: `scope ${refusal.name} is not available` };
    case 'revoked_token':
      return { status: 400, code: 'invalid_request', text: 'a valid token is required' };
  }
}

/** FastAPI's, with the words of Connecteam's description of its statuses. */
function detail(refusal: Refusal): WholeAnswer {
  const invalid = (name: string, msg: string): WholeAnswer =>
    json(422, { detail: [{ loc: ['body', name], msg, type: 'value_error' }] });
  switch (refusal.why) {
    case 'method':
      return json(405, { detail: 'Method Not Allowed' });
    case 'place':
      return invalid('grant_type', refusal.said);
    case 'parameter':
      return invalid(refusal.name, refusal.said);
    case 'grant_type':
      return json(400, { detail: 'Invalid grant type' });
    case 'scope':
      return json(403, { detail: 'Unauthorized scopes requested' });
    case 'code':
    case 'redirect':
      return json(400, { detail: 'Invalid authorization code' });
    default:
      return json(401, { detail: 'Invalid client credentials' }, { 'www-authenticate': 'Basic' });
  }
}

/** A refusal on the token or revocation address, as this provider words it. */
export function refuseTokenCall(refusal: Refusal, manners: Manners): WholeAnswer {
  if (manners.tokenErrors === 'detail_json') return detail(refusal);
  const { status, code, text } = rfc(refusal);
  return manners.tokenErrors === 'xml'
    ? xml(status, code, 'sent' in refusal ? `${text}: ${refusal.sent}` : text)
    : json(status, { error: code, error_description: text });
}

/** `token`: what came, since some providers echo it (providers.md, ER/Studio). */
export function refuseApiCall(
  path: string,
  why: 'token' | 'method',
  manners: Manners,
  token: string | null = null,
): WholeAnswer {
  const status = why === 'token' ? 401 : 405;
  switch (manners.apiErrors) {
    case 'oauth_json':
      return json(status, { message: why === 'token' ? 'Unauthorized' : 'Method Not Allowed' });
    case 'ok_json':
      return json(status, {
        ok: false,
        code: why === 'token' ? 'UNAUTHORIZED' : 'METHOD_NOT_ALLOWED',
        message: why === 'token' ? 'Unauthorized' : 'Method not allowed',
        statusMessage: why === 'token' ? 'Unauthorized' : 'Method Not Allowed',
      });
    case 'coded_json':
      return json(status, {
        error: why === 'token' ? 'UNAUTHORIZED: Invalid or expired token' : 'METHOD_NOT_ALLOWED: Method not allowed',
        path,
        request_id: randomUUID(),
      });
    case 'xml':
      if (why === 'method') return xml(status, 'invalid_request', 'Method not allowed');
      return token === null
        ? xml(status, 'unauthorized', 'Full authentication is required to access this resource')
        : xml(status, 'invalid_token', `Invalid access token: ${token}`);
  }
}

export function refuseForScope(scope: string, manners: Manners): WholeAnswer {
  if (manners.apiErrors === 'coded_json') {
    return json(403, { error: `Token missing required scope: ${scope}`, details: null });
  }
  if (manners.apiErrors === 'ok_json') {
    return json(403, { ok: false, code: 'FORBIDDEN', message: `Missing scope: ${scope}`, statusMessage: 'Forbidden' });
  }
  return manners.apiErrors === 'xml'
    ? xml(403, 'insufficient_scope', scope)
    : json(403, { message: `Missing scope: ${scope}` });
}

export function unknownPath(manners: Manners): WholeAnswer {
  if (manners.unknownPath === 'json_404') return json(404, { message: 'Not Found' });
  return page(manners.unknownPath === 'html_200' ? 200 : 404);
}
