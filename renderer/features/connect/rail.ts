import type { DraftPurpose, DraftView } from '../../../shared/model/draft.ts';
import { signsIn, usesBrowser, usesDevice, usesKeys } from './way.ts';
import { steps, type Step } from './steps.ts';

export interface RailStep {
  step: Step;
  condition: 'done' | 'now' | 'to_do';
  note:
    | 'which'
    | 'provider'
    | 'get_keys'
    | 'get_token'
    | 'keys_entered'
    | 'keys_saved'
    | 'sign_in'
    | 'in_browser'
    | 'paste_token'
    | 'on_another_page'
    | 'signed_in'
    | 'not_needed'
    | 'ask_again'
    | 'minutes'
    | 'first_token'
    | 'new_token'
    | null;
}

/** The four steps of the rail. A step that is not needed says so and counts as done once it is passed. */
export function rail(purpose: DraftPurpose, step: Step, view: DraftView | null): RailStep[] {
  const now = steps.indexOf(step);
  const again = purpose.kind === 'sign_in_again';
  const known = view !== null && view.providerId !== null && step !== 'system';
  // Keys are stored with the first token, unless they belong to an app one has.
  const saved = again || step === 'done' || view?.appId != null;
  return steps.map((name, index): RailStep => {
    const condition = index < now ? 'done' : index === now ? 'now' : 'to_do';
    switch (name) {
      case 'system':
        return { step: name, condition, note: condition === 'now' ? 'which' : 'provider' };
      case 'keys':
        return { step: name, condition, note: keysNote(condition, saved, view) };
      case 'sign_in':
        return { step: name, condition, note: known ? signInNote(condition, again, view) : null };
      case 'done':
        return { step: name, condition, note: again ? 'new_token' : known ? 'first_token' : 'minutes' };
    }
  });
}

function keysNote(condition: RailStep['condition'], saved: boolean, view: DraftView | null): RailStep['note'] {
  if (condition === 'to_do') return null;
  if (condition === 'done') return saved ? 'keys_saved' : 'keys_entered';
  return view === null || usesKeys(view) ? 'get_keys' : 'get_token';
}

function signInNote(condition: RailStep['condition'], again: boolean, view: DraftView): RailStep['note'] {
  // To sign in again with a token that was made by hand is to paste another one.
  if (again && !usesKeys(view)) return condition === 'done' ? 'signed_in' : 'paste_token';
  if (!signsIn(view)) return again ? 'ask_again' : 'not_needed';
  if (condition === 'done') return 'signed_in';
  if (usesBrowser(view)) return 'in_browser';
  if (usesDevice(view)) return 'on_another_page';
  return view.grant === 'refresh_token' ? 'paste_token' : 'sign_in';
}
