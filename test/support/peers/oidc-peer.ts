import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type Provider from 'oidc-provider';
import { watchedServer, type WatchedServer } from './watched-server.ts';

/** An app as it is registered there: RFC 7591's names. */
export interface PeerClient {
  client_id: string;
  client_secret?: string;
  redirect_uris?: string[];
  token_endpoint_auth_method?: 'client_secret_basic' | 'client_secret_post' | 'none';
}

export interface OidcPeer extends WatchedServer {
  readonly issuer: string;
  readonly provider: Provider;
  /** As a person registers an app there, or types another redirect address. */
  register(client: PeerClient): Promise<void>;
  /** What the person says there. */
  says: 'allow' | 'decline';
}

export const peerAccount = { id: 'p-204', email: 'kim@peer.example' };

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** It says in the console what a newcomer should change, and that it wants a newer Node; a test run needs neither. */
function withoutNotices(): void {
  for (const name of ['warn', 'info'] as const) {
    const say = console[name].bind(console);
    console[name] = (...words: unknown[]) => {
      if (!String(words[0]).includes('oidc-provider ')) say(...words);
    };
  }
}
withoutNotices();

/** Made once: a key takes longer than everything else here. */
const signing = generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => exportJWK(privateKey));

/**
 * `oidc-provider`, strict as it comes: PKCE from every app, each renewal rotates, a refresh token that comes twice ends
 * all that the sign-in brought, every answer names its issuer (RFC 9207).
 */
export async function oidcPeer(): Promise<OidcPeer> {
  const built: { provider: Provider | null } = { provider: null };
  const { default: OidcProvider } = await import('oidc-provider');
  const { createMemoryAdapter } = await import('oidc-provider/lib/adapters/memory_adapter.js');
  const adapters = createMemoryAdapter();
  const jwks = { keys: [{ ...(await signing), kid: 'peer', alg: 'RS256', use: 'sig' }] };
  const said: { word: OidcPeer['says'] } = { word: 'allow' };

  const server = await watchedServer((origin) => {
    const provider = new OidcProvider(origin, {
      adapter: adapters,
      jwks,
      cookies: { keys: [randomBytes(16).toString('hex')] },
      pkce: { required: () => true },
      rotateRefreshToken: true,
      scopes: ['openid', 'offline_access', 'email'],
      claims: { openid: ['sub'], email: ['email'] },
      ttl: { AccessToken: 600, ClientCredentials: 600, RefreshToken: 86_400, DeviceCode: 600, Grant: 86_400 },
      findAccount: () => ({
        accountId: peerAccount.id,
        claims: () => ({ sub: peerAccount.id, email: peerAccount.email }),
      }),
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      features: {
        devInteractions: { enabled: false },
        deviceFlow: { enabled: true, ...pages },
        introspection: { enabled: true, allowedPolicy: () => true },
        revocation: { enabled: true, allowedPolicy: () => true },
        clientCredentials: { enabled: true },
        rpInitiatedLogout: { enabled: false },
      },
    });
    built.provider = provider;
    const answer = provider.callback();
    return Promise.resolve(async (request, response) => {
      if (request.url?.startsWith('/interaction/') !== true) return answer(request, response);
      const { params } = await provider.interactionDetails(request, response);
      const end = (result: Record<string, unknown>): Promise<void> =>
        provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      if (said.word === 'decline') return end({ error: 'access_denied', error_description: 'the person said no' });
      const grant = new provider.Grant({ accountId: peerAccount.id, clientId: params.client_id });
      grant.addOIDCScope(params.scope ?? '');
      return end({ login: { accountId: peerAccount.id }, consent: { grantId: await grant.save() } });
    });
  });
  return {
    ...server,
    issuer: server.origin,
    provider: built.provider!,
    async register(client) {
      await adapters('Client').upsert(client.client_id, {
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials', deviceGrant],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/unused'],
        token_endpoint_auth_method: 'client_secret_basic',
        ...client,
      });
    },
    get says() {
      return said.word;
    },
    set says(word) {
      said.word = word;
    },
  };
}

interface Page {
  body: string;
}

/** The pages of its device flow without their looks: a form, or a word. */
const pages = {
  userCodeInputSource: (page: Page, form: string) => void (page.body = form),
  userCodeConfirmSource: (page: Page, form: string, _client: unknown, _device: unknown, code: string) =>
    void (page.body = `<p>${code}</p>${form}`),
  successSource: (page: Page) => void (page.body = '<p>signed in</p>'),
};
