import { asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { HttpAnswer, HttpRequest, Transport } from '../oauth/transport.ts';
import type { Clock } from './ports.ts';

/** What was last seen of a host. Times are this computer's. */
export interface Sighting {
  host: string;
  /** When it last answered anything at all; null: not since the program started. */
  answered: { atMs: number; durationMs: number } | null;
  /** How far its clock is ahead of this one, in ms, by its last `Date` header (RFC 9110 section 6.6.1). */
  aheadMs: number | null;
  failed: { atMs: number; code: ErrorCode } | null;
}

/** Endings that say nothing of the way there: the host answered, or nothing was sent. */
const answeredAllTheSame: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['redirect_refused', 'answer_too_large']);
const neverAsked: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['address_invalid', 'address_insecure', 'internal']);

/** More hosts than a person has; the one seen longest ago goes. */
const mostHosts = 500;

/**
 * Watches every call go by and remembers of each host when it answered, by which clock, and when it could not be
 * reached: the evidence of `diagnose.ts`. Host names and times only; in memory, gone with the program.
 */
export class Sightings {
  readonly #seen = new Map<string, Sighting>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(transport: Transport): Transport {
    return {
      send: async (request) => {
        const startedAtMs = this.#clock.nowMs();
        const answer = await transport.send(request).catch((thrown: unknown) => {
          this.#failed(request, asAppError(thrown).code, startedAtMs);
          throw thrown;
        });
        this.#answered(request, answer);
        return answer;
      },
    };
  }

  of(host: string): Sighting | null {
    return this.#seen.get(host) ?? null;
  }

  all(): Sighting[] {
    return [...this.#seen.values()];
  }

  #answered(request: HttpRequest, answer: HttpAnswer): void {
    const host = hostOf(request);
    if (host === null) return;
    const before = this.#seen.get(host);
    this.#keep({
      host,
      answered: { atMs: answer.receivedAtMs, durationMs: answer.durationMs },
      aheadMs: aheadOf(answer) ?? before?.aheadMs ?? null,
      failed: null,
    });
  }

  #failed(request: HttpRequest, code: ErrorCode, startedAtMs: number): void {
    const host = hostOf(request);
    if (host === null || neverAsked.has(code)) return;
    const before = this.#seen.get(host);
    const atMs = this.#clock.nowMs();
    if (answeredAllTheSame.has(code)) {
      const answered = { atMs, durationMs: atMs - startedAtMs };
      this.#keep({ host, answered, aheadMs: before?.aheadMs ?? null, failed: null });
      return;
    }
    const { answered = null, aheadMs = null } = before ?? {};
    this.#keep({ host, answered, aheadMs, failed: { atMs, code } });
  }

  #keep(sighting: Sighting): void {
    this.#seen.delete(sighting.host);
    this.#seen.set(sighting.host, sighting);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostHosts && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** The header names whole seconds: half of one is added, and the answer is taken to be as old as half its way. */
function aheadOf({ headers, receivedAtMs, durationMs }: HttpAnswer): number | null {
  const atMs = Date.parse(headers['date'] ?? '');
  return Number.isNaN(atMs) ? null : Math.round(atMs + 500 - (receivedAtMs - durationMs / 2));
}

function hostOf(request: HttpRequest): string | null {
  const address = request.url.reveal();
  return URL.canParse(address) ? new URL(address).host : null;
}
