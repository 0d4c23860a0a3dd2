export interface Keys {
  url: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** Each makes the exchange and resolves to the access token. */
export function openidClient(keys: Keys): () => Promise<string>;
export function simpleOauth2(keys: Keys): () => Promise<string>;
