import type { EndpointKind } from './provider.ts';

/**
 * What main asks a person in a dialog of its own, before a secret may go to a host it was not meant for, or an app
 * comes out of a file. Plain data: names are stripped of what cannot be seen, hosts are as WHATWG URLs spell them.
 */
export type Question =
  | {
      kind: 'new_addresses';
      app: string;
      provider: string;
      /** Only those that are new to the app. */
      addresses: { kind: EndpointKind; host: string }[];
      /** Connections on the app that are not revoked. */
      connections: number;
      /** Are their tokens dropped, or kept and sent there? */
      drops: boolean;
    }
  | {
      /** A provider's metadata leads away from it. */
      kind: 'found_elsewhere';
      /** Its host. */
      issuer: string;
      addresses: { kind: EndpointKind; host: string }[];
    }
  | {
      kind: 'take_provider';
      file: string;
      name: string;
      /** Its host. */
      issuer: string | null;
      addresses: { kind: EndpointKind; host: string }[];
    }
  | {
      kind: 'take_over_set_up';
      file: string;
      apps: { name: string; provider: string }[];
      /** Hosts that are not the provider's own as its profile knows them, with the apps that would ask them. */
      hosts: { host: string; whats: (EndpointKind | 'redirect')[]; apps: string[] }[];
    };
