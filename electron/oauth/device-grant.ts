import {
  allowInsecureRequests,
  customFetch,
  deviceAuthorizationRequest,
  processDeviceAuthorizationResponse,
} from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { member, readBody, textMember, type Members } from './answer-body.ts';
import { clientAuthentication, registeredAs } from './client-authentication.ts';
import { consentFor, endpointUrl, isLoopbackHost } from './endpoint.ts';
import { fetchThrough } from './fetch-adapter.ts';
import { factsOf, tokenCallError, type CallContext } from './provider-errors.ts';
import { providerText } from './provider-text.ts';
import { askForTokens, secretsOf, usualLimitMs } from './token-call.ts';
import type { Granted } from './tokens.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ClientKeys, GrantWay, ProviderWay } from './way.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** One try to sign in on another page (RFC 8628). */
export interface DeviceAttempt {
  /** As good as a password while it lives (section 5.2): it never leaves main. */
  deviceCode: Secret;
  /** What the person types there, and compares where it is filled in already. */
  userCode: string;
  verificationUri: string;
  /** The same page with the code in it; null where the provider has none. */
  completeUri: Secret | null;
  endsAtMs: number;
  intervalMs: number;
}

/** Section 3.2: five seconds where nothing is said. */
const usualIntervalMs = 5_000;
const longestIntervalMs = 60_000;
/** Nobody waits longer than that, whatever an answer says. */
const longestLifeMs = 3_600_000;

/** RFC 8628 section 3.1. Throws `grant_refused`, `address_…`, and what a token call throws. */
export async function askForDeviceCode(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  input: { scopes: readonly string[] },
  timeLimitMs = usualLimitMs,
): Promise<DeviceAttempt> {
  const { request, scope } = grantOf(way);
  const url = endpointUrl(way, 'device');
  const authenticate = clientAuthentication(request.clientAuthentication, client);
  const context: CallContext = { way, url, secrets: secretsOf(client) };
  const told: { attempt: DeviceAttempt | null } = { attempt: null };
  const judge = (answer: HttpAnswer): Response => {
    const body = readBody(answer);
    const failed = { ...context, purpose: 'device_code' as const, statusMeans: request.statusMeans };
    if (answer.status !== 200 || body.form !== 'json') throw tokenCallError(answer, failed);
    if (textMember(body.members, 'error') !== null) throw tokenCallError(answer, failed);
    told.attempt = attemptIn(body.members, answer, context);
    return new Response(answer.body, { status: 200, headers: { 'content-type': 'application/json' } });
  };
  const asked = input.scopes.join(' ');
  const server = { issuer: url.origin, device_authorization_endpoint: url.href };
  const registered = registeredAs(client);
  try {
    const response = await deviceAuthorizationRequest(
      server,
      registered,
      authenticate,
      { ...request.extraParameters, ...(scope === 'when_chosen' && asked !== '' ? { scope: asked } : {}) },
      {
        [customFetch]: fetchThrough(transport, { shape: request, timeLimitMs, consent: consentFor(url, way), judge }),
        [allowInsecureRequests]: url.protocol === 'http:',
      },
    );
    await processDeviceAuthorizationResponse(server, registered, response);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // The library's errors hold the body, and with it the device code: only that it was wrong goes on.
    if (told.attempt === null) throw new AppError('internal');
    throw new AppError('not_an_oauth_answer', { host: url.host, name: way.providerName, field: 'deviceEndpoint' });
  }
  if (told.attempt === null) throw new AppError('internal');
  return told.attempt;
}

/**
 * One question whether the person has allowed it (section 3.4). Throws `device_pending` and `device_slow_down` while
 * they have not, `sign_in_declined`, `device_code_ended`, and what a token call throws.
 */
export async function askWhetherAllowed(
  transport: Transport,
  way: ProviderWay,
  client: ClientKeys,
  attempt: Pick<DeviceAttempt, 'deviceCode'>,
  timeLimitMs = usualLimitMs,
): Promise<Granted> {
  return askForTokens(transport, way, client, {
    purpose: 'device_code',
    grantType,
    request: grantOf(way).request,
    parameters: { device_code: attempt.deviceCode.reveal() },
    secrets: [attempt.deviceCode],
    sentRefreshToken: null,
    timeLimitMs,
  });
}

function grantOf(way: ProviderWay): GrantWay {
  const grant = way.grants.device_code;
  if (grant === undefined) throw new AppError('grant_refused', { name: way.providerName });
  return grant;
}

function attemptIn(members: Members, answer: HttpAnswer, context: CallContext): DeviceAttempt {
  const facts = { ...factsOf(answer, { form: 'json', members }, context), field: 'deviceEndpoint' as const };
  const wrong = new AppError('not_an_oauth_answer', facts);
  const deviceCode = textMember(members, 'device_code');
  const userCode = textMember(members, 'user_code');
  const verificationUri = textMember(members, 'verification_uri');
  if (deviceCode === null || userCode === null || verificationUri === null) throw wrong;
  // It is read out and typed: what cannot be seen has no place in it (B65).
  if (userCode.length > 64 || providerText(userCode, []) !== userCode) throw wrong;
  const page = pageIn(verificationUri, context.url);
  const complete = textMember(members, 'verification_uri_complete');
  const completeUrl = complete === null || !URL.canParse(complete) ? null : new URL(complete);
  const lifeMs = secondsIn(member(members, 'expires_in'));
  if (lifeMs === null) throw wrong;
  const intervalMs = secondsIn(member(members, 'interval')) ?? usualIntervalMs;
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri: page.href,
    // Opened in its place, so it has to be a page of the same server (B10, B19).
    completeUri: completeUrl?.origin === page.origin && !hasUser(completeUrl) ? new Secret(completeUrl.href) : null,
    endsAtMs: answer.receivedAtMs + Math.min(lifeMs, longestLifeMs),
    intervalMs: Math.min(Math.max(intervalMs, 1_000), longestIntervalMs),
  };
}

const hasUser = ({ username, password }: URL): boolean => username !== '' || password !== '';

function secondsIn(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? Math.floor(number * 1000) : null;
}

/** B19: only https is opened; of a server on this computer also a page on this computer. */
function pageIn(text: string, endpoint: URL): URL {
  const refused = new AppError('address_insecure', { host: endpoint.host, field: 'deviceEndpoint' });
  if (text.length > 2048 || !URL.canParse(text) || /\p{Cc}/u.test(text)) throw refused;
  const url = new URL(text);
  const bothHere = isLoopbackHost(url.hostname) && isLoopbackHost(endpoint.hostname);
  if (hasUser(url) || (url.protocol !== 'https:' && !(url.protocol === 'http:' && bothHere))) throw refused;
  return url;
}
