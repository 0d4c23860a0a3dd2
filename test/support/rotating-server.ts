import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { answer, page, type EngineAnswer, type EngineRequest } from '../../electron/providers/practice/wire.ts';

/** What befalls the next refresh. After the first two the provider has acted and its answer does not arrive. */
export type RefreshFault = 'drop_after' | 'page_after' | 'drop_before' | 'page_before' | 'busy' | 'invalid_grant';

interface Refresh {
  token: string;
  atMs: number;
  /** `died`: the program that asked was gone before the answer came. */
  fault: RefreshFault | 'died' | null;
}

interface Rotation {
  token: string;
  atMs: number;
  refresh: Refresh;
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
  readonly refreshes: Refresh[] = [];
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
    const last = this.refreshes.at(-1);
    if (last === undefined) return;
    last.fault = 'died';
    const rotation = this.#rotations.findLast(({ token }) => token === last.token);
    if (rotation !== undefined) rotation.lost = true;
  }

  /**
   * May this sign-in be lost? Only when its last lost answer had too little grace, when each of the tries within the
   * grace was disturbed as well, or when it was the fourth in a row that was cut off: nobody asks for ever without a
   * pause. A client that did not even try in time has no excuse.
   */
  isExcused(signIn: number): boolean {
    const lost = this.#rotations.findLast((one) => one.lost && this.#signInOf.get(one.token) === signIn);
    if (lost === undefined) return false;
    if (this.graceMs < 5_000) return true;
    const endMs = lost.atMs + this.graceMs;
    const tries = this.refreshes.filter(({ token }) => token === lost.token);
    const which = tries.indexOf(lost.refresh);
    const cutOff = tries.slice(Math.max(0, which - 3), which).filter(({ fault }) => fault !== null && fault !== 'busy');
    const inGrace = tries.slice(which + 1).filter(({ atMs }) => atMs <= endMs);
    return cutOff.length === 3 || (inGrace.length > 0 && inGrace.every(({ fault }) => fault !== null));
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
    const refresh: Refresh = { token, atMs: this.#nowMs(), fault: arriving === null ? (fault ?? null) : 'died' };
    this.refreshes.push(refresh);
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
        this.#act(refresh, request, handle, true);
        return { kind: 'drop' };
      case 'page_after':
        this.#act(refresh, request, handle, true);
        return page(502);
      case undefined:
        return this.#act(refresh, request, handle, false);
    }
  }

  #act(
    refresh: Refresh,
    request: EngineRequest,
    handle: (request: EngineRequest) => EngineAnswer,
    lost: boolean,
  ): EngineAnswer {
    const { token, atMs } = refresh;
    const before = this.#answers.get(token);
    if (before !== undefined && atMs <= before.atMs + this.graceMs) return before.given;
    const given = handle(request);
    const next = refreshTokenIn(given);
    if (next !== null) {
      this.#signInOf.set(next, this.#signInOf.get(token) ?? 0);
      this.#answers.set(token, { given, atMs });
      this.#rotations.push({ token, atMs, refresh, lost });
    }
    return given;
  }
}

function refreshTokenIn(given: EngineAnswer): string | null {
  if (given.kind !== 'answer' || !given.body.startsWith('{')) return null;
  const { refresh_token: token } = JSON.parse(given.body) as { refresh_token?: unknown };
  return typeof token === 'string' ? token : null;
}
