import { useCallback, useReducer, useRef } from 'react';
import type { FieldName } from '../../../shared/errors.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { GrantType } from '../../../shared/model/provider.ts';
import { useClient, useProvider } from '../../program.tsx';
import { useText } from '../../ui/text.ts';
import { missingServer } from './checks.ts';
import { changedWay, handOver, missingOn } from './hand-over.ts';
import type { SecretHandle } from './secret-input.tsx';
import { advance, type Form, opened, type Place, type SecretField, type Wizard } from './steps.ts';
import { usesKeys } from './way.ts';

export interface DraftActs {
  state: Wizard;
  place: Place;
  typed: (patch: Partial<Form>, field?: FieldName) => void;
  typedSecret: (field: SecretField) => void;
  /** Another way to connect, or another app; main is told at once, and takes what was typed of a secret. */
  choose: (choice: { grant: GrantType } | { appId: string | null }, secret?: SecretHandle | null) => Promise<boolean>;
  /** Hands the page over to main, empties its secret field, and goes on. False: something is wrong here. */
  leave: (to: Place, secret?: SecretHandle | null) => Promise<boolean>;
  /** The same, after looking for what is still empty. */
  next: (to: Place, secret?: SecretHandle | null) => Promise<boolean>;
  /** Hands over and makes the exchange. `byPaste`: nothing listens for the browser. */
  connect: (secret?: SecretHandle | null, byPaste?: boolean) => Promise<void>;
  /** Ends the sign-in that is out in the browser and begins it anew. */
  startAgain: () => void;
  /** Somebody else came back: kept as a connection of its own. */
  keepAsNew: () => Promise<void>;
  /** Somebody else came back, and is not wanted. */
  signInAsOther: () => Promise<void>;
  copyScopes: () => Promise<Problem | null>;
  copyRedirect: () => Promise<Problem | null>;
  /** Sends the browser to the redirect address, before any provider is involved. */
  rehearse: () => Promise<Problem | null>;
  /** Ends a rehearsal, or the wait for the browser. */
  stopWaiting: () => void;
  /** Has this vault register itself at the person's own server; its keys are then in the draft. */
  register: (secret?: SecretHandle | null) => Promise<void>;
  /** Has the provider asked for its addresses by the issuer; they are then in the draft. */
  find: (secret?: SecretHandle | null) => Promise<void>;
  /** Fills the addresses out of a provider file; main's dialogs choose it and show what is in it. */
  openProvider: (secret?: SecretHandle | null) => Promise<void>;
  copyKey: (which: 'client_id' | 'client_secret') => Promise<Problem | null>;
  /** What to say under a field, if it is marked. */
  badOf: (field: FieldName) => string | undefined;
}

/** A draft in main and its form here. One thing at a time: while main works, presses do nothing. */
export function useDraft(view: DraftView, start: (view: DraftView) => Wizard = opened): DraftActs {
  const client = useClient();
  const { connect: words } = useText();
  const [state, dispatch] = useReducer(advance, view, start);
  const working = useRef(false);
  const beginsAnew = useRef(false);
  const place: Place = state.addressesOpen ? 'addresses' : state.step;
  const provider = useProvider(state.form.providerId ?? '');
  const { id: draftId } = view;

  const typed = useCallback(
    (patch: Partial<Form>, field?: FieldName) =>
      dispatch(field === undefined ? { kind: 'typed', patch } : { kind: 'typed', patch, field }),
    [],
  );
  const typedSecret = useCallback((field: SecretField) => dispatch({ kind: 'typed_secret', field }), []);

  async function keep(to: Place | 'stay', secret: SecretHandle | null): Promise<boolean> {
    const input = handOver(state, place, secret?.read() ?? '');
    if (input === null) {
      if (to !== 'stay') dispatch({ kind: 'went', to });
      return true;
    }
    dispatch({ kind: 'busy', with: 'keeping' });
    const answer = await client.drafts.keep(input);
    if (!answer.ok) {
      dispatch({ kind: 'failed', problem: answer.problem });
      return false;
    }
    secret?.clear();
    dispatch({ kind: 'kept', view: answer.value, to });
    return true;
  }

  /** A part of the form goes to main while the page stays open as it is. */
  async function hold(part: Omit<Parameters<typeof client.drafts.keep>[0], 'draftId'>): Promise<Problem | null> {
    if (Object.keys(part).length === 0) return null;
    const kept = await client.drafts.keep({ draftId, ...part });
    if (!kept.ok) return kept.problem;
    dispatch({ kind: 'held', view: kept.value });
    return null;
  }

  async function alone(act: () => Promise<boolean>): Promise<boolean> {
    if (working.current) return false;
    working.current = true;
    try {
      return await act();
    } finally {
      working.current = false;
    }
  }

  function isWhole(secret: SecretHandle | null): boolean {
    const missing = missingOn(state, place, (secret?.read() ?? '') !== '', provider);
    if (missing.length > 0) dispatch({ kind: 'missing', fields: missing });
    return missing.length === 0;
  }

  async function exchange(byPaste: boolean): Promise<boolean> {
    for (;;) {
      dispatch({ kind: 'busy', with: 'connecting' });
      const answer = await client.drafts.connect(byPaste ? { draftId, byPaste } : { draftId });
      if (answer.ok) {
        dispatch({ kind: 'connected', result: answer.value });
        return true;
      }
      const again = beginsAnew.current;
      beginsAnew.current = false;
      // It was ended so that it can begin anew, unless it had come to another end by then.
      if (again && answer.problem.code === 'sign_in_cancelled') continue;
      dispatch({ kind: 'failed', problem: answer.problem });
      return false;
    }
  }

  return {
    state,
    place,
    typed,
    typedSecret,
    choose: (choice, secret = null) =>
      alone(async () => {
        const form = { ...state.form, ...choice };
        // What was pasted for one way is none for another; a client secret is one for all.
        const typedKey = usesKeys(state.form) && state.form.appId === null ? (secret?.read() ?? '') : '';
        typed(choice);
        const failed =
          (typedKey === '' ? null : await hold({ clientSecret: typedKey })) ??
          (await hold(changedWay({ ...state, form })));
        if (failed !== null) {
          dispatch({ kind: 'failed', problem: failed });
          return false;
        }
        secret?.clear();
        return true;
      }),
    leave: (to, secret = null) => alone(() => keep(to, secret)),
    next: (to, secret = null) => (isWhole(secret) ? alone(() => keep(to, secret)) : Promise.resolve(false)),
    connect: async (secret = null, byPaste = false) => {
      if (!isWhole(secret)) return;
      await alone(async () => (await keep('stay', secret)) && (await exchange(byPaste)));
    },
    startAgain: () => {
      beginsAnew.current = true;
      void client.drafts.cancelSignIn({ draftId });
    },
    keepAsNew: async () => {
      await alone(async () => {
        dispatch({ kind: 'busy', with: 'connecting' });
        const answer = await client.drafts.keepAsNew({ draftId });
        if (answer.ok) dispatch({ kind: 'connected', result: answer.value });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    signInAsOther: async () => {
      await alone(async () => {
        const answer = await client.drafts.signInAsOther({ draftId });
        if (answer.ok) dispatch({ kind: 'other_wanted', view: answer.value });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    copyScopes: async () => {
      const failed = await hold({ scopes: state.form.scopes });
      if (failed !== null) return failed;
      const copied = await client.drafts.copyScopes({ draftId });
      return copied.ok ? null : copied.problem;
    },
    copyRedirect: async () => {
      const failed = await hold(changedWay(state));
      if (failed !== null) return failed;
      const copied = await client.drafts.copyRedirect({ draftId });
      return copied.ok ? null : copied.problem;
    },
    rehearse: async () => {
      const failed = await hold(changedWay(state));
      if (failed !== null) return failed;
      const came = await client.drafts.rehearse({ draftId });
      return came.ok ? null : came.problem;
    },
    stopWaiting: useCallback(() => void client.drafts.cancelSignIn({ draftId }), [client, draftId]),
    register: async (secret = null) => {
      const missing = missingServer(state.form);
      if (missing.length > 0) {
        dispatch({ kind: 'missing', fields: missing });
        return;
      }
      await alone(async () => {
        if (!(await keep('stay', secret))) return false;
        dispatch({ kind: 'busy', with: 'registering' });
        const answer = await client.drafts.register({ draftId });
        if (answer.ok) dispatch({ kind: 'kept', view: answer.value, to: 'stay' });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    find: async (secret = null) => {
      if ((state.form.issuer ?? '').trim() === '') {
        dispatch({ kind: 'missing', fields: ['issuer'] });
        return;
      }
      await alone(async () => {
        if (!(await keep('stay', secret))) return false;
        dispatch({ kind: 'busy', with: 'finding' });
        const answer = await client.drafts.findAddresses({ draftId });
        if (answer.ok) dispatch({ kind: 'kept', view: answer.value, to: 'stay' });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    openProvider: async (secret = null) => {
      await alone(async () => {
        if (!(await keep('stay', secret))) return false;
        dispatch({ kind: 'busy', with: 'finding' });
        const answer = await client.drafts.openProvider({ draftId });
        // Whoever pressed Cancel a moment ago knows it.
        const calledOff = !answer.ok && answer.problem.code === 'not_confirmed';
        const now = calledOff ? await client.drafts.keep({ draftId }) : answer;
        if (now.ok) dispatch({ kind: 'kept', view: now.value, to: 'stay' });
        else dispatch({ kind: 'failed', problem: now.problem });
        return now.ok;
      });
    },
    copyKey: async (which) => {
      const answer = await client.drafts.copyKey({ draftId, which });
      return answer.ok ? null : answer.problem;
    },
    badOf: (field) => {
      if (!state.marked.includes(field)) return undefined;
      return state.problem === null ? words.keys.empty(field) : words.failure.here;
    },
  };
}
