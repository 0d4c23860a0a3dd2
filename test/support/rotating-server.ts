import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { answer, page, type EngineAnswer, type EngineRequest } from '../../electron/providers/practice/wire.ts';

/** What befalls the next refresh. After the first two the provider has acted and its answer does not arrive. */
export type RefreshFault = 'drop_after' | 'page_after' | 'drop_before' | 'page_before' | 'busy' | 'invalid_grant';

interface Rotation {
  token: string;
  atMs: number;
  lost: boolean;
}

/**
 * Lays grace over an engine that rotates: for so long the old refresh token is answered with the same pair again, as
 * Connect2id, WorkOS and Cognito do (security.md C1). And it is the witness: what was sent, and what was answered.
 */
export class RotatingServer {
  graceMs = 0;
  readonly faults: RefreshFault[] = [];
  /** Runs once, when the next refresh arrives and before anybody acts on it; nothing is answered then. */
  arriving: (() => void) | null = null;
  readonly refreshes: { token: string; atMs: number; faulty: boolean }[] = [];
  readonly #answers = new Map<string, { given: EngineAnswer; atMs: number }>();
  readonly #rotations: Rotation[] = [];
  readonly #signInOf = new Map<string, number>();
  readonly #nowMs: () => number;
  #signIns = 0;

  constructor(engine: PracticeEngine, nowMs: () => number) {
    this.#nowMs = nowMs;
    const handle = engine.handle.bind(engine);
    engine.handle = (request) => this.#handle(request, handle);
  }

  /** The number of the newest sign-in: every token of it and of its renewals bears it here. */
  get newestSignIn(): number {
    return this.#signIns;
  }

  /** The answer that was just given did not arrive, though the server sent it. */
  lastAnswerWasLost(): void {
    const last = this.#rotations.at(-1);
    if (last !== undefined) last.lost = true;
  }

  /**
   * May this sign-in be lost? Only when its last lost answer had too little grace, or when each of the tries within
   * the grace was disturbed as well. A client that did not even try in time has no excuse.
   */
  isExcused(signIn: number): boolean {
    const lost = this.#rotations.findLast((one) => one.lost && this.#signInOf.get(one.token) === signIn);
    if (lost === undefined) return false;
    if (this.graceMs < 5_000) return true;
    const endMs = lost.atMs + this.graceMs;
    const tries = this.refreshes.slice(this.refreshes.findLastIndex(({ atMs }) => atMs < lost.atMs) + 1);
    const inGrace = tries.filter(({ token, atMs }) => token === lost.token && atMs <= endMs).slice(1);
    return inGrace.length > 0 && inGrace.every(({ faulty }) => faulty);
  }

  #handle(request: EngineRequest, handle: (request: EngineRequest) => EngineAnswer): EngineAnswer {
    const parameters = new URLSearchParams(request.query === '' ? request.body : request.query);
    if (parameters.get('grant_type') !== 'refresh_token') {
      const given = handle(request);
      const token = refreshTokenIn(given);
      if (token !== null) this.#signInOf.set(token, (this.#signIns += 1));
      return given;
    }
    const token = parameters.get('refresh_token') ?? '';
    const arriving = this.arriving;
    this.arriving = null;
    const fault = arriving === null ? this.faults.shift() : undefined;
    this.refreshes.push({ token, atMs: this.#nowMs(), faulty: fault !== undefined || arriving !== null });
    if (arriving !== null) {
      arriving();
      return { kind: 'drop' };
    }
    switch (fault) {
      case 'drop_before':
        return { kind: 'drop' };
      case 'page_before':
        return page(503);
      case 'busy':
        return answer(429, 'application/json', '{}', { 'retry-after': '4' });
      case 'invalid_grant':
        return answer(400, 'application/json', '{"error":"invalid_grant"}');
      case 'drop_after':
        this.#act(token, request, handle, true);
        return { kind: 'drop' };
      case 'page_after':
        this.#act(token, request, handle, true);
        return page(502);
      case undefined:
        return this.#act(token, request, handle, false);
    }
  }

  #act(token: string, request: EngineRequest, handle: (r: EngineRequest) => EngineAnswer, lost: boolean): EngineAnswer {
    const atMs = this.#nowMs();
    const before = this.#answers.get(token);
    if (before !== undefined && atMs <= before.atMs + this.graceMs) return before.given;
    const given = handle(request);
    const next = refreshTokenIn(given);
    if (next !== null) {
      this.#signInOf.set(next, this.#signInOf.get(token) ?? 0);
      this.#answers.set(token, { given, atMs });
      this.#rotations.push({ token, atMs, lost });
    }
    return given;
  }
}

function refreshTokenIn(given: EngineAnswer): string | null {
  if (given.kind !== 'answer' || !given.body.startsWith('{')) return null;
  const { refresh_token: token } = JSON.parse(given.body) as { refresh_token?: unknown };
  return typeof token === 'string' ? token : null;
}
