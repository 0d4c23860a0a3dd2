import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import OAuth2Server, {
  type Client,
  type PasswordModel,
  type RefreshToken,
  type Token,
} from '@node-oauth/oauth2-server';
import { watchedServer, type WatchedServer } from './watched-server.ts';

export interface OAuth2Peer extends WatchedServer {
  readonly endpoints: { kind: 'token' | 'test'; url: string }[];
}

export const peerPerson = { username: 'lou', password: 'pass w0rd/+é&=', name: 'Lou of the peer' };
/** The header is read as it comes, so a percent sign in the secret tells raw from encoded. */
export const peerKeys = { clientId: 'second-opinion', clientSecret: 'se%cret:/+=' };

/** `@node-oauth/oauth2-server`: no metadata and no browser, but password and client credentials, and rotation. */
export async function oauth2Peer(): Promise<OAuth2Peer> {
  const server = await watchedServer(() => {
    const oauth = new OAuth2Server({ model: model(), accessTokenLifetime: 600, allowEmptyState: true });
    return Promise.resolve(async (incoming, outgoing, form) => {
      const request = new OAuth2Server.Request({
        method: incoming.method ?? 'GET',
        query: {},
        headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
        body: Object.fromEntries(form),
      });
      const response = new OAuth2Server.Response({ headers: {} });
      const { pathname } = new URL(incoming.url ?? '/', 'http://peer');
      if (pathname !== '/token' && pathname !== '/me') {
        outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
        return;
      }
      try {
        if (pathname === '/token') await oauth.token(request, response);
        else response.body = await whoIs(oauth, request, response);
        send(outgoing, response.status ?? 200, response);
      } catch (thrown) {
        const { code = 500 } = thrown as { code?: number };
        send(outgoing, code, response);
      }
    });
  });
  const at = (path: string): string => `${server.origin}${path}`;
  return {
    ...server,
    endpoints: [
      { kind: 'token', url: at('/token') },
      { kind: 'test', url: at('/me') },
    ],
  };
}

async function whoIs(
  oauth: OAuth2Server,
  request: OAuth2Server.Request,
  response: OAuth2Server.Response,
): Promise<Record<string, unknown>> {
  const { user } = await oauth.authenticate(request, response);
  return { sub: user['id'] as string, name: user['name'] as string };
}

function send(outgoing: ServerResponse, status: number, { headers, body }: OAuth2Server.Response): void {
  outgoing.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
}

function model(): PasswordModel & OAuth2Server.ClientCredentialsModel & OAuth2Server.RefreshTokenModel {
  const client: Client = { id: peerKeys.clientId, grants: ['password', 'client_credentials', 'refresh_token'] };
  const tokens: Token[] = [];
  const person = { id: 'l-1', name: peerPerson.name };
  return {
    getClient: (id, secret) =>
      Promise.resolve(id === peerKeys.clientId && secret === peerKeys.clientSecret ? client : false),
    getUser: (username, password) =>
      Promise.resolve(username === peerPerson.username && password === peerPerson.password ? person : false),
    getUserFromClient: () => Promise.resolve({ id: 'app-1', name: 'The app itself' }),
    generateAccessToken: () => Promise.resolve(randomUUID()),
    saveToken: (token, of, user) => {
      const saved = { ...token, client: of, user };
      tokens.push(saved);
      return Promise.resolve(saved);
    },
    getAccessToken: (accessToken) => Promise.resolve(tokens.find((one) => one.accessToken === accessToken)),
    getRefreshToken: (refreshToken) =>
      Promise.resolve(tokens.find((one) => one.refreshToken === refreshToken) as RefreshToken | undefined),
    revokeToken: ({ refreshToken }) => {
      const index = tokens.findIndex((one) => one.refreshToken === refreshToken);
      if (index >= 0) tokens.splice(index, 1);
      return Promise.resolve(index >= 0);
    },
    validateScope: (_user, _client, scope) => Promise.resolve(scope ?? []),
  };
}
