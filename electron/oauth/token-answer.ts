import { Secret } from '../secret.ts';
import { readBody, textMember, type Members } from './answer-body.ts';
import { expiryOf, type AnswerTime } from './expiry.ts';
import { bearerMissing, tokenCallError, type CallContext, type TokenPurpose } from './provider-errors.ts';
import { scopesGrantedIn } from './scopes.ts';
import type { Tokens } from './tokens.ts';
import type { HttpAnswer } from './transport.ts';
import type { AnswerWay, RequestShape } from './way.ts';

/** A token that goes into a header has to be able to: no space, no line break, nothing beyond ASCII (RFC 6750 section 2.1). */
const fitsAHeader = /^[\x21-\x7e]{1,16384}$/;

/** The members of a good answer. Throws the AppError of any other. */
export function grantedMembers(
  answer: HttpAnswer,
  context: CallContext & { purpose: TokenPurpose; request: RequestShape },
): Members {
  const failed = { ...context, statusMeans: context.request.statusMeans };
  if (answer.status < 200 || answer.status > 299) throw tokenCallError(answer, failed);
  const body = readBody(answer);
  if (body.form !== 'json') throw tokenCallError(answer, failed);
  const bearer = textMember(body.members, context.way.answer.bearer);
  if (bearer !== null && fitsAHeader.test(bearer)) return body.members;
  if (textMember(body.members, 'error') !== null) throw tokenCallError(answer, failed);
  throw bearerMissing(answer, body.members, context);
}

function secretMember(members: Members, name: string): Secret | null {
  const value = textMember(members, name);
  return value === null ? null : new Secret(value);
}

/** A good answer as tokens. Without a new refresh token the one that was sent stays, the same object (T2, G6, K5). */
export function tokensFrom(
  members: Members,
  way: AnswerWay,
  answer: AnswerTime,
  sentRefreshToken: Secret | null,
): Tokens {
  const accessToken = secretMember(members, 'access_token');
  const idToken = secretMember(members, 'id_token');
  const returned = secretMember(members, 'refresh_token');
  const bearer = way.bearer === 'id_token' ? idToken : accessToken;
  return {
    accessToken,
    idToken,
    refreshToken: returned ?? sentRefreshToken,
    bearer: bearer ?? new Secret(''),
    ...expiryOf(members, way.expiry, answer),
    issuedAtMs: answer.receivedAtMs,
    scopesGranted: scopesGrantedIn(members),
    refreshTokenReturned: returned !== null,
  };
}
