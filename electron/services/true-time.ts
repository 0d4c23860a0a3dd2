import { isLoopbackHost } from '../oauth/endpoint.ts';
import { leastAheadMs, serverAhead } from '../oauth/server-date.ts';
import type { HttpAnswer, Transport } from '../oauth/transport.ts';
import type { Clock, Correction, LocalClock } from './ports.ts';

export interface TrueTimeOptions {
  /** Does what is heard there come from another clock than ours, unaltered? Usually: over https from another computer. */
  hasClockOfItsOwn?: (url: URL) => boolean;
}

/** What one server's clock said: how far it is ahead of ours, heard when that much time had passed here. */
interface Heard {
  aheadMs: number;
  slackMs: number;
  atPassedMs: number;
}

const dayMs = 86_400_000;
/** Wall and running clock drift apart by less than this between two looks. */
const leastJumpMs = 2000;
/** The window draws by this computer's clock and our offset; so long it may be wrong after the clock was set. */
const lookEveryMs = 1000;
/** A wake may be told of a little after the first look. */
const lateWakeMs = 60_000;

/**
 * The time by the providers' clocks: this computer's own, put right by what the `Date` of their answers shows. Of
 * the servers heard within a day the one nearest to our clock is believed, so that one whose clock is wrong moves
 * nothing while another agrees with us. A clock that is set meanwhile changes nothing: the offset moves the other way.
 */
export class TrueTime implements Clock, Correction {
  readonly #local: LocalClock;
  readonly #hasClockOfItsOwn: (url: URL) => boolean;
  readonly #heard = new Map<string, Heard>();
  #offsetMs = 0;
  /** Where both clocks stood when last looked at. */
  #wallMs: number;
  #runningMs: number;
  /** Time that passed here: what ran and what was slept. */
  #passedMs = 0;
  /** Jumps so far: what was asked before one and answered after it tells nothing about the clock as it is now. */
  #jumps = 0;
  #asleep = false;
  /** Jumped ahead by so much, and nobody said that the computer slept. */
  #held: { byMs: number; atPassedMs: number } | null = null;
  #changed: () => void = () => undefined;
  #telling = false;

  constructor(local: LocalClock, options: TrueTimeOptions = {}) {
    this.#local = local;
    this.#hasClockOfItsOwn = options.hasClockOfItsOwn ?? isOtherComputer;
    this.#wallMs = local.nowMs();
    this.#runningMs = local.runningMs();
  }

  nowMs(): number {
    this.#look();
    return this.#wallMs + this.#offsetMs;
  }

  after(ms: number, run: () => void): () => void {
    return this.#local.after(ms, run);
  }

  offsetMs(): number {
    this.#look();
    return this.#offsetMs;
  }

  mayBeMs(): number {
    return this.nowMs() + (this.#held?.byMs ?? 0);
  }

  onChange(run: () => void): void {
    this.#changed = run;
  }

  /** Looks at the clocks each second from now on, as long as the program lives. */
  start(): void {
    this.#look();
    this.#local.after(lookEveryMs, () => this.start());
  }

  /** The computer goes to sleep: until it is told awake, a wall clock that ran ahead was not set. */
  sleeps(): void {
    this.#look();
    this.#asleep = true;
  }

  /** The computer woke. A jump that was just taken for a set clock was its sleep. */
  wakes(): void {
    this.#asleep = true;
    this.#look();
    this.#asleep = false;
    const held = this.#held;
    if (held === null || this.#passedMs - held.atPassedMs > lateWakeMs) return;
    this.#passedMs += held.byMs;
    this.#held = null;
    this.#move(held.byMs);
  }

  /** The transport that listens to what it carries; its answers are stamped in true time. */
  over(transport: Transport): Transport {
    return {
      send: async (request) => {
        this.#look();
        const before = this.#jumps;
        const answer = await transport.send(request);
        this.#look();
        if (before === this.#jumps) this.#hear(new URL(request.url.reveal()), answer);
        return { ...answer, receivedAtMs: this.nowMs() };
      },
    };
  }

  #hear(url: URL, { headers, durationMs }: HttpAnswer): void {
    if (!this.#hasClockOfItsOwn(url)) return;
    const measured = serverAhead({ headers, durationMs, receivedAtMs: this.#wallMs });
    if (measured === null) return;
    const before = this.#heard.get(url.host);
    // Whole seconds and the way there and back: what differs by no more than that is what was known already.
    const same = before !== undefined && Math.abs(measured.aheadMs - before.aheadMs) <= leastJumpMs + measured.slackMs;
    this.#heard.set(url.host, { ...(same ? before : measured), atPassedMs: this.#passedMs });
    // Its clock and ours have parted at the jump: the jump was no set clock, and what others said was moved wrongly.
    const wasSleep = this.#held !== null && before !== undefined && !same;
    for (const [host, { atPassedMs }] of this.#heard) {
      const isOld = this.#passedMs - atPassedMs > dayMs || (wasSleep && host !== url.host);
      if (isOld) this.#heard.delete(host);
    }
    const [nearest] = [...this.#heard.values()].sort((a, b) => Math.abs(a.aheadMs) - Math.abs(b.aheadMs));
    if (nearest === undefined) return;
    const isOurs = Math.abs(nearest.aheadMs) < leastAheadMs + nearest.slackMs;
    const offsetMs = isOurs ? 0 : Math.round(nearest.aheadMs);
    const changes = offsetMs !== this.#offsetMs || this.#held !== null;
    this.#offsetMs = offsetMs;
    this.#held = null;
    if (changes) this.#tell();
  }

  /** Finds out whether the wall clock jumped since the last look, and what that means. */
  #look(): void {
    const wallMs = this.#local.nowMs();
    const runningMs = this.#local.runningMs();
    const ranMs = runningMs - this.#runningMs;
    const jumpMs = Math.round(wallMs - this.#wallMs - ranMs);
    this.#wallMs = wallMs;
    this.#runningMs = runningMs;
    this.#passedMs += ranMs;
    if (Math.abs(jumpMs) <= leastJumpMs) return;
    this.#jumps += 1;
    if (jumpMs > 0 && this.#asleep) {
      this.#passedMs += jumpMs;
      this.#tell();
      return;
    }
    // Set ahead, or asleep without a word (a machine that was paused). Held for the former, since that cannot call a
    // living token ended; the doubt lasts until a server is heard, and one that is set back again ends it as well.
    const heldMs = (this.#held?.byMs ?? 0) + jumpMs;
    this.#held = heldMs > leastJumpMs ? { byMs: heldMs, atPassedMs: this.#passedMs } : null;
    this.#move(-jumpMs);
  }

  /** True time goes on as it was, whatever this computer's clock did. */
  #move(byMs: number): void {
    for (const [host, heard] of this.#heard) this.#heard.set(host, { ...heard, aheadMs: heard.aheadMs + byMs });
    this.#offsetMs += byMs;
    this.#tell();
  }

  /** Not in the midst of whoever just asked for the time. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#changed();
    });
  }
}

/**
 * A server on this computer goes by the very clock in question, and would always agree with it. What came in clear
 * may have been written on the way.
 */
function isOtherComputer(url: URL): boolean {
  return url.protocol === 'https:' && !isLoopbackHost(url.hostname);
}
