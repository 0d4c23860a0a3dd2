import type { HttpAnswer, HttpRequest, Transport } from '../oauth/transport.ts';
import type { Clock } from './ports.ts';

/** This computer's clocks: the one on the wall, which anybody may set, and one that only runs. */
export interface LocalClock extends Clock {
  /** Ms since some moment: never jumps, and stands still while the computer sleeps. */
  runningMs(): number;
}

/** A `Date` header has whole seconds and the answer was on its way: less than this is no difference. */
const noticeableMs = 5_000;
/** A server that was heard longer ago than this no longer counts: the clock may have drifted or been set since. */
const freshMs = 24 * 3_600_000;
/** What a clock that is set back or forward moves by at least; less is drift, or a busy computer. */
const jumpMs = 2_000;

interface Heard {
  offsetMs: number;
  atRunningMs: number;
}

/**
 * The time as the servers tell it. Each answer's `Date` measures how far this computer's clock is off; where servers
 * disagree, the one that is nearest to this clock is believed, since a wrong clock here disagrees with all of them and a
 * wrong server only with the others. Everything that counts time asks here, so that a clock that is an hour off, or set
 * in the middle of the work, ends no token early and keeps none too long (F25).
 */
export class TrueTime implements Clock {
  readonly #local: LocalClock;
  readonly #heard = new Map<string, Heard>();
  #offsetMs = 0;
  #last: { wallMs: number; runningMs: number };
  #changed: () => void = () => undefined;

  constructor(local: LocalClock) {
    this.#local = local;
    this.#last = { wallMs: local.nowMs(), runningMs: local.runningMs() };
  }

  /** One listener: told when the time is another than it was thought to be. */
  onChange(run: () => void): void {
    this.#changed = run;
  }

  nowMs(): number {
    const wallMs = this.#local.nowMs();
    this.#noticeSetBack(wallMs);
    return wallMs + this.#offsetMs;
  }

  after(ms: number, run: () => void): () => void {
    return this.#local.after(ms, run);
  }

  /** How far this computer's clock is behind the time (positive) or ahead of it (negative). */
  offsetMs(): number {
    return this.#offsetMs;
  }

  /** The same transport; each answer tells the time, and is stamped with it. */
  heardThrough(transport: Transport): Transport {
    return {
      send: async (request: HttpRequest): Promise<HttpAnswer> => {
        const answer = await transport.send(request);
        this.#hear(new URL(request.url.reveal()).host, answer);
        return { ...answer, receivedAtMs: this.nowMs() };
      },
    };
  }

  #hear(host: string, { headers, durationMs }: HttpAnswer): void {
    const toldMs = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(toldMs)) return;
    // Written somewhere on the way, and cut to the second: half of both is the best guess.
    const offsetMs = toldMs + 500 + durationMs / 2 - this.#local.nowMs();
    const atRunningMs = this.#local.runningMs();
    this.#heard.set(host, { offsetMs: Math.abs(offsetMs) < noticeableMs ? 0 : offsetMs, atRunningMs });
    for (const [name, heard] of this.#heard) if (atRunningMs - heard.atRunningMs > freshMs) this.#heard.delete(name);
    const nearest = [...this.#heard.values()].sort((a, b) => Math.abs(a.offsetMs) - Math.abs(b.offsetMs))[0];
    this.#set(nearest?.offsetMs ?? 0);
  }

  /**
   * A wall clock that went back while the running one went on was set by somebody: what was heard moves with it. One
   * that leapt ahead may also have slept, so that is taken as time that passed, until a server says otherwise.
   */
  #noticeSetBack(wallMs: number): void {
    const runningMs = this.#local.runningMs();
    const setBackMs = runningMs - this.#last.runningMs - (wallMs - this.#last.wallMs);
    this.#last = { wallMs, runningMs };
    if (setBackMs < jumpMs) return;
    for (const heard of this.#heard.values()) heard.offsetMs += setBackMs;
    this.#set(this.#offsetMs + setBackMs);
  }

  #set(offsetMs: number): void {
    if (Math.abs(offsetMs - this.#offsetMs) < jumpMs) return;
    this.#offsetMs = Math.round(offsetMs);
    this.#changed();
  }
}
