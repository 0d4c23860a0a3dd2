import { Check, Lock } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { FieldName } from '../../../shared/errors.ts';
import type { DraftPurpose, DraftView } from '../../../shared/model/draft.ts';
import { useText } from '../../ui/text.ts';
import './connect.css';
import './browser.css';
// After the sheet it narrows.
import './narrow.css';
import { rail, type RailStep } from './rail.ts';
import type { Step } from './steps.ts';

interface RailProps {
  purpose: DraftPurpose;
  step: Step;
  view: DraftView | null;
  providerName: string;
  /** Who signs in there: the person, or a company's people. */
  startedBy?: 'client' | 'provider' | undefined;
}

/** The four steps on a thread that fills as they are done. */
export function Rail({ purpose, step, view, providerName, startedBy }: RailProps) {
  const { connect } = useText();
  const words = connect.rail;
  const names: Record<Step, string> = {
    system: words.system,
    keys: words.keys,
    sign_in: words.signIn,
    done: words.done,
  };
  const practice = view?.realm === 'practice';
  const inBrowser = startedBy === 'provider' ? words.signInCompany : words.signInBrowser;
  const noteOf = (one: RailStep): string => {
    switch (one.note) {
      case 'which':
        return words.systemNow;
      case 'provider':
        return providerName;
      case 'get_keys':
        return words.keysNow;
      case 'get_token':
        return words.tokenNow;
      case 'keys_entered':
        return words.keysEntered;
      case 'keys_saved':
        return words.keysDone;
      case 'sign_in':
        return words.signInNow;
      case 'in_browser':
        return inBrowser;
      case 'on_another_page':
        return words.signInDevice;
      case 'paste_token':
        return words.signInToken;
      case 'signed_in':
        return words.signInDone;
      case 'not_needed':
        return words.signInNone;
      case 'ask_again':
        return words.signInAsk;
      case 'minutes':
        return words.doneFirst;
      case 'first_token':
        return words.doneNext;
      case 'new_token':
        return words.doneAgain;
      case null:
        return '';
    }
  };
  return (
    <aside className="rail-side">
      <ol className="rail" aria-label={words.label}>
        {rail(purpose, step, view).map((one, index) => (
          <li
            key={one.step}
            className={`rail-step ${one.condition}`}
            aria-current={one.condition === 'now' ? 'step' : undefined}
          >
            <span className="rail-line" aria-hidden>
              <span className="rail-dot num">{one.condition === 'done' ? <Check className="icon" /> : index + 1}</span>
              {index < 3 && <span className="rail-thread" />}
            </span>
            <span className="rail-text">
              <b>{names[one.step]}</b>
              <span className="note dim">{noteOf(one)}</span>
              {one.condition === 'done' && <span className="unseen">{words.stateDone}</span>}
            </span>
          </li>
        ))}
      </ol>
      <p className="rail-promise note dim">
        <Lock className="icon" aria-hidden />
        <span>{practice ? words.promisePractice : words.promise}</span>
      </p>
    </aside>
  );
}

interface PageProps {
  /** The fields that are marked; the first one on the page gets the focus. */
  marked?: readonly FieldName[];
  /** A failure, above the foot so that it is in sight wherever the page is scrolled to. */
  notice?: ReactNode;
  foot: ReactNode;
  onSubmit: () => void;
  centred?: boolean;
  children: ReactNode;
}

const none: readonly FieldName[] = [];

/** One page of the wizard: its task, a failure if there is one, and the foot. Enter presses the main button. */
export function Page({ marked = none, notice, foot, onSubmit, centred = false, children }: PageProps) {
  const form = useRef<HTMLFormElement>(null);

  // A page is reached with the focus on its heading, unless one of its fields took it.
  useEffect(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    form.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    for (const field of marked) {
      const control = form.current?.querySelector<HTMLElement>(`[data-field="${field}"] :is(input, button)`);
      if (control == null) continue;
      control.focus();
      return;
    }
  }, [marked]);

  return (
    <main className="wizard-sheet">
      <form
        ref={form}
        className="wizard-page"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className="wizard-body scrolls">
          <div className={centred ? 'wizard-in centred' : 'wizard-in'}>{children}</div>
        </div>
        {notice !== undefined && notice !== null && <div className="wizard-notice">{notice}</div>}
        <div className="wizard-foot">{foot}</div>
      </form>
    </main>
  );
}

export function PageTitle({ title, lead }: { title: string; lead?: ReactNode }) {
  return (
    <header>
      <h1 className="title" tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
    </header>
  );
}
