import type { Profile } from '../schema.ts';
import { practicePath, registrationPath } from './accounts.ts';
import { Ledger } from './ledger.ts';
import { refuseTokenCall, unknownPath } from './manners.ts';
import { registrationCall } from './registration-endpoint.ts';
import { recordOf, type EngineEndpoint, type RequestRecord } from './request-record.ts';
import { revocationCall } from './revocation-endpoint.ts';
import { Refused, type Room } from './room.ts';
import { faulty, Switchboard, type Fault, type FaultyEndpoint } from './switchboard.ts';
import { apiCall } from './test-endpoint.ts';
import { tokenCall } from './token-endpoint.ts';
import type { EngineAnswer, EngineRequest, WholeAnswer } from './wire.ts';

const mostRecords = 2000;

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

  constructor(options: { profile: Profile; nowMs: () => number; lifetimeSeconds?: number }) {
    this.profile = options.profile;
    this.#room = {
      profile: options.profile,
      ledger: new Ledger(options.profile.practice),
      nowMs: options.nowMs,
      lifetimeSeconds: options.lifetimeSeconds ?? 120,
    };
  }

  /** The next calls of that address go wrong. */
  failNext(endpoint: FaultyEndpoint, times: number, fault: Fault): void {
    this.#switchboard.failNext(endpoint, times, fault);
  }

  clearFaults(): void {
    this.#switchboard.clear();
  }

  /** As if the person had revoked everything in another program. */
  revokeElsewhere(username: string): void {
    this.#room.ledger.revokeAll(username, this.profile.answer.bearer.field);
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

  record(): readonly RequestRecord[] {
    return this.#record;
  }

  clearRecord(): void {
    this.#record = [];
  }

  handle(request: EngineRequest): EngineAnswer {
    const { endpoint, path } = this.#endpointOf(request.path);
    const fault = this.#switchboard.take(endpoint);
    const handle = (): EngineAnswer => this.#answer(endpoint, request);
    const given = fault === null ? handle() : faulty(fault, handle);
    this.#record.push(
      recordOf(request, { atMs: this.#room.nowMs(), endpoint, path, answer: given, fault: fault?.kind ?? null }),
    );
    if (this.#record.length > mostRecords) this.#record.shift();
    return given;
  }

  /** The path for the record is the profile's: what follows it may be a token (ER/Studio's DELETE). */
  #endpointOf(path: string): { endpoint: EngineEndpoint | null; path: string } {
    if (path === registrationPath(this.profile)) return { endpoint: 'registration', path };
    for (const kind of ['token', 'revocation', 'test'] as const) {
      const own = practicePath(this.profile, kind);
      if (own === null) continue;
      const below = kind === 'revocation' && this.profile.revocation.kind === 'delete_with_token_in_path';
      if (below ? path.startsWith(`${own}/`) : path === own) return { endpoint: kind, path: own };
    }
    const alternative = this.profile.tests.some((call) => call.path?.split('?')[0] === path);
    return { endpoint: alternative ? 'test' : null, path };
  }

  #answer(endpoint: EngineEndpoint | null, request: EngineRequest): WholeAnswer {
    const { practice } = this.profile;
    if (endpoint === null) return unknownPath(practice);
    if (endpoint === 'test') return apiCall(this.#room, request);
    if (endpoint === 'registration') return registrationCall(this.#room, request);
    try {
      return endpoint === 'token' ? tokenCall(this.#room, request) : revocationCall(this.#room, request);
    } catch (thrown) {
      if (thrown instanceof Refused) return refuseTokenCall(thrown.refusal, practice);
      throw thrown;
    }
  }
}
