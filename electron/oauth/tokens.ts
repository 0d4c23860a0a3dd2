import type { ExpirySource } from '../../shared/model/connection.ts';
import type { Secret } from '../secret.ts';
import type { ProviderWay } from './way.ts';

/** The tokens of one grant, by their wire names. */
export interface TokenSet {
  accessToken: Secret | null;
  idToken: Secret | null;
  refreshToken: Secret | null;
}

/** What a token answer gave. */
export interface Tokens extends TokenSet {
  /** After a renewal without a new one: the one that was sent, untouched (T2). */
  refreshToken: Secret | null;
  bearer: Secret;
  /** Null: neither the provider nor its profile says when it ends. */
  expiresAtMs: number | null;
  issuedAtMs: number;
  expirySource: ExpirySource;
  /** Null: the provider did not say. */
  scopesGranted: string[] | null;
  refreshTokenReturned: boolean;
}

export interface Granted {
  tokens: Tokens;
  status: number;
  durationMs: number;
}

/** The token that the provider's API takes (T1: for TeamGantt the id_token). */
export function bearerOf(way: ProviderWay, tokens: Pick<TokenSet, 'accessToken' | 'idToken'>): Secret | null {
  return way.answer.bearer === 'id_token' ? tokens.idToken : tokens.accessToken;
}
