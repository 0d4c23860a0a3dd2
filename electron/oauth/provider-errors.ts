import { AppError, type ErrorCode, type ErrorFacts, type FieldName } from '../../shared/errors.ts';
import type { Secret } from '../secret.ts';
import { member, memberAt, readBody, textMember, type AnswerBody, type Members } from './answer-body.ts';
import { memberNames, providerText } from './provider-text.ts';
import { retryAtMs } from './retry-after.ts';
import type { HttpAnswer } from './transport.ts';
import type { ProviderWay } from './way.ts';

export type TokenPurpose = 'password' | 'client_credentials' | 'authorization_code' | 'refresh';

/** One call, as far as its errors need to know it. */
export interface CallContext {
  way: ProviderWay;
  url: URL;
  /** Everything secret that was sent, so that an echo of it can be masked (R5). */
  secrets: readonly Secret[];
}

const codeLike = /^[A-Za-z][A-Za-z0-9_.-]{0,79}$/;

/** FastAPI's list of what was wrong with which parameter (Connecteam, 422). */
function detailText(detail: unknown): string | null {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return null;
  const lines = detail.slice(0, 5).flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const { loc, msg } = item as { loc?: unknown; msg?: unknown };
    const place = Array.isArray(loc)
      ? loc.filter((part) => typeof part === 'string' || typeof part === 'number').join('.')
      : '';
    return typeof msg === 'string' ? [place === '' ? msg : `${place}: ${msg}`] : [];
  });
  return lines.length === 0 ? null : lines.join('; ');
}

/** What the provider calls the error, and its words, wherever its framework puts them. */
function wordsOf(body: AnswerBody): { code: string | null; text: string | null } {
  if (body.form === 'xml') return { code: body.error, text: body.description };
  if (body.form !== 'json') return { code: null, text: null };
  const { members } = body;
  const error = textMember(members, 'error');
  const said =
    textMember(members, 'error_description') ??
    textMember(members, 'message') ??
    detailText(member(members, 'detail')) ??
    (typeof memberAt(members, 'error.message') === 'string' ? (memberAt(members, 'error.message') as string) : null);
  if (error === null) return { code: textMember(members, 'code'), text: said };
  if (codeLike.test(error)) return { code: error, text: said };
  // Connecteam's API: "CODE: text".
  const headed = /^([A-Z][A-Z0-9_]{1,60}):\s+(\S.*)$/su.exec(error);
  if (headed !== null) return { code: headed[1] ?? null, text: headed[2] ?? null };
  return { code: null, text: said ?? error };
}

/** The OAuth error code of a body, as sent; null where it names none. For deciding; `factsOf` has the one for showing. */
export function oauthCodeOf(body: AnswerBody): string | null {
  const { code } = wordsOf(body);
  return code !== null && codeLike.test(code) ? code.toLowerCase() : null;
}

/** What may be told about an answer. */
export function factsOf(answer: HttpAnswer, body: AnswerBody, context: CallContext): ErrorFacts {
  const facts: ErrorFacts = {
    status: answer.status,
    host: context.url.host.slice(0, 260),
    name: context.way.providerName,
  };
  const mediaType = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (
    /^[a-z0-9.+-]{1,40}\/[a-z0-9.+-]{1,59}$/.test(mediaType) &&
    providerText(mediaType, context.secrets) === mediaType
  ) {
    facts.contentType = mediaType;
  }
  const { code, text } = wordsOf(body);
  if (code !== null && codeLike.test(code) && providerText(code, context.secrets) === code) facts.providerCode = code;
  const words = text === null ? null : providerText(text, context.secrets);
  if (words !== null) facts.providerText = words;
  return facts;
}

/**
 * Endings that mean the same wherever they come: the provider is busy, has a fault of its own, or something on
 * the way answered in its place. Null: the answer has to be judged by whoever asked.
 */
export function generalError(answer: HttpAnswer, body: AnswerBody, context: CallContext): AppError | null {
  const { status } = answer;
  const facts = factsOf(answer, body, context);
  if (status >= 300 && status < 400) return new AppError('redirect_refused', facts);
  // 407 and 511 (RFC 6585 section 6) come from the network in between, never from the provider.
  if (status === 407 || status === 511) return new AppError('not_an_oauth_answer', facts);
  const at = retryAtMs(answer, context.way.rateWindows);
  const code = oauthCodeOf(body);
  const asksToWait = status === 429 || (status === 503 && answer.headers['retry-after'] !== undefined && at !== null);
  if (asksToWait || (status >= 400 && (code === 'temporarily_unavailable' || code === 'slow_down'))) {
    return new AppError('provider_busy', at === null ? facts : { ...facts, retryAtMs: at });
  }
  // R3: a 5xx never ends a sign-in, whatever its body says; the code it carries stands in the details.
  if (status >= 500 || (status >= 400 && code === 'server_error')) {
    return new AppError('provider_failing', at === null ? facts : { ...facts, retryAtMs: at });
  }
  return null;
}

const fieldOf: Partial<Record<ErrorCode, FieldName>> = {
  wrong_password: 'password',
  wrong_client: 'clientSecret',
  scope_refused: 'scopes',
  not_an_oauth_answer: 'tokenEndpoint',
};

const grantError: Record<TokenPurpose, ErrorCode> = {
  password: 'wrong_password',
  refresh: 'sign_in_again',
  authorization_code: 'code_refused',
  client_credentials: 'grant_refused',
};

/** RFC 6749 section 5.2. */
function codeFor(oauthCode: string | null, purpose: TokenPurpose): ErrorCode | null {
  switch (oauthCode) {
    case 'invalid_grant':
      return grantError[purpose];
    case 'invalid_token':
      // RFC 6750's word. Spring says it on a renewal of a refresh token that has ended (ER/Studio).
      return purpose === 'refresh' ? 'sign_in_again' : null;
    case 'invalid_client':
      return 'wrong_client';
    case 'invalid_scope':
      return 'scope_refused';
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      return 'grant_refused';
    case 'invalid_request':
      return 'request_refused';
    default:
      return null;
  }
}

/** Where neither the body nor the profile says what a refusal means. */
function unspecific(status: number, purpose: TokenPurpose): ErrorCode {
  if (purpose === 'password' && (status === 400 || status === 401)) return 'wrong_password';
  if (purpose === 'client_credentials' && status === 401) return 'wrong_client';
  if (purpose === 'authorization_code' && status === 401) return 'wrong_client';
  // Codes run out and are used up; nothing else in that request ever changes.
  if (purpose === 'authorization_code' && status === 400) return 'code_refused';
  return 'request_refused';
}

/**
 * A token call that gave no token.
 *
 * The hard one is a 400 or 401 on a renewal: "sign in again" stops the schedule and calls for a person, so it
 * must come from the provider. It is said for `invalid_grant`, and, where the profile says that the provider
 * documents no error body (`statusMeans`), for a 400 or 401 whose body is a JSON object (or the XML form) without an OAuth code of
 * another meaning. HTML, bare text and an empty body are what portals, proxies and firewalls send: those are
 * `not_an_oauth_answer`, the tokens stay and it is tried again. A first sign-in has a person in front of it, so
 * there an empty body counts as the provider's.
 */
export function tokenCallError(
  answer: HttpAnswer,
  context: CallContext & { purpose: TokenPurpose; statusMeans: Readonly<Partial<Record<string, ErrorCode>>> },
): AppError {
  const body = readBody(answer);
  const general = generalError(answer, body, context);
  if (general !== null) return general;
  const facts = factsOf(answer, body, context);
  const refused = (code: ErrorCode): AppError => {
    const field = fieldOf[code];
    return new AppError(code, field === undefined ? facts : { ...facts, field });
  };
  const told = body.form === 'json' || body.form === 'xml';
  // A 2xx that carries an error instead of a token counts as the 400 it should have been.
  const status = answer.status < 400 ? 400 : answer.status;
  if (!told && !(body.form === 'empty' && answer.status >= 400 && context.purpose !== 'refresh')) {
    if (body.form === 'other' && facts.contentType === 'text/plain') {
      const words = providerText(body.text, context.secrets);
      if (words !== null) facts.providerText = words;
    }
    return refused('not_an_oauth_answer');
  }
  return refused(
    codeFor(oauthCodeOf(body), context.purpose) ??
      context.statusMeans[String(status)] ??
      unspecific(status, context.purpose),
  );
}

/** A JSON answer without the token that this provider's API works with: the names that came, never the values. */
export function bearerMissing(answer: HttpAnswer, members: Members, context: CallContext): AppError {
  const facts = factsOf(answer, { form: 'json', members }, context);
  return new AppError('bearer_missing', { ...facts, membersSeen: memberNames(members, context.secrets) });
}
