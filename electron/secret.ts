import { createHash, timingSafeEqual } from 'node:crypto';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A token, client secret, password or code. Every way a string leaks by accident (template, JSON, console,
 * error) gives `[secret]`; `.reveal()` is the one way out and can be searched for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** First 8 hex digits of the SHA-256: enough to recognise a token in a log, useless for calling an API. */
  fingerprint(): string {
    return createHash('sha256').update(this.#value, 'utf8').digest('hex').slice(0, 8);
  }

  equals(other: Secret): boolean {
    const mine = createHash('sha256').update(this.#value, 'utf8').digest();
    const theirs = createHash('sha256').update(other.#value, 'utf8').digest();
    return timingSafeEqual(mine, theirs);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect](): string {
    return '[secret]';
  }
}
