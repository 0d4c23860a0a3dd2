import type { Happening } from '../../../shared/model/practice.ts';
import type { EngineEndpoint } from './request-record.ts';
import { answer, page, type EngineAnswer } from './wire.ts';

/** What can be made to go wrong. Plain data, so that it crosses to an engine in another process. */
export type Fault =
  | { kind: 'html'; status?: number }
  /** Any answer: a 500, a 429 with Retry-After, a 400 in JSON. */
  | { kind: 'status'; status: number; contentType?: string; body?: string; headers?: Record<string, string> }
  /** The connection breaks; `drop_after` does the work first, so that the provider has acted. */
  | { kind: 'drop_before' }
  | { kind: 'drop_after' }
  | { kind: 'slow'; afterMs: number }
  | { kind: 'never' }
  | { kind: 'redirect'; location: string; status?: number };

export type FaultyEndpoint = EngineEndpoint | 'any';

interface Waiting {
  endpoint: FaultyEndpoint;
  times: number;
  fault: Fault;
  /** The happening that it belongs to; null where a test set it. */
  what: Happening | null;
}

/** Faults waiting to happen: the next N calls of an address. */
export class Switchboard {
  readonly #waiting: Waiting[] = [];

  failNext(endpoint: FaultyEndpoint, times: number, fault: Fault, what: Happening | null = null): void {
    this.#waiting.push({ endpoint, times, fault, what });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  take(endpoint: EngineEndpoint | null): Fault | null {
    const index = this.#waiting.findIndex((entry) => entry.endpoint === 'any' || entry.endpoint === endpoint);
    const entry = this.#waiting[index];
    if (entry === undefined) return null;
    entry.times -= 1;
    if (entry.times <= 0) this.#waiting.splice(index, 1);
    return entry.fault;
  }

  /** Calls that a happening still waits for. */
  left(what: Happening): number {
    return this.#waiting.filter((entry) => entry.what === what).reduce((sum, { times }) => sum + times, 0);
  }
}

/** The call with its fault; `handle` does what the provider would have done. */
export function faulty(fault: Fault, handle: () => EngineAnswer): EngineAnswer {
  switch (fault.kind) {
    case 'html':
      return page(fault.status ?? 200);
    case 'status':
      return answer(fault.status, fault.contentType ?? 'application/json', fault.body ?? '', fault.headers);
    case 'drop_before':
      return { kind: 'drop' };
    case 'drop_after':
      handle();
      return { kind: 'drop' };
    case 'slow': {
      const done = handle();
      return done.kind === 'answer' ? { ...done, afterMs: fault.afterMs } : done;
    }
    case 'never':
      return { kind: 'never' };
    case 'redirect':
      return answer(fault.status ?? 302, 'text/plain', '', { location: fault.location });
  }
}
