import { exchangeCode } from '../../electron/oauth/authorization-code-grant.ts';
import { askWithClientCredentials } from '../../electron/oauth/client-credentials-grant.ts';
import { registerClient } from '../../electron/oauth/client-registration.ts';
import { signInWithPassword } from '../../electron/oauth/password-grant.ts';
import { renewWithRefreshToken } from '../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../electron/oauth/revocation.ts';
import { testConnection } from '../../electron/oauth/test-call.ts';
import type { Granted } from '../../electron/oauth/tokens.ts';
import type { Transport } from '../../electron/oauth/transport.ts';
import type { ProviderWay } from '../../electron/oauth/way.ts';
import { profile, profiles, registrationUrl } from '../../electron/providers/registry.ts';
import { Secret } from '../../electron/secret.ts';
import { choosing, tGateWay } from './ways.ts';

/** Everything secret that the calls below send, each odd enough to be found again in any spelling. */
const secrets = {
  clientSecret: new Secret('client s3cret/+é&='),
  password: new Secret('pass w0rd/+é&='),
  code: new Secret('c0de/+~abc='),
  verifier: new Secret('verifier-dBjftJeZ4CVP-mB92K27uhbUJU1p1r'),
  state: new Secret('state-Zx81aaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
  refreshToken: new Secret('refresh|t0ken/+='),
  accessToken: new Secret('access|t0ken/+='),
  idToken: new Secret('id|t0ken/+='),
};

export interface TokenCall {
  /** What the call is for, as its errors count it. */
  purpose: 'password' | 'client_credentials' | 'authorization_code' | 'refresh';
  send: (transport: Transport) => Promise<Granted>;
  /** The secrets that the provider has seen by then. */
  sends: Secret[];
}

export interface System {
  id: string;
  way: ProviderWay;
  /** Every call of the token endpoint that this provider's profile has. */
  tokenCalls: TokenCall[];
  /** The others, where it has them. */
  otherCalls: {
    name: 'test' | 'revoke' | 'register';
    send: (transport: Transport) => Promise<unknown>;
    sends: Secret[];
  }[];
}

const redirectUri = 'https://partner.example/callback';

function systemOf(id: string): System {
  const of = profile(id);
  const way = id === 't-gate' ? tGateWay(redirectUri) : choosing(id, {});
  const { clientSecret, password, code, verifier, state, refreshToken, accessToken, idToken } = secrets;
  const keys = { clientId: 'client-id-1', clientSecret };
  const input = { code, redirectUri, state, verifier: way.authorization?.startedBy === 'client' ? verifier : null };
  const all: TokenCall[] = [
    {
      purpose: 'password',
      send: (to) => signInWithPassword(to, way, keys, { username: 'ana@firm.example', password }),
      sends: [password, clientSecret],
    },
    {
      purpose: 'client_credentials',
      send: (to) => askWithClientCredentials(to, way, keys, { scopes: [] }),
      sends: [clientSecret],
    },
    {
      purpose: 'authorization_code',
      send: (to) => exchangeCode(to, way, keys, input),
      sends: [code, state, clientSecret, ...(input.verifier === null ? [] : [input.verifier])],
    },
    {
      purpose: 'refresh',
      send: (to) => renewWithRefreshToken(to, way, keys, { refreshToken }),
      sends: [refreshToken, clientSecret],
    },
  ];
  const has = ({ purpose }: TokenCall): boolean =>
    purpose === 'refresh' ? way.renewal.by === 'refresh_token' : way.grants[purpose] !== undefined;
  const bearer = way.answer.bearer === 'id_token' ? idToken : accessToken;
  const { registration } = of;
  return {
    id,
    way,
    tokenCalls: all.filter(has),
    otherCalls: [
      { name: 'test', send: (to) => testConnection(to, way, { bearer, scopesGranted: null }), sends: [bearer] },
      ...(way.revocation.kind === 'none'
        ? []
        : [
            {
              name: 'revoke' as const,
              send: (to: Transport) => revokeAtProvider(to, way, keys, { accessToken, idToken, refreshToken }),
              sends: [accessToken, refreshToken, clientSecret],
            },
          ]),
      ...(registration === null
        ? []
        : [
            {
              name: 'register' as const,
              send: (to: Transport) =>
                registerClient(to, way, {
                  url: registrationUrl(of, 'default', 'https://teamserver.test:9090'),
                  shape: registration,
                  ...keys,
                  name: 'Grantkeep',
                  description: 'A vault.',
                  redirectUri,
                  platform: {},
                }),
              sends: [clientSecret],
            },
          ]),
    ],
  };
}

/** The systems of the profiles, in their order, at addresses that may be called. */
export const systems: readonly System[] = profiles().map(({ id }) => systemOf(id));
