import type { ClientKeys, ProviderWay } from '../../electron/oauth/way.ts';
import { endpointsFor, profile } from '../../electron/providers/registry.ts';
import { wayOf } from '../../electron/providers/way.ts';
import { Secret } from '../../electron/secret.ts';

/** The provider's way at its own addresses. */
export function wayTo(providerId: string, regionId = profile(providerId).regions[0]!.id): ProviderWay {
  const of = profile(providerId);
  return wayOf(of, { endpoints: endpointsFor(of, regionId) });
}

/** The keys of providers.md's vectors: a space, `/`, `+` and `=` in the one, a colon and é in the other. */
export const teamganttKeys: ClientKeys = { clientId: 'tg-7c1e', clientSecret: new Secret('a b/c+d=') };
export const connecteamKeys: ClientKeys = { clientId: 'ct-client-01', clientSecret: new Secret('s3cr:t/+é') };
export const taskadeKeys: ClientKeys = { clientId: 'tk-55', clientSecret: new Secret('tk secret/+&=') };
export const tGateKeys: ClientKeys = { clientId: 'tgate-app-9', clientSecret: new Secret('restaurant secret') };

/** A JWT whose signature nobody could check. */
export function jwt(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** ER/Studio on a server of somebody's own, with a port and, if wanted, a context path. */
export function erStudioWay(
  baseUrl = 'https://teamserver.test:9090',
  unencryptedConsent?: { origin: string },
): ProviderWay {
  const of = profile('er-studio');
  return wayOf(of, { endpoints: endpointsFor(of, 'default', baseUrl), unencryptedConsent });
}

/** T-Gate's with the addresses that nobody published typed in; `redirectUri` as registered there. */
export function tGateWay(
  redirectUri: string | null = 'https://partner.example/tgate/callback',
  choices: Record<string, string> = {},
): ProviderWay {
  return wayOf(profile('t-gate'), {
    endpoints: [
      { kind: 'token', url: 'https://api.t-gate.test/oauth/token' },
      { kind: 'revocation', url: null },
      { kind: 'test', url: 'https://api.t-gate.test/v1/brands?items=1' },
    ],
    redirectUri,
    choices,
  });
}

/** Any other provider's addresses, as somebody typed them. */
const typedAddresses = [
  { kind: 'authorization', url: 'https://as.test/authorize' },
  { kind: 'token', url: 'https://as.test/token' },
  { kind: 'device', url: 'https://as.test/device' },
  { kind: 'revocation', url: 'https://as.test/revoke' },
  { kind: 'introspection', url: 'https://as.test/introspect' },
  { kind: 'test', url: 'https://as.test/userinfo' },
] as const;

/** The way with other corners chosen than the usual ones. */
export function choosing(providerId: string, choices: Record<string, string>): ProviderWay {
  const of = profile(providerId);
  const baseUrl = of.ownServer === null ? null : 'https://teamserver.test:9090';
  const endpoints = of.discovery === null ? endpointsFor(of, of.regions[0]!.id, baseUrl) : typedAddresses;
  return wayOf(of, { endpoints, choices });
}

/** No provider's, but the RFCs': what no profile asks for yet is tried here. */
export function rfcWay(): ProviderWay {
  const request = {
    method: 'POST',
    parameters: 'form',
    clientAuthentication: 'basic_rfc',
    extraParameters: {},
    statusMeans: {},
  } as const;
  return {
    providerId: 'rfc',
    providerName: 'By the book',
    addresses: {
      authorization: 'https://as.test/authorize',
      token: 'https://as.test/token',
      device: 'https://as.test/device',
      revocation: 'https://as.test/revoke',
      introspection: 'https://as.test/introspect',
      test: 'https://as.test/me',
    },
    issuer: 'https://as.test',
    answersNameIssuer: false,
    redirectUri: null,
    dangerouslyUnencryptedOrigin: null,
    grants: {
      password: { request, scope: 'when_chosen' },
      client_credentials: { request, scope: 'when_chosen' },
      authorization_code: { request, scope: 'when_chosen' },
      device_code: { request, scope: 'when_chosen' },
    },
    authorization: { startedBy: 'client', extraParameters: {}, port: 'any', codeSeconds: null },
    renewal: { by: 'refresh_token', request, sendsRedirectUri: false },
    answer: {
      bearer: 'access_token',
      expiry: [{ from: 'expires_in' }, { from: 'jwt_exp', of: 'access_token' }],
      lacks: [],
    },
    presentation: { place: 'header', scheme: 'Bearer' },
    revocation: { kind: 'rfc7009', clientAuthentication: 'basic_rfc' },
    introspection: { clientAuthentication: 'basic_rfc' },
    tests: [
      {
        id: 'me',
        path: null,
        expectedMember: 'sub',
        accountIdMember: 'sub',
        accountNameMembers: ['name', 'email'],
        neededScope: null,
        onNotFound: null,
      },
    ],
    rateWindows: [],
  };
}
