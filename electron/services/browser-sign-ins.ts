import { AppError, asAppError } from '../../shared/errors.ts';
import type { SignInView } from '../../shared/model/draft.ts';
import { answerTo } from '../oauth/authorization-answer.ts';
import type { AuthorizationAttempt } from '../oauth/authorization-request.ts';
import { readPasted } from '../oauth/pasted-answer.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import type { Announce } from './announce.ts';
import type { Draft } from './draft.ts';
import type { Browser, Clock, Log, OpenRedirect, RedirectListeners, RedirectPage } from './ports.ts';
import type { Keys, ProviderCalls } from './provider-calls.ts';
import { isHere, standsInForState } from './redirect-address.ts';
import type { Turns } from './turns.ts';

export interface BrowserSignInTools {
  calls: ProviderCalls;
  clock: Clock;
  log: Log;
  browser: Browser;
  listeners: RedirectListeners;
  announce: Announce;
  /** By host and port: a rehearsal takes its turn among the sign-ins. */
  ports: Turns;
  /** The answer is here and a person is needed: brings our window to the front. */
  attention(): void;
  /** The page where a sign-in begins that the provider begins; null where nobody published its address. */
  startPage(draft: Draft): Secret | null;
  /** Practice is told the redirect address, since there is no page to type it on. */
  registerRedirect(draft: Draft, keys: Keys, redirectUri: string): void;
}

interface Code {
  code: Secret;
  receivedAtMs: number;
}

/** One sign-in that is out in the browser. */
interface Waiting {
  view: SignInView;
  draft: Draft;
  keys: Keys;
  redirectUri: string;
  attempt: AuthorizationAttempt | null;
  listener: OpenRedirect | null;
  /** The first ending counts, whatever comes later. */
  answer: Promise<Code | AppError>;
  end: (ending: Code | AppError) => void;
  /** A person said whose code it is, or gave up. */
  word: Promise<AppError | null>;
  say: (word: AppError | null) => void;
}

/** B6: nobody comes back to a listener after that. */
export const longestWaitMs = 300_000;
/** B8: a reload or a scanner that repeats the answer sees the same page for that long. */
const lateHitsMs = 10_000;

/**
 * Signing in through the system browser (RFC 8252): sends it out, waits for it to come back to the loopback listener,
 * or for a person to paste the address it landed on, and exchanges the code once. One at a time on a port.
 */
export class BrowserSignIns {
  readonly #tools: BrowserSignInTools;
  readonly #waiting = new Map<string, Waiting>();

  constructor(tools: BrowserSignInTools) {
    this.#tools = tools;
  }

  views(): SignInView[] {
    return [...this.#waiting.values()].map(({ view, listener }) => ({ ...view, strays: listener?.strays() ?? 0 }));
  }

  /**
   * `byPaste`: nothing is listened on, because another program holds the port or the browser cannot come back. Throws
   * `sign_in_…`, `redirect_…`, `browser_failed` never (F37), and what the exchange throws.
   */
  async signIn(draft: Draft, keys: Keys, redirectUri: string, byPaste: boolean): Promise<Granted> {
    // Before the browser is sent anywhere: a code that nobody could exchange would only run out (G7).
    this.#tools.calls.mustHaveTokenAddress(keys.app);
    const waiting = this.#begin(draft, keys, redirectUri, this.#canListen(keys, redirectUri) && !byPaste);
    const turn = waiting.view.comesBackBy === 'paste' ? null : this.#tools.ports.take(new URL(redirectUri).port);
    try {
      // Whoever is called off in the queue does not wait for the one in front.
      const first = await Promise.race([waiting.answer, turn?.mine ?? Promise.resolve(true as const)]);
      if (first instanceof AppError) throw first;
      const came = await this.#code(waiting);
      // The port is not needed any more, however long the person takes to say whose code it is.
      turn?.done();
      const { code } = await this.#vouchedFor(waiting, came);
      this.#show(waiting, { stage: 'exchanging', endsAtMs: null });
      const { attempt } = waiting;
      if (attempt === null) throw new AppError('internal');
      const { verifier, state } = attempt;
      return await this.#tools.calls.exchangeCode(keys, { code, redirectUri: attempt.redirectUri, verifier, state });
    } finally {
      turn?.done();
      this.#waiting.delete(draft.id);
      this.#tools.announce.part('signIns');
    }
  }

  /** The wait ends with `sign_in_cancelled`. An exchange under way goes on: its code is used up by now. */
  cancel(draftId: string): void {
    const waiting = this.#waiting.get(draftId);
    waiting?.end(new AppError('sign_in_cancelled'));
    waiting?.say(new AppError('sign_in_cancelled'));
  }

  /** The program ends: nothing is waited for any more. */
  cancelAll(): void {
    for (const draftId of this.#waiting.keys()) this.cancel(draftId);
  }

  /**
   * G3: the address that the browser landed on, or the code alone. What is wrong with it is thrown and ends nothing.
   * An address has to answer this very try; a bare code is tied to it by the verifier, or by the person's own word.
   */
  paste(draftId: string, pasted: string): void {
    const waiting = this.#get(draftId, 'waiting');
    const { attempt, keys } = waiting;
    if (attempt === null) throw new AppError('not_found');
    const read = readPasted(pasted, attempt.redirectUri);
    if (read.kind === 'code') {
      waiting.end({ code: read.code, receivedAtMs: this.#tools.clock.nowMs() });
      return;
    }
    const answer = answerTo(attempt, this.#tools.calls.answersAs(keys.app), read.query);
    if (answer === null) {
      const hasCode = new URLSearchParams(read.query).has('code');
      throw new AppError(hasCode ? 'pasted_of_another' : 'pasted_no_code', { field: 'redirectUri' });
    }
    waiting.end(answer.kind === 'error' ? answer.error : this.#received(answer.code));
  }

  /** The person's word on whose code it is. G4: one past its stated life is sent only when they say so. */
  confirm(draftId: string, evenLate: boolean): void {
    const { view, keys, say } = this.#get(draftId, 'confirming');
    const isLate = view.codeEndsAtMs !== null && view.codeEndsAtMs <= this.#tools.clock.nowMs();
    if (isLate && !evenLate) throw new AppError('code_late', { name: this.#tools.calls.name(keys.app.providerId) });
    say(null);
  }

  /** The same link once more: the tab was closed, or the wrong browser opened. Throws `browser_failed`. */
  async openAgain(draftId: string): Promise<void> {
    const waiting = this.#get(draftId, 'waiting');
    await this.#sendOut(waiting);
    this.#show(waiting, { browserFailed: false });
  }

  /** For main's clipboard alone: it holds the state of this try. Throws `not_found` where nothing begins with a link. */
  link(draftId: string): Secret {
    const { attempt, draft } = this.#get(draftId, 'waiting');
    const link = attempt?.url ?? this.#tools.startPage(draft);
    if (link === null) throw new AppError('not_found');
    return link;
  }

  #get(draftId: string, stage: SignInView['stage']): Waiting {
    const waiting = this.#waiting.get(draftId);
    if (waiting?.view.stage !== stage) throw new AppError('not_found');
    return waiting;
  }

  #begin(draft: Draft, keys: Keys, redirectUri: string, listens: boolean): Waiting {
    const [answer, end] = deferred<Code | AppError>();
    const [word, say] = deferred<AppError | null>();
    const view: SignInView = {
      draftId: draft.id,
      stage: 'queued',
      comesBackBy: listens ? 'itself' : 'paste',
      browserFailed: false,
      startedAtMs: this.#tools.clock.nowMs(),
      endsAtMs: null,
      codeReceivedAtMs: null,
      codeEndsAtMs: null,
      strays: 0,
      device: null,
    };
    const waiting: Waiting = {
      ...{ view, draft, keys, redirectUri, attempt: null, listener: null },
      ...{ answer, end, word, say },
    };
    this.#waiting.set(draft.id, waiting);
    this.#tools.announce.part('signIns');
    return waiting;
  }

  #show(waiting: Waiting, now: Partial<SignInView>): void {
    Object.assign(waiting.view, now);
    this.#tools.announce.part('signIns');
  }

  #received(code: Secret): Code {
    return { code, receivedAtMs: this.#tools.clock.nowMs() };
  }

  /**
   * On this computer, and with something in it that nobody else can know: where the provider begins there is no state,
   * so any web page could end such a wait or plant a code on an address that it can guess (B6).
   */
  #canListen({ app }: Keys, redirectUri: string): boolean {
    return isHere(redirectUri) && (!this.#tools.calls.startsAtProvider(app) || standsInForState(redirectUri));
  }

  /** Sends the browser out and waits for the code. The listener is open as long as that, and no longer. */
  async #code(waiting: Waiting): Promise<Code> {
    const { calls, clock } = this.#tools;
    const { keys } = waiting;
    let stopTimer = (): void => undefined;
    let showsPage = false;
    try {
      const listener = await this.#listen(waiting);
      waiting.attempt = await calls.authorizationAttempt(keys, {
        redirectUri: listener?.redirectUri ?? waiting.redirectUri,
        scopes: waiting.draft.scopes,
      });
      if (listener !== null) {
        const timedOut = new AppError('sign_in_timed_out', { name: calls.name(keys.app.providerId) });
        stopTimer = clock.after(longestWaitMs, () => waiting.end(timedOut));
      }
      this.#show(waiting, { stage: 'waiting', endsAtMs: listener === null ? null : clock.nowMs() + longestWaitMs });
      // Called off meanwhile: then no browser is opened any more.
      const early = await Promise.race([waiting.answer, Promise.resolve(null)]);
      if (early instanceof AppError) throw early;
      this.#tools.registerRedirect(waiting.draft, keys, waiting.attempt.redirectUri);
      // Not waited for: an opener that hangs must not hold up Cancel, the clock or the answer.
      void this.#sendOut(waiting).catch((thrown: unknown) => {
        const error = asAppError(thrown);
        // The person can copy the link or paste the address: a browser that does not start ends nothing (F37).
        if (error.code !== 'browser_failed') waiting.end(error);
        else if (this.#waiting.get(waiting.draft.id) === waiting) this.#show(waiting, { browserFailed: true });
      });
      const ending = await waiting.answer;
      const gaveUp = ending instanceof AppError && /^sign_in_(cancelled|timed_out)$/.test(ending.code);
      showsPage = !gaveUp;
      if (ending instanceof AppError) throw ending;
      this.#tools.attention();
      return ending;
    } finally {
      stopTimer();
      // Not waited for: the port is free in ten seconds, or as soon as the next sign-in wants it.
      void waiting.listener?.close(showsPage ? lateHitsMs : 0).catch(() => undefined);
    }
  }

  async #listen(waiting: Waiting): Promise<OpenRedirect | null> {
    if (waiting.view.comesBackBy === 'paste') return null;
    const { calls, listeners } = this.#tools;
    const anyPort = calls.takesAnyPort(waiting.keys.app);
    waiting.listener = await listeners.open(waiting.redirectUri, anyPort, (query) => this.#judge(waiting, query));
    return waiting.listener;
  }

  /** Whatever is no answer to this very try is a stray and ends nothing (B3, B8). */
  #judge(waiting: Waiting, query: Secret): RedirectPage | null {
    const { attempt, keys } = waiting;
    if (attempt === null || waiting.view.stage !== 'waiting') return null;
    const answer = answerTo(attempt, this.#tools.calls.answersAs(keys.app), query.reveal());
    if (answer === null) return null;
    waiting.end(answer.kind === 'error' ? answer.error : this.#received(answer.code));
    return answer.kind === 'error' ? 'declined' : 'signed_in';
  }

  /** A sign-in that the provider began carries no state of ours: a person says whose it is before it is used (B6). */
  async #vouchedFor(waiting: Waiting, came: Code): Promise<Code> {
    const { calls } = this.#tools;
    if (!calls.startsAtProvider(waiting.keys.app)) return came;
    const seconds = calls.codeSeconds(waiting.keys.app);
    this.#show(waiting, {
      stage: 'confirming',
      endsAtMs: null,
      codeReceivedAtMs: came.receivedAtMs,
      codeEndsAtMs: seconds === null ? null : came.receivedAtMs + seconds * 1000,
    });
    const word = await waiting.word;
    if (word !== null) throw word;
    return came;
  }

  async #sendOut({ attempt, draft, keys }: Waiting): Promise<void> {
    const { browser, calls, log } = this.#tools;
    const page = attempt?.url ?? this.#tools.startPage(draft);
    if (page === null) return;
    try {
      await browser.openSignIn(page, calls.signInOrigin(keys.app, page));
    } catch (thrown) {
      log.write('browser did not open', { provider: keys.app.providerId, code: asAppError(thrown).code });
      throw thrown;
    }
  }
}

/** A promise and the way to settle it; only the first settling counts. */
function deferred<T>(): [Promise<T>, (value: T) => void] {
  const settle: { with: ((value: T) => void) | null } = { with: null };
  const promise = new Promise<T>((resolve) => (settle.with = resolve));
  return [promise, (value) => settle.with?.(value)];
}
