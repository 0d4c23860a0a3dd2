import { randomBytes, randomInt } from 'node:crypto';

/** Without vowels, so that no word comes of it, and without what looks alike (RFC 8628 section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const lifeMs = 600_000;
/** Section 3.5: five seconds more for good, each time it is asked too soon. */
const moreMs = 5_000;

interface Held {
  userCode: string;
  clientId: string;
  endsAtMs: number;
  intervalMs: number;
  askedAtMs: number | null;
  /** Null while nobody has said anything. */
  said: { username: string } | 'declined' | null;
}

/** Codes that a person types on another page: ten minutes, one use. */
export class DeviceBook {
  readonly #held = new Map<string, Held>();

  issue(clientId: string, intervalMs: number, nowMs: number): { deviceCode: string; userCode: string; lifeMs: number } {
    const deviceCode = randomBytes(24).toString('base64url');
    const letter = (): string => letters[randomInt(letters.length)] ?? 'B';
    const userCode = `${Array.from({ length: 4 }, letter).join('')}-${Array.from({ length: 4 }, letter).join('')}`;
    this.#held.set(deviceCode, {
      ...{ userCode, clientId, intervalMs },
      ...{ endsAtMs: nowMs + lifeMs, askedAtMs: null, said: null },
    });
    return { deviceCode, userCode, lifeMs };
  }

  /** Whose app waits for this code; null where none does. */
  clientOf(userCode: string, nowMs: number): string | null {
    return this.#waiting(userCode, nowMs)?.clientId ?? null;
  }

  say(userCode: string, said: { username: string } | 'declined', nowMs: number): boolean {
    const held = this.#waiting(userCode, nowMs);
    if (held !== null) held.said = said;
    return held !== null;
  }

  /** What a poll is told; a code that came to its end is forgotten. */
  ask(
    deviceCode: string,
    clientId: string,
    nowMs: number,
  ): { username: string } | 'declined' | 'pending' | 'slow_down' | 'ended' {
    const held = this.#held.get(deviceCode);
    if (held === undefined || held.clientId !== clientId) return 'ended';
    const tooSoon = held.askedAtMs !== null && nowMs - held.askedAtMs < held.intervalMs;
    held.askedAtMs = nowMs;
    if (tooSoon) {
      held.intervalMs += moreMs;
      return 'slow_down';
    }
    if (held.endsAtMs > nowMs && held.said === null) return 'pending';
    this.#held.delete(deviceCode);
    return held.endsAtMs <= nowMs || held.said === null ? 'ended' : held.said;
  }

  #waiting(userCode: string, nowMs: number): Held | null {
    const held = [...this.#held.values()].find((one) => one.userCode === userCode);
    return held === undefined || held.endsAtMs <= nowMs || held.said !== null ? null : held;
  }
}
