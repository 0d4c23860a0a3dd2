import { createHash, randomBytes } from 'node:crypto';

/** What a code was given out for; nothing of it may differ when it is exchanged. */
export interface CodeGrant {
  clientId: string;
  redirectUri: string;
  /** Null: no challenge came, because no request of the client's did. */
  challenge: string | null;
  username: string;
  /** The sign-in it begins: what it brings ends together. */
  family: string;
}

type Held = CodeGrant & { endsAtMs: number; used: boolean };

const codeMs = 600_000;
const mostCodes = 2000;

/** Authorization codes: ten minutes, one use (RFC 6749 section 4.1.2). A used one is remembered, so that a second use shows. */
export class CodeBook {
  readonly #codes = new Map<string, Held>();

  issue(grant: CodeGrant, nowMs: number): string {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { ...grant, endsAtMs: nowMs + codeMs, used: false });
    const oldest = this.#codes.keys().next();
    if (this.#codes.size > mostCodes && oldest.done !== true) this.#codes.delete(oldest.value);
    return code;
  }

  find(code: string): Readonly<Held> | null {
    return this.#codes.get(code) ?? null;
  }

  /** Whatever comes of this exchange, there is no other. */
  spend(code: string): void {
    const held = this.#codes.get(code);
    if (held !== undefined) held.used = true;
  }
}

/** RFC 7636 section 4.6, S256 alone. */
export function fitsChallenge(verifier: string | undefined, challenge: string): boolean {
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
