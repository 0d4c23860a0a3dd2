import { endpointKinds, type EndpointKind } from '../../../shared/model/provider.ts';
import { Secret } from '../../secret.ts';
import { profile } from '../registry.ts';
import type { Profile } from '../schema.ts';

export interface PracticeAccounts {
  /** Empty where nobody signs in. */
  people: { username: string; password: Secret; name: string }[];
  apps: { name: string; clientId: string; clientSecret: Secret; scopes: string[] }[];
}

/** What the wizard can offer, so that a newcomer just presses on. Plainly made up; worth nothing anywhere. */
export function practiceAccounts(providerId: string): PracticeAccounts {
  return accountsOf(profile(providerId));
}

export function accountsOf({ practice: { people, apps } }: Profile): PracticeAccounts {
  return {
    people: people.map(({ username, password, accountName }) => ({
      username,
      password: new Secret(password),
      name: accountName,
    })),
    apps: apps.map(({ name, clientId, clientSecret, scopes }) => ({
      name,
      clientId,
      clientSecret: new Secret(clientSecret),
      scopes: [...scopes],
    })),
  };
}

/** The path under which the engine plays one address of the profile: the provider's own. */
export function practicePath(of: Profile, kind: EndpointKind): string | null {
  const url = Object.values(of.endpoints[kind]?.urls ?? {})[0] ?? null;
  if (url !== null) return pathOf(url);
  return of.practice.paths[kind] ?? null;
}

/** The path under which this vault can be registered; null where the provider has no such call. */
export function registrationPath(of: Profile): string | null {
  const url = Object.values(of.registration?.urls ?? {})[0];
  return url === undefined ? null : pathOf(url);
}

const pathOf = (url: string): string => (url.startsWith('{base}') ? url.slice('{base}'.length) : new URL(url).pathname);

/** The profile's addresses as an engine at `origin` plays them. */
export function practiceEndpoints(of: Profile, origin: string): Record<EndpointKind, string | null> {
  const at = (kind: EndpointKind): string | null => {
    const path = practicePath(of, kind);
    return path === null ? null : `${origin}${path}`;
  };
  return Object.fromEntries(endpointKinds.map((kind) => [kind, at(kind)])) as Record<EndpointKind, string | null>;
}
