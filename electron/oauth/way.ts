import type { ErrorCode } from '../../shared/errors.ts';
import type { EndpointKind, GrantType } from '../../shared/model/provider.ts';
import type { Secret } from '../secret.ts';

/**
 * How a client proves itself; one method per request (RFC 6749 section 2.3). `body` without a secret sends the ID alone,
 * `id_alone` never sends one, `none` not even the ID.
 */
export const clientAuthentications = ['basic_raw', 'basic_rfc', 'body', 'id_alone', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

export const tokenFields = ['access_token', 'id_token', 'refresh_token'] as const;
export type TokenField = (typeof tokenFields)[number];
export type BearerField = Exclude<TokenField, 'refresh_token'>;

/** The shape of a token call: GET with everything in the query is ER/Studio's, JSON may be T-Gate's. */
export interface RequestShape {
  method: 'GET' | 'POST';
  parameters: 'form' | 'query' | 'json';
  clientAuthentication: ClientAuthentication;
  /** Fixed parameters of the provider; never one of the protocol's own. */
  extraParameters: Readonly<Record<string, string>>;
  /** What a refusal means where the provider documents no error body (status → code). */
  statusMeans: Readonly<Partial<Record<string, ErrorCode>>>;
}

export interface GrantWay {
  request: RequestShape;
  /** May a `scope` parameter be sent? Never an empty one. */
  scope: 'never' | 'when_chosen';
}

export type RenewalWay =
  /** `sendsRedirectUri`: T-Gate's table of parameters does not limit it to the code. */
  { by: 'refresh_token'; request: RequestShape; sendsRedirectUri: boolean } | { by: 'asking_again' };

/** Signing in through the system browser (RFC 6749 section 4.1, RFC 8252). */
export interface AuthorizationWay {
  /**
   * `client`: we send the browser to the authorization endpoint, with PKCE and a state of our own. `provider`: it begins
   * at a page of the provider's, so neither can be sent; the redirect address carries the unguessable part (B6).
   */
  startedBy: 'client' | 'provider';
  extraParameters: Readonly<Record<string, string>>;
  /** May any loopback port be used (RFC 8252 section 7.3), or only the registered one? */
  port: 'registered' | 'any';
  /** How long the provider says a code is good. */
  codeSeconds: number | null;
}

export type ExpiryRule =
  { from: 'jwt_exp'; of: BearerField } | { from: 'expires_in' } | { from: 'assumed'; seconds: number };

export interface AnswerWay {
  /** Which member of the answer the API takes as its bearer. */
  bearer: BearerField;
  /** Asked in this order; the first that says something wins (R1, T6). */
  expiry: readonly ExpiryRule[];
  /** Members the RFC requires and this provider does not send (B17). */
  lacks: readonly 'token_type'[];
}

export type Presentation = { place: 'header'; scheme: string } | { place: 'query'; parameter: string };

export type RevocationWay =
  | { kind: 'none' }
  | {
      /** POST form with one token under a name of the provider's own. */
      kind: 'form_with_token';
      parameter: string;
      token: TokenField;
      /** The provider takes it only while it is valid, so a service renews first (T7). */
      tokenMustBeValid: boolean;
      clientAuthentication: ClientAuthentication;
    }
  /** RFC 7009: the refresh token where there is one, with its hint. */
  | { kind: 'rfc7009'; clientAuthentication: ClientAuthentication }
  | {
      /** ER/Studio: DELETE {address}/{token}, and a word for an answer. */
      kind: 'delete_with_token_in_path';
      token: TokenField;
      successBody: string | null;
    };

export interface TestCall {
  id: string;
  /** Path and query on the origin of the test address; null = the test address itself. */
  path: string | null;
  /** Dotted path of the member whose presence proves that it is the provider's answer (C6). */
  /** Null: no answer is documented, so any JSON will do. */
  expectedMember: string | null;
  accountIdMember: string | null;
  /** The first that holds something names the account. */
  accountNameMembers: readonly string[];
  neededScope: string | null;
  /** The call to make instead where this one is not there (404). */
  onNotFound: string | null;
}

/** Response headers of one window of a rate limit; `reset` is in seconds since the epoch. */
export interface RateWindow {
  remaining: string;
  reset: string;
}

/** A provider as the protocol needs it: its profile with the addresses of one app. */
export interface ProviderWay {
  providerId: string;
  providerName: string;
  /** As the app has them: what a person chose wins over the profile. Null = nobody published it. */
  addresses: Readonly<Record<EndpointKind, string | null>>;
  /** Issuer identifier where it is known (RFC 9207); part of what tokens are bound to. */
  issuer: string | null;
  /** Its metadata says that every answer of a sign-in names the issuer, so one that does not is none (section 2.4). */
  answersNameIssuer: boolean;
  /** As registered at the provider, byte for byte. */
  redirectUri: string | null;
  /**
   * The one origin beyond this computer that may be asked over plain http, because a person agreed to it for this
   * very app (B12, E7). Null nearly always; it serves no other app and no other origin.
   */
  dangerouslyUnencryptedOrigin: string | null;
  grants: Readonly<Partial<Record<GrantType, GrantWay>>>;
  /** Null: there is no way through the browser. */
  authorization: AuthorizationWay | null;
  renewal: RenewalWay;
  answer: AnswerWay;
  presentation: Presentation;
  revocation: RevocationWay;
  /** RFC 7662, asked where there is no test address. Null: this provider has no such thing. */
  introspection: { clientAuthentication: ClientAuthentication } | null;
  /** The first is the one that is used unless another is asked for by id. */
  tests: readonly [TestCall, ...TestCall[]];
  rateWindows: readonly RateWindow[];
}

/** What an app registered at the provider has. */
export interface ClientKeys {
  clientId: string;
  clientSecret: Secret | null;
}
