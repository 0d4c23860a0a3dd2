import { randomBytes } from 'node:crypto';
import { AppError, asAppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import type { Browser, Clock, OpenRedirect, RedirectListeners } from './ports.ts';
import { isHere } from './redirect-address.ts';
import type { Turns } from './turns.ts';

export interface RehearseTools {
  browser: Browser;
  listeners: RedirectListeners;
  clock: Clock;
  ports: Turns;
}

/** A browser that has to be started needs a while; a person at a consent page is not in this. */
export const longestRehearsalMs = 30_000;

/** Tries the way back before any provider is involved: sends the browser to the redirect address itself. */
export class Rehearsals {
  readonly #tools: RehearseTools;
  readonly #stops = new Map<string, () => void>();

  constructor(tools: RehearseTools) {
    this.#tools = tools;
  }

  /**
   * Resolves when the browser came. Throws `redirect_port_taken`, `redirect_not_here`, `browser_failed`,
   * `rehearsal_silent`, `sign_in_cancelled`. A second one for the same wizard stops the first.
   */
  async run(draftId: string, redirectUri: string): Promise<void> {
    if (!isHere(redirectUri)) throw new AppError('redirect_not_here', { host: new URL(redirectUri).host });
    this.stop(draftId);
    const stopped = new Promise<AppError>((resolve) => {
      this.#stops.set(draftId, () => resolve(new AppError('sign_in_cancelled')));
    });
    const stop = this.#stops.get(draftId);
    try {
      await rehearse(this.#tools, redirectUri, stopped);
    } finally {
      if (this.#stops.get(draftId) === stop) this.#stops.delete(draftId);
    }
  }

  stop(draftId: string): void {
    this.#stops.get(draftId)?.();
  }

  stopAll(): void {
    for (const stop of this.#stops.values()) stop();
  }
}

async function rehearse(tools: RehearseTools, redirectUri: string, cancelled: Promise<AppError>): Promise<void> {
  const { browser, listeners, clock, ports } = tools;
  const turn = ports.take(new URL(redirectUri).port);
  let listener: OpenRedirect | null = null;
  let stopTimer = (): void => undefined;
  try {
    const first = await Promise.race([cancelled, turn.mine]);
    if (first instanceof AppError) throw first;
    const query = `rehearsal=${randomBytes(16).toString('hex')}`;
    const expected = new Secret(query);
    let cameBack = (): void => undefined;
    const came = new Promise<null>((resolve) => (cameBack = () => resolve(null)));
    listener = await listeners.open(redirectUri, false, (hit) => {
      if (!expected.equals(hit)) return null;
      cameBack();
      return 'rehearsed';
    });
    const silent = new Promise<AppError>((resolve) => {
      stopTimer = clock.after(longestRehearsalMs, () => resolve(new AppError('rehearsal_silent')));
    });
    const target = new URL(redirectUri);
    target.search = query;
    // An opener that hangs must not hold up Cancel, the clock or the browser that came.
    const failed = browser
      .openSignIn(new Secret(target.href), { origin: target.origin, unencryptedAgreed: false })
      .then(() => new Promise<never>(() => undefined), asAppError);
    const ending = await Promise.race([came, cancelled, silent, failed]);
    if (ending instanceof AppError) throw ending;
  } finally {
    stopTimer();
    void listener?.close(0).catch(() => undefined);
    turn.done();
  }
}
