import type { GrantType, RevocationReach } from '../../shared/model/provider.ts';
import { exchangeCode } from '../oauth/authorization-code-grant.ts';
import { askForDeviceCode, askWhetherAllowed, type DeviceAttempt } from '../oauth/device-grant.ts';
import { discover, type Metadata } from '../oauth/discovery.ts';
import { introspect } from '../oauth/introspection.ts';
import { authorizationAttempt, type AuthorizationAttempt } from '../oauth/authorization-request.ts';
import { consentFor, endpointUrl } from '../oauth/endpoint.ts';
import { registerClient } from '../oauth/client-registration.ts';
import { askWithClientCredentials } from '../oauth/client-credentials-grant.ts';
import { signInWithPassword } from '../oauth/password-grant.ts';
import { renewWithRefreshToken } from '../oauth/refresh-grant.ts';
import { revokeAtProvider, tokenNeededToRevoke } from '../oauth/revocation.ts';
import { testConnection } from '../oauth/test-call.ts';
import { personalToken } from '../oauth/personal-token.ts';
import { bearerOf, type Granted } from '../oauth/tokens.ts';
import type { Transport } from '../oauth/transport.ts';
import type { ProviderWay } from '../oauth/way.ts';
import { inLanguage, profile, registrationUrl } from '../providers/registry.ts';
import { wayOf } from '../providers/way.ts';
import { AppError, asAppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import type { AppRecord, AppSecrets, ConnectionSecrets } from '../vault/records.ts';
import type { Presentation } from './copy-forms.ts';

/** An app with its client secret: what every exchange but the test call needs (C10). */
export interface Keys {
  app: AppRecord;
  secrets: AppSecrets;
}

const knockLimitMs = 10_000;

/** What the test call showed. `scopeMissing`: the token is good, the call needs a scope it does not have (C5). */
export interface Tested {
  status: number;
  durationMs: number;
  scopeMissing: string | null;
  accountName: string | null;
  accountId: string | null;
}

/**
 * Every conversation with a provider, for the services: finds the profile of an app, lays the app's own addresses
 * over it and runs the protocol. Each call is one exchange over the transport; errors are AppErrors.
 */
export class ProviderCalls {
  readonly #transport: Transport;
  readonly #platform: 'linux' | 'darwin' | 'win32';

  constructor(transport: Transport, platform: 'linux' | 'darwin' | 'win32') {
    this.#transport = transport;
    this.#platform = platform;
  }

  name(providerId: string): string {
    return profile(providerId).name;
  }

  /** Whose the sentences are: where a profile stands for any provider, the app's own name. */
  nameOf(app: AppRecord): string {
    return way(app).providerName;
  }

  /** Throws `metadata_…` and what every call throws. */
  discover(issuer: string): Promise<Metadata> {
    return discover(this.#transport, issuer);
  }

  askForDeviceCode(keys: Keys, scopes: readonly string[]): Promise<DeviceAttempt> {
    return askForDeviceCode(this.#transport, way(keys.app), client(keys), { scopes });
  }

  askWhetherAllowed(keys: Keys, attempt: DeviceAttempt): Promise<Granted> {
    return askWhetherAllowed(this.#transport, way(keys.app), client(keys), attempt);
  }

  signInWithPassword(keys: Keys, username: string, password: Secret, scopes: readonly string[]): Promise<Granted> {
    return signInWithPassword(this.#transport, way(keys.app), client(keys), { username, password, scopes });
  }

  /** Client credentials; also the renewal of such a grant, since it has no refresh token (C2). */
  askForToken(keys: Keys, scopes: readonly string[]): Promise<Granted> {
    return askWithClientCredentials(this.#transport, way(keys.app), client(keys), { scopes });
  }

  refresh(keys: Keys, refreshToken: Secret): Promise<Granted> {
    return renewWithRefreshToken(this.#transport, way(keys.app), client(keys), { refreshToken });
  }

  /** One try through the browser: its link, state and verifier (RFC 6749 section 4.1, RFC 7636). */
  authorizationAttempt(
    { app }: Keys,
    input: { redirectUri: string; scopes: readonly string[] },
  ): Promise<AuthorizationAttempt> {
    return authorizationAttempt(way(app), app.clientId, input);
  }

  exchangeCode(
    keys: Keys,
    input: { code: Secret; redirectUri: string; verifier: Secret | null; state: Secret | null },
  ): Promise<Granted> {
    return exchangeCode(this.#transport, way(keys.app), client(keys), input);
  }

  /** Where a redirect for this app has to come from, and what the sentences call it. */
  answersAs(app: AppRecord): Pick<ProviderWay, 'providerName' | 'issuer' | 'answersNameIssuer'> {
    return way(app);
  }

  /** Throws `address_missing` and the like where no token could be asked for (G7). */
  mustHaveTokenAddress(app: AppRecord): void {
    endpointUrl(way(app), 'token');
  }

  takesAnyPort(app: AppRecord): boolean {
    return way(app).authorization?.port === 'any';
  }

  startsAtProvider(app: AppRecord): boolean {
    return way(app).authorization?.startedBy === 'provider';
  }

  codeSeconds(app: AppRecord): number | null {
    return way(app).authorization?.codeSeconds ?? null;
  }

  /** B10: the one origin that this app's sign-in may send the browser to. */
  signInOrigin(app: AppRecord, page: Secret): { origin: string; unencryptedAgreed: boolean } {
    const of = way(app);
    const origin = this.startsAtProvider(app) ? new URL(page.reveal()).origin : endpointUrl(of, 'authorization').origin;
    return { origin, unencryptedAgreed: of.dangerouslyUnencryptedOrigin === origin };
  }

  /** A personal access token, tried before it is taken: only its own test call can say whether it is one. */
  async tryPersonalToken(app: AppRecord, token: Secret, nowMs: number): Promise<{ granted: Granted; who: Tested }> {
    const tokens = personalToken(way(app), token, nowMs);
    const who = await this.test(app, tokens, null);
    return { granted: { tokens, status: who.status, durationMs: who.durationMs }, who };
  }

  /** Registers this vault at a server of the person's own, with keys that we made (E11). */
  register(
    at: { providerId: string; regionId: string; server: string } & Pick<AppRecord, 'unencryptedConsent'>,
    keys: { clientId: string; clientSecret: Secret; name: string; redirectUri: string | null },
  ): Promise<void> {
    const of = profile(at.providerId);
    if (of.registration === null) throw new AppError('bad_input');
    const { platform, description } = of.registration;
    const way = wayOf(of, { endpoints: [], unencryptedConsent: at.unencryptedConsent });
    return registerClient(this.#transport, way, {
      ...keys,
      // The provider's own name, which a new app has here, would say nothing in the provider's list.
      name: keys.name.trim() === '' || keys.name === of.name ? 'Grantkeep' : keys.name.trim(),
      url: registrationUrl(of, at.regionId, at.server),
      shape: of.registration,
      description: inLanguage(description, 'en'),
      platform: { [platform.member]: platform[this.#platform] },
    });
  }

  /**
   * The test call; where it has no address and the provider can be asked about a token, that (RFC 7662), which alone
   * takes the client secret along.
   */
  async test(
    app: AppRecord,
    tokens: ConnectionSecrets,
    scopesGranted: readonly string[] | null,
    secrets: AppSecrets | null = null,
  ): Promise<Tested> {
    const of = way(app);
    const bearer = bearerOf(of, tokens);
    if (bearer === null) throw new AppError('sign_in_again', { name: this.nameOf(app) });
    const { addresses, introspection } = of;
    try {
      if (addresses.test === null && addresses.introspection !== null && introspection !== null && secrets !== null) {
        const answer = await introspect(this.#transport, of, client({ app, secrets }), bearer);
        return { ...answer, scopeMissing: null };
      }
      const answer = await testConnection(this.#transport, way(app), { bearer, scopesGranted });
      return { ...answer, scopeMissing: null };
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'test_scope_missing') throw thrown;
      return {
        status: thrown.facts.status ?? 403,
        durationMs: 0,
        scopeMissing: thrown.facts.name ?? '',
        accountName: null,
        accountId: null,
      };
    }
  }

  /**
   * Knocks at the host that tokens come from: a GET of its front page, without a token, a secret or an id. Any answer
   * shows that name, way and certificate are good; what it says does not matter. Throws what a call would.
   */
  async knock(app: AppRecord): Promise<void> {
    const of = way(app);
    const url = new URL('/', endpointUrl(of, 'token').origin);
    const request = {
      method: 'GET',
      url: new Secret(url.href),
      headers: {},
      body: null,
      timeLimitMs: knockLimitMs,
    } as const;
    await this.#transport.send({ ...request, ...consentFor(url, of) }).catch((thrown: unknown) => {
      // Sent on to another page, or too long a page: it answers, and nobody follows or reads it.
      const error = asAppError(thrown);
      if (error.code !== 'redirect_refused' && error.code !== 'answer_too_large') throw error;
    });
  }

  /** The host that tokens come from; null where its address is empty or wrong. */
  tokenHost(app: AppRecord): string | null {
    try {
      return endpointUrl(way(app), 'token').host;
    } catch {
      return null;
    }
  }

  /** Throws `revoke_refused` and the like when the provider did not confirm. */
  revoke(keys: Keys, tokens: ConnectionSecrets): Promise<{ status: number; durationMs: number }> {
    return revokeAtProvider(this.#transport, way(keys.app), client(keys), tokens);
  }

  /** Must the access token still live for the provider to take a revocation (T7)? Null: it has none. */
  revocationNeeds(app: AppRecord): { mustBeValid: boolean } | null {
    return tokenNeededToRevoke(way(app));
  }

  /** May an app there be without a secret? */
  takesPublicClients(providerId: string): boolean {
    return profile(providerId).clientSecret === 'confidential_only';
  }

  /** Does a connection stand for a company there? */
  isForCompany(providerId: string): boolean {
    return profile(providerId).company !== null;
  }

  /** What the provider says of how long a sign-in holds. Absent members of the profile are not stated. */
  statedSignIn(providerId: string): {
    ends: 'when_revoked' | 'not_stated';
    lifeMs: number | null;
    idleMs: number | null;
  } {
    const { renewal } = profile(providerId);
    if (renewal.by !== 'refresh_token') return { ends: 'not_stated', lifeMs: null, idleMs: null };
    const ms = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);
    return { ends: renewal.refreshTokenEnds, lifeMs: ms(renewal.signInSeconds), idleMs: ms(renewal.idleSeconds) };
  }

  /** Is its server a person's own, so that the address may be what is wrong? */
  isOnOwnServer(providerId: string): boolean {
    return profile(providerId).ownServer !== null;
  }

  /** What revoking ends. A personal access token is ended by hand at the provider, and by no call. */
  reach({ providerId, grant }: { providerId: string; grant: GrantType }): RevocationReach {
    if (grant === 'personal_access_token') return 'none';
    const { revocation } = profile(providerId);
    return revocation.kind === 'none' ? 'none' : revocation.reach;
  }

  bearer(app: AppRecord, tokens: ConnectionSecrets): Secret | null {
    return bearerOf(way(app), tokens);
  }

  presentation(app: AppRecord): Presentation {
    const { presentation, addresses } = way(app);
    return {
      place: presentation.place,
      name: presentation.place === 'header' ? presentation.scheme : presentation.parameter,
      testUrl: addresses.test,
      environmentName: app.providerId.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_'),
    };
  }
}

/** Can a connection of this grant be renewed without a person? */
export function isRenewable(grant: GrantType, tokens: ConnectionSecrets): boolean {
  return grant === 'client_credentials' || tokens.refreshToken !== null;
}

/** The three tokens alone, as they are stored. */
export function storedTokens({ tokens }: Granted): ConnectionSecrets {
  return { accessToken: tokens.accessToken, idToken: tokens.idToken, refreshToken: tokens.refreshToken };
}

function way(app: AppRecord): ProviderWay {
  return wayOf(profile(app.providerId), app);
}

function client({ app, secrets }: Keys): { clientId: string; clientSecret: Secret | null } {
  return { clientId: app.clientId, clientSecret: secrets.clientSecret };
}
