import { allowInsecureRequests, customFetch, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import { Secret } from '../secret.ts';
import { member, readBody, textMember, type Members } from './answer-body.ts';
import { isEncryptedOrLocal, isLoopbackHost } from './endpoint.ts';
import { standardHeaders } from './fetch-adapter.ts';
import { factsOf, generalError, type CallContext } from './provider-errors.ts';
import { providerText } from './provider-text.ts';
import { usualLimitMs } from './token-call.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ProviderWay } from './way.ts';

/** What a provider publishes of itself (RFC 8414, OpenID Connect Discovery 1.0), as far as it is used here. */
export interface Metadata {
  /** As it was asked for and as it was answered, to the letter. */
  issuer: string;
  addresses: Partial<Record<EndpointKind, string>>;
  /** Those of them that are of another origin than the issuer: used only where a person says so (B11). */
  elsewhere: EndpointKind[];
  /** RFC 9207 section 3: every answer of a sign-in names the issuer. */
  answersNameIssuer: boolean;
  /** Null: nothing is said, which means Basic (RFC 8414 section 2). */
  clientAuthentications: string[] | null;
}

const memberOf: Record<EndpointKind, string> = {
  authorization: 'authorization_endpoint',
  token: 'token_endpoint',
  device: 'device_authorization_endpoint',
  revocation: 'revocation_endpoint',
  introspection: 'introspection_endpoint',
  // The one call that every OpenID provider has and that says whose token it is.
  test: 'userinfo_endpoint',
};

/** Nobody is known there yet but its host. */
type Context = CallContext<Pick<ProviderWay, 'providerName' | 'rateWindows'>>;

const longestIssuer = 2048;
/** People copy the address of the metadata itself out of a document. */
const wellKnown = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)\/?$/;

/**
 * The issuer that a person typed, kept to the letter since it is compared so (RFC 8414 section 3.3). Throws
 * `address_invalid`, `address_insecure`: https, or this computer; no query, no fragment (section 2).
 */
export function issuerFrom(typed: string): string {
  const text = typed.trim().replace(wellKnown, '');
  const invalid = new AppError('address_invalid', { field: 'issuer' });
  if (text.length > longestIssuer || !URL.canParse(text) || /[\p{Cc}\p{Cf}\s?#]/u.test(text)) throw invalid;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || !/^https?:$/.test(url.protocol)) throw invalid;
  if (!isEncryptedOrLocal(url)) throw new AppError('address_insecure', { field: 'issuer', host: url.host });
  return text;
}

/**
 * Asks a provider for its addresses. All or nothing: metadata that is in one point not what it has to be is not used in
 * any other (B11). OpenID Connect's place is looked at first, since what stands there also names the userinfo
 * endpoint. Throws `metadata_…`, `answer_too_large`, `redirect_refused` and what every call throws.
 */
export async function discover(transport: Transport, issuer: string, timeLimitMs = usualLimitMs): Promise<Metadata> {
  const wrong: AppError[] = [];
  for (const algorithm of ['oidc', 'oauth2'] as const) {
    try {
      return await ask(transport, issuer, algorithm, timeLimitMs);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw new AppError('internal');
      // A page instead of metadata may be how this server says 404; a lie is one wherever it stands.
      const mayBeElsewhere = thrown.code === 'metadata_missing' || thrown.code === 'metadata_wrong_answer';
      if (!mayBeElsewhere) throw thrown;
      wrong.push(thrown);
    }
  }
  // Something that is no metadata says more than nothing at all.
  throw wrong.find(({ code }) => code === 'metadata_wrong_answer') ?? wrong[0] ?? new AppError('internal');
}

async function ask(
  transport: Transport,
  issuer: string,
  algorithm: 'oidc' | 'oauth2',
  timeLimitMs: number,
): Promise<Metadata> {
  const url = new URL(issuer);
  const context: Context = { way: { providerName: url.host, rateWindows: [] }, url, secrets: [] };
  const told: { metadata: Metadata | null } = { metadata: null };
  try {
    const response = await discoveryRequest(url, {
      algorithm,
      [customFetch]: async (address) => {
        const answer = await transport.send({
          method: 'GET',
          url: new Secret(address),
          headers: standardHeaders,
          body: null,
          timeLimitMs,
        });
        const members = metadataMembers(answer, context);
        told.metadata = read(members, issuer);
        return new Response(JSON.stringify({ issuer }), { headers: { 'content-type': 'application/json' } });
      },
      [allowInsecureRequests]: url.protocol === 'http:',
    });
    await processDiscoveryResponse(url, response);
  } catch (thrown) {
    // The library's errors may hold the body; nothing of them goes on.
    throw pointed(thrown instanceof AppError ? thrown : new AppError('internal'));
  }
  if (told.metadata === null) throw new AppError('internal');
  return told.metadata;
}

/** The issuer is what was typed, so that is the field to look at. */
function pointed(error: AppError): AppError {
  return new AppError(error.code, { ...error.facts, field: 'issuer' });
}

function metadataMembers(answer: HttpAnswer, context: Context): Members {
  const body = readBody(answer);
  const facts = factsOf(answer, body, context);
  const general = generalError(answer, body, context);
  if (general !== null)
    throw general.code === 'not_an_oauth_answer' ? new AppError('metadata_wrong_answer', facts) : general;
  if (answer.status >= 400) throw new AppError('metadata_missing', facts);
  if (answer.status !== 200 || body.form !== 'json') throw new AppError('metadata_wrong_answer', facts);
  return body.members;
}

function read(members: Members, issuer: string): Metadata {
  const { host, origin, hostname } = new URL(issuer);
  const said = textMember(members, 'issuer');
  if (said === null) throw new AppError('metadata_wrong_answer', { host });
  if (said !== issuer) {
    const shown = providerText(said, []);
    throw new AppError('metadata_other_issuer', { host, ...(shown === null ? {} : { expected: shown }) });
  }
  const addresses: Metadata['addresses'] = {};
  const elsewhere: EndpointKind[] = [];
  for (const [kind, name] of Object.entries(memberOf) as [EndpointKind, string][]) {
    const value = member(members, name);
    if (value === undefined || value === null) continue;
    const url = addressIn(value, { host, name, onThisComputer: isLoopbackHost(hostname) });
    addresses[kind] = url.href;
    if (url.origin !== origin) elsewhere.push(kind);
  }
  if (addresses.token === undefined) throw new AppError('metadata_wrong_answer', { host, name: memberOf.token });
  return {
    issuer,
    addresses,
    elsewhere,
    answersNameIssuer: member(members, 'authorization_response_iss_parameter_supported') === true,
    clientAuthentications: namesIn(member(members, 'token_endpoint_auth_methods_supported')),
  };
}

/** An issuer out on the network that leads to this computer would have us talk to what listens here. */
function addressIn(value: unknown, of: { host: string; name: string; onThisComputer: boolean }): URL {
  const { host, name, onThisComputer } = of;
  const wrong = new AppError('metadata_wrong_answer', { host, name });
  if (typeof value !== 'string' || value.length > longestIssuer || !URL.canParse(value) || /\p{Cc}/u.test(value))
    throw wrong;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw wrong;
  if (url.username !== '' || url.password !== '' || url.href.includes('#')) throw wrong;
  const isEncrypted = url.protocol === 'https:' && (onThisComputer || !isLoopbackHost(url.hostname));
  if (!isEncrypted && !(onThisComputer && isLoopbackHost(url.hostname)))
    throw new AppError('metadata_insecure', { host, name });
  return url;
}

function namesIn(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((name): name is string => typeof name === 'string').slice(0, 20);
}
