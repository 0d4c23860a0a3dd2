import { randomUUID } from 'node:crypto';
import type { Happening, PracticeAct, PracticeSystem } from '../../../shared/model/practice.ts';
import { AppError } from '../../../shared/errors.ts';
import { endpointKinds } from '../../../shared/model/provider.ts';
import type { Profile } from '../schema.ts';
import { practicePath, registrationPath } from './accounts.ts';
import { authorizationCall } from './authorization-endpoint.ts';
import { CodeBook } from './code-book.ts';
import { faults, possible, wrongClockMs } from './happenings.ts';
import { DeviceBook } from './device-book.ts';
import { deviceCall, devicePageCall, devicePagePath } from './device-endpoint.ts';
import { introspectionCall } from './introspection-endpoint.ts';
import { Ledger } from './ledger.ts';
import { refuseTokenCall, unknownPath } from './manners.ts';
import { marketplaceCall } from './marketplace.ts';
import { PersonalTokens } from './personal-tokens.ts';
import { registrationCall } from './registration-endpoint.ts';
import { recordOf, type EngineEndpoint, type RequestRecord } from './request-record.ts';
import { revocationCall } from './revocation-endpoint.ts';
import { Refused, type Room } from './room.ts';
import { faulty, Switchboard, type Fault, type FaultyEndpoint } from './switchboard.ts';
import { apiCall } from './test-endpoint.ts';
import { Tickets } from './tickets.ts';
import { tokenCall } from './token-endpoint.ts';
import type { EngineAnswer, EngineRequest, WholeAnswer } from './wire.ts';

const mostRecords = 2000;
const shortLifeSeconds = 120;

/**
 * Short, so that an end can be waited for; but where an answer does not say how long its tokens live, as long as the
 * profile has them live, since that is what everybody goes by.
 */
function usualLifetimeSeconds({ practice, lifetimeSeconds }: Profile): number {
  const isTold = practice.tokens === 'jwt' || practice.answerMembers.includes('expires_in');
  return isTold ? shortLifeSeconds : (lifetimeSeconds?.value ?? shortLifeSeconds);
}

/**
 * A fake authorization server shaped by a profile: it refuses any request that the provider would refuse. Pure:
 * a request in, an answer out, time passed in. The app's practice listener and the tests' engine process both
 * put a socket in front of it.
 */
export class PracticeEngine {
  readonly profile: Profile;
  readonly #room: Room;
  readonly #switchboard = new Switchboard();
  #record: RequestRecord[] = [];
  #aheadMs = 0;
  /** Null = as the profile has it. */
  #rotation: boolean | null = null;
  /** Renewals still to come that bring a new refresh token whatever is usual. */
  #rotatesNext = 0;
  #watcher: () => void = () => undefined;

  constructor(options: { profile: Profile; nowMs: () => number; lifetimeSeconds?: number }) {
    const { profile } = options;
    this.profile = profile;
    this.#room = {
      profile,
      ledger: new Ledger(profile.practice),
      codes: new CodeBook(),
      devices: new DeviceBook(),
      tickets: new Tickets(),
      personalTokens: new PersonalTokens(profile.personalAccessToken),
      nowMs: () => options.nowMs() + this.#aheadMs,
      lifetimeSeconds: options.lifetimeSeconds ?? usualLifetimeSeconds(profile),
      tokenParameters: null,
      rotates: () => this.#rotates(),
    };
  }

  /** The next calls of that address go wrong. */
  failNext(endpoint: FaultyEndpoint, times: number, fault: Fault): void {
    this.#switchboard.failNext(endpoint, times, fault);
  }

  clearFaults(): void {
    this.#switchboard.clear();
  }

  /** As if the person had revoked everything in another program, a token made by hand as well. */
  revokeElsewhere(username: string): void {
    this.#room.ledger.revokeAll(username, this.profile.answer.bearer.field);
    this.#room.personalTokens.revoke(username);
  }

  replaceClientSecret(clientId: string, clientSecret: string): void {
    this.#room.ledger.replaceSecret(clientId, clientSecret);
  }

  /** As if the app's redirect address had been typed at the provider; a code goes there and nowhere else. */
  registerRedirect(clientId: string, redirectUri: string): void {
    this.#room.ledger.registerRedirect(clientId, redirectUri);
  }

  /** For tokens issued from now on. */
  setLifetimeSeconds(seconds: number): void {
    this.#room.lifetimeSeconds = seconds;
  }

  /** Does each renewal bring a new refresh token and end the old one? Null = as the profile has it. */
  setRotation(rotates: boolean | null): void {
    this.#rotation = rotates;
  }

  /** How a body has to be written where the documents leave it open; the other way is refused. */
  setTokenParameters(parameters: 'form' | 'json'): void {
    this.#room.tokenParameters = parameters;
  }

  /** As if every token's time were up. */
  endAccessTokens(): void {
    this.#room.ledger.endAccessTokens();
  }

  /** The token that this person made by hand; a new one after the last was revoked. Null: this provider has none. */
  personalToken(username: string): string | null {
    const person = this.#room.ledger.person(username);
    return person === null ? null : this.#room.personalTokens.of(person);
  }

  /** A refresh token as another program would hold it that signed in through the same app. Null: this provider has none. */
  existingRefreshToken(clientId: string, username: string): string | null {
    const has = this.profile.renewal.by === 'refresh_token' && this.#room.ledger.person(username) !== null;
    return has ? this.#room.ledger.issueRefreshToken({ username, clientId, family: randomUUID() }) : null;
  }

  /** Makes it happen. Throws `bad_input` for what cannot happen at this provider. */
  happen(what: PracticeAct): void {
    if (what !== 'normal' && !possible(this.profile).includes(what)) throw new AppError('bad_input');
    switch (what) {
      case 'normal':
        this.#backToNormal();
        break;
      case 'expired':
        this.endAccessTokens();
        break;
      case 'revoked_elsewhere':
        for (const { username } of this.#room.ledger.people()) this.revokeElsewhere(username);
        break;
      case 'new_refresh_token':
        this.#rotatesNext += 1;
        break;
      case 'clock_wrong':
        this.#aheadMs = wrongClockMs;
        break;
      default:
        this.#switchboard.failNext('token', 1, faults[what], what);
    }
    this.#watcher();
  }

  /** What can happen here and what waits to. */
  happenings(): Pick<PracticeSystem, 'can' | 'armed'> {
    const can = possible(this.profile);
    const armed = can.flatMap((what) => {
      const callsLeft = this.#callsLeft(what);
      return callsLeft === 0 ? [] : [{ what, callsLeft }];
    });
    return { can, armed };
  }

  /** Called whenever what waits to happen has changed. */
  watch(changed: () => void): void {
    this.#watcher = changed;
  }

  record(): readonly RequestRecord[] {
    return this.#record;
  }

  clearRecord(): void {
    this.#record = [];
  }

  handle(request: EngineRequest): EngineAnswer {
    const nowMs = this.#room.nowMs();
    const { endpoint, path } = this.#endpointOf(request.path);
    const fault = this.#switchboard.take(endpoint);
    const handle = (): EngineAnswer => this.#answer(endpoint, request);
    const given = dated(fault === null ? handle() : faulty(fault, handle), nowMs);
    this.#record.push(recordOf(request, { atMs: nowMs, endpoint, path, answer: given, fault: fault?.kind ?? null }));
    if (this.#record.length > mostRecords) this.#record.shift();
    if (fault !== null) this.#watcher();
    return given;
  }

  #backToNormal(): void {
    this.#switchboard.clear();
    this.#rotatesNext = 0;
    this.#aheadMs = 0;
  }

  #callsLeft(what: Happening): number | null {
    if (what === 'clock_wrong') return this.#aheadMs === 0 ? 0 : null;
    return what === 'new_refresh_token' ? this.#rotatesNext : this.#switchboard.left(what);
  }

  #rotates(): boolean {
    if (this.#rotatesNext > 0) {
      this.#rotatesNext -= 1;
      this.#watcher();
      return true;
    }
    const { renewal } = this.profile;
    return this.#rotation ?? (renewal.by === 'refresh_token' && renewal.newRefreshToken === 'always');
  }

  /** The path for the record is the profile's: what follows it may be a token (ER/Studio's DELETE). */
  #endpointOf(path: string): { endpoint: EngineEndpoint | null; path: string } {
    if (path === registrationPath(this.profile)) return { endpoint: 'registration', path };
    if (path === this.profile.practice.marketplace) return { endpoint: 'marketplace', path };
    if (path === devicePagePath(this.profile)) return { endpoint: 'device_page', path };
    for (const kind of endpointKinds) {
      const own = practicePath(this.profile, kind);
      if (own === null) continue;
      const below = kind === 'revocation' && this.profile.revocation.kind === 'delete_with_token_in_path';
      if (below ? path.startsWith(`${own}/`) : path === own) return { endpoint: kind, path: own };
    }
    const alternative = this.profile.tests.some((call) => call.path?.split('?')[0] === path);
    return { endpoint: alternative ? 'test' : null, path };
  }

  #answer(endpoint: EngineEndpoint | null, request: EngineRequest): WholeAnswer {
    const room = this.#room;
    switch (endpoint) {
      case null:
        return unknownPath(this.profile.practice);
      case 'test':
        return apiCall(room, request);
      case 'registration':
        return registrationCall(room, request);
      case 'authorization':
        return authorizationCall(room, request);
      case 'marketplace':
        return marketplaceCall(room, request);
      case 'device_page':
        return devicePageCall(room, request);
      case 'token':
        return this.#refusing(() => tokenCall(room, request));
      case 'device':
        return this.#refusing(() => deviceCall(room, request));
      case 'revocation':
        return this.#refusing(() => revocationCall(room, request));
      case 'introspection':
        return this.#refusing(() => introspectionCall(room, request));
    }
  }

  #refusing(call: () => WholeAnswer): WholeAnswer {
    try {
      return call();
    } catch (thrown) {
      if (thrown instanceof Refused) return refuseTokenCall(thrown.refusal, this.profile.practice);
      throw thrown;
    }
  }
}

/** By the engine's own clock, which may be wrong (RFC 9110 section 6.6.1). */
function dated(given: EngineAnswer, nowMs: number): EngineAnswer {
  if (given.kind !== 'answer') return given;
  return { ...given, headers: { ...given.headers, date: new Date(nowMs).toUTCString() } };
}
