import { useCallback, useReducer, useRef } from 'react';
import type { FieldName } from '../../../shared/errors.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { useText } from '../../ui/text.ts';
import type { SecretHandle } from './secret-input.tsx';
import { missingServer } from './checks.ts';
import { advance, type Form, handOver, missingOn, opened, type Place, type Wizard } from './steps.ts';

export interface DraftActs {
  state: Wizard;
  place: Place;
  typed: (patch: Partial<Form>, field?: FieldName) => void;
  typedSecret: (field: 'clientSecret' | 'password') => void;
  /** Hands the page over to main, empties its secret field, and goes on. False: something is wrong here. */
  leave: (to: Place, secret?: SecretHandle | null) => Promise<boolean>;
  /** The same, after looking for what is still empty. */
  next: (to: Place, secret?: SecretHandle | null) => Promise<boolean>;
  /** Hands over and makes the exchange. */
  connect: (secret?: SecretHandle | null) => Promise<void>;
  copyScopes: () => Promise<Problem | null>;
  /** Has this vault register itself at the person's own server; its keys are then in the draft. */
  register: (secret?: SecretHandle | null) => Promise<void>;
  copyKey: (which: 'client_id' | 'client_secret') => Promise<Problem | null>;
  /** What to say under a field, if it is marked. */
  badOf: (field: FieldName) => string | undefined;
}

/** A draft in main and its form here. One thing at a time: while main works, presses do nothing. */
export function useDraft(view: DraftView): DraftActs {
  const client = useClient();
  const { connect: words } = useText();
  const [state, dispatch] = useReducer(advance, view, opened);
  const working = useRef(false);
  const place: Place = state.addressesOpen ? 'addresses' : state.step;

  const typed = useCallback(
    (patch: Partial<Form>, field?: FieldName) =>
      dispatch(field === undefined ? { kind: 'typed', patch } : { kind: 'typed', patch, field }),
    [],
  );
  const typedSecret = useCallback(
    (field: 'clientSecret' | 'password') => dispatch({ kind: 'typed_secret', field }),
    [],
  );

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
    const missing = missingOn(state, place, (secret?.read() ?? '') !== '');
    if (missing.length > 0) dispatch({ kind: 'missing', fields: missing });
    return missing.length === 0;
  }

  return {
    state,
    place,
    typed,
    typedSecret,
    leave: (to, secret = null) => alone(() => keep(to, secret)),
    next: (to, secret = null) => (isWhole(secret) ? alone(() => keep(to, secret)) : Promise.resolve(false)),
    connect: async (secret = null) => {
      if (!isWhole(secret)) return;
      await alone(async () => {
        if (!(await keep('stay', secret))) return false;
        dispatch({ kind: 'busy', with: 'connecting' });
        const answer = await client.drafts.connect({ draftId: view.id });
        if (answer.ok) dispatch({ kind: 'connected', result: answer.value });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    copyScopes: async () => {
      const kept = await client.drafts.keep({ draftId: view.id, scopes: state.form.scopes });
      if (!kept.ok) return kept.problem;
      dispatch({ kind: 'held', view: kept.value });
      const copied = await client.drafts.copyScopes({ draftId: view.id });
      return copied.ok ? null : copied.problem;
    },
    register: async (secret = null) => {
      const missing = missingServer(state.form);
      if (missing.length > 0) {
        dispatch({ kind: 'missing', fields: missing });
        return;
      }
      await alone(async () => {
        if (!(await keep('stay', secret))) return false;
        dispatch({ kind: 'busy', with: 'registering' });
        const answer = await client.drafts.register({ draftId: view.id });
        if (answer.ok) dispatch({ kind: 'kept', view: answer.value, to: 'stay' });
        else dispatch({ kind: 'failed', problem: answer.problem });
        return answer.ok;
      });
    },
    copyKey: async (which) => {
      const answer = await client.drafts.copyKey({ draftId: view.id, which });
      return answer.ok ? null : answer.problem;
    },
    badOf: (field) => {
      if (!state.marked.includes(field)) return undefined;
      return state.problem === null ? words.keys.empty(field) : words.failure.here;
    },
  };
}
