/** As much of it as the tests speak to; the package brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Stored {
    destroy(): Promise<void>;
  }
  export interface Kind {
    find(id: string): Promise<Stored | undefined>;
  }
  interface NewGrant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly AccessToken: Kind;
    readonly RefreshToken: Kind;
    readonly Grant: new (of: { accountId: string; clientId: string }) => NewGrant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ params: { client_id: string; scope?: string } }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  export interface Adapter {
    upsert(id: string, payload: Record<string, unknown>): Promise<void>;
  }
  export function createMemoryAdapter(): (model: string) => Adapter;
}
