// The stacks that ours is measured against, each as its own documents show it: a renewal by refresh token, keys in the body.
import * as openid from 'openid-client';
import { AuthorizationCode } from 'simple-oauth2';

export function openidClient({ url, clientId, clientSecret, refreshToken }) {
  const server = { issuer: new URL(url).origin, token_endpoint: url };
  const config = new openid.Configuration(server, clientId, clientSecret, openid.ClientSecretPost(clientSecret));
  // The server is on this computer.
  openid.allowInsecureRequests(config);
  return async () => (await openid.refreshTokenGrant(config, refreshToken)).access_token;
}

export function simpleOauth2({ url, clientId, clientSecret, refreshToken }) {
  const { origin, pathname } = new URL(url);
  const client = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: { tokenHost: origin, tokenPath: pathname, refreshPath: pathname },
    options: { authorizationMethod: 'body' },
  });
  return async () => {
    const { token } = await client.createToken({ refresh_token: refreshToken }).refresh();
    return String(token.access_token);
  };
}
