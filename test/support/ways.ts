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

/** A shape that comes later, so that the vocabulary is tried now: Taskade's, by the book. */
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
    addresses: { token: 'https://as.test/token', revocation: 'https://as.test/revoke', test: 'https://as.test/me' },
    dangerouslyUnencryptedOrigin: null,
    grants: {
      password: { request, scope: 'when_chosen' },
      client_credentials: { request, scope: 'when_chosen' },
    },
    renewal: { by: 'refresh_token', request },
    answer: {
      bearer: 'access_token',
      expiry: [{ from: 'expires_in' }, { from: 'jwt_exp', of: 'access_token' }],
      lacks: [],
    },
    presentation: { place: 'header', scheme: 'Bearer' },
    revocation: { kind: 'rfc7009', clientAuthentication: 'basic_rfc' },
    tests: [
      {
        id: 'me',
        path: null,
        expectedMember: 'sub',
        accountIdMember: 'sub',
        accountNameMembers: ['name', 'email'],
        neededScope: null,
      },
    ],
    rateWindows: [],
  };
}
