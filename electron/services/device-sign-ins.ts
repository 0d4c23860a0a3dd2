import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { SignInView } from '../../shared/model/draft.ts';
import type { DeviceAttempt } from '../oauth/device-grant.ts';
import type { Granted } from '../oauth/tokens.ts';
import { Secret } from '../secret.ts';
import type { Announce } from './announce.ts';
import type { Draft } from './draft.ts';
import type { Browser, Clock, Log } from './ports.ts';
import type { Keys, ProviderCalls } from './provider-calls.ts';

export interface DeviceSignInTools {
  calls: ProviderCalls;
  clock: Clock;
  log: Log;
  browser: Browser;
  announce: Announce;
  /** The answer is here: brings our window to the front. */
  attention: () => void;
}

interface Waiting {
  view: SignInView;
  attempt: DeviceAttempt;
  /** Ends the pause that is under way, and with it the wait. */
  cancel: () => void;
  cancelled: boolean;
}

/** RFC 8628 section 3.5: five seconds more, for this and every later question. */
const slowDownMs = 5_000;
const longestPauseMs = 60_000;

/** Says nothing about the code: it is asked again, with pauses twice as long (section 3.5). */
const mayPass: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'no_answer_in_time',
  'answer_lost',
  'server_refused',
  'host_unknown',
  'offline',
  'provider_busy',
  'provider_failing',
]);

/** Signing in on another page (RFC 8628): shows a code, and asks until a person has allowed it there. */
export class DeviceSignIns {
  readonly #tools: DeviceSignInTools;
  readonly #waiting = new Map<string, Waiting>();

  constructor(tools: DeviceSignInTools) {
    this.#tools = tools;
  }

  views(): SignInView[] {
    return [...this.#waiting.values()].map(({ view }) => view);
  }

  isOut(draftId: string): boolean {
    return this.#waiting.has(draftId);
  }

  /** Throws `sign_in_cancelled`, `sign_in_declined`, `device_code_ended`, and what the calls throw. */
  async signIn(draft: Draft, keys: Keys): Promise<Granted> {
    const { calls, clock, announce, attention } = this.#tools;
    // Before a person types anything anywhere: a code that nobody could exchange would only run out (G7).
    calls.mustHaveTokenAddress(keys.app);
    const attempt = await calls.askForDeviceCode(keys, draft.scopes);
    const waiting: Waiting = {
      view: {
        draftId: draft.id,
        stage: 'waiting',
        comesBackBy: 'itself',
        browserFailed: false,
        startedAtMs: clock.nowMs(),
        endsAtMs: attempt.endsAtMs,
        codeReceivedAtMs: null,
        codeEndsAtMs: null,
        strays: 0,
        device: {
          userCode: attempt.userCode,
          page: attempt.verificationUri,
          codeIsInLink: attempt.completeUri !== null,
        },
      },
      attempt,
      cancel: () => undefined,
      cancelled: false,
    };
    this.#waiting.set(draft.id, waiting);
    announce.part('signIns');
    try {
      const granted = await this.#ask(waiting, keys);
      attention();
      return granted;
    } finally {
      this.#waiting.delete(draft.id);
      announce.part('signIns');
    }
  }

  /** The wait ends with `sign_in_cancelled`; an answer that is under way by then still counts. */
  cancel(draftId: string): void {
    const waiting = this.#waiting.get(draftId);
    if (waiting === undefined) return;
    waiting.cancelled = true;
    waiting.cancel();
  }

  /** The program ends: nothing is waited for any more. */
  cancelAll(): void {
    for (const draftId of this.#waiting.keys()) this.cancel(draftId);
  }

  /** Opens the page, with the code in it where the provider has such a link. Throws `browser_failed`. */
  async openPage(draftId: string): Promise<void> {
    const { browser, log } = this.#tools;
    const waiting = this.#get(draftId);
    const link = this.link(draftId);
    try {
      await browser.openSignIn(link, { origin: new URL(link.reveal()).origin, unencryptedAgreed: false });
    } catch (thrown) {
      log.write('browser did not open', { code: asAppError(thrown).code });
      this.#show(waiting, { browserFailed: true });
      throw thrown;
    }
    this.#show(waiting, { browserFailed: false });
  }

  link(draftId: string): Secret {
    const { completeUri, verificationUri } = this.#get(draftId).attempt;
    return completeUri ?? new Secret(verificationUri);
  }

  userCode(draftId: string): Secret {
    return new Secret(this.#get(draftId).attempt.userCode);
  }

  async #ask(waiting: Waiting, keys: Keys): Promise<Granted> {
    const { calls, clock } = this.#tools;
    const { attempt } = waiting;
    let { intervalMs } = attempt;
    for (;;) {
      await this.#pause(waiting, intervalMs);
      if (waiting.cancelled) throw new AppError('sign_in_cancelled');
      if (clock.nowMs() >= attempt.endsAtMs) throw new AppError('device_code_ended', { name: calls.nameOf(keys.app) });
      try {
        return await calls.askWhetherAllowed(keys, attempt);
      } catch (thrown) {
        const { code } = asAppError(thrown);
        if (code === 'device_slow_down') intervalMs += slowDownMs;
        else if (mayPass.has(code)) intervalMs = Math.min(intervalMs * 2, longestPauseMs);
        else if (code !== 'device_pending') throw thrown;
      }
    }
  }

  #pause(waiting: Waiting, ms: number): Promise<void> {
    if (waiting.cancelled) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.#tools.clock.after(ms, resolve);
      waiting.cancel = () => {
        stop();
        resolve();
      };
    });
  }

  #get(draftId: string): Waiting {
    const waiting = this.#waiting.get(draftId);
    if (waiting === undefined) throw new AppError('not_found');
    return waiting;
  }

  #show(waiting: Waiting, now: Partial<SignInView>): void {
    Object.assign(waiting.view, now);
    this.#tools.announce.part('signIns');
  }
}
