import type { Envelope } from '../../../shared/ipc/bridge.ts';
import type { SignInView } from '../../../shared/model/draft.ts';

export type Ending = { ok: true } | Envelope<never>;

export interface BrowserOut {
  /** The long call: answered when the sign-in is ended from outside. */
  go: (draftId: string) => Promise<Ending>;
  show: (now: Partial<SignInView>) => void;
  /** Nothing where no browser is out. */
  end: (ending: Ending) => void;
}

/** A browser that is out for one draft, as the fake main tells of it. */
export function browserOut(push: (signIns: SignInView[]) => void): BrowserOut {
  let answer: ((ending: Ending) => void) | null = null;
  let view: SignInView | null = null;
  return {
    go: async (draftId) => {
      const ending = new Promise<Ending>((resolve) => (answer = resolve));
      const nowMs = Date.now();
      view = {
        draftId,
        stage: 'waiting',
        comesBackBy: 'itself',
        browserFailed: false,
        startedAtMs: nowMs,
        endsAtMs: nowMs + 300_000,
        codeReceivedAtMs: null,
        codeEndsAtMs: null,
        strays: 0,
        device: null,
      };
      push([view]);
      const ended = await ending;
      answer = null;
      view = null;
      push([]);
      return ended;
    },
    show: (now) => {
      if (view === null) throw new Error('the browser is not out');
      view = { ...view, ...now };
      push([view]);
    },
    end: (ending) => answer?.(ending),
  };
}
