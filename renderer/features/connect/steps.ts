import type { FieldName } from '../../../shared/errors.ts';
import type { DraftInput, DraftPurpose, DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { EndpointKind } from '../../../shared/model/provider.ts';
import { addressFault, agreedOrigin, changedServer, fieldOfEndpoint, missingServer } from './checks.ts';

/** The wizard as data: what step is shown, what was typed, what went wrong. No secret is ever in it. */
export const steps = ['system', 'keys', 'sign_in', 'done'] as const;
export type Step = (typeof steps)[number];
/** Addresses are a side road of the step they were opened from. */
export type Place = Step | 'addresses';
/** A page that holds fields. */
export type Road = Exclude<Place, 'done'>;

export interface Form {
  providerId: string | null;
  appId: string | null;
  appName: string;
  clientId: string;
  regionId: string;
  /** Null where the hosts are fixed. */
  baseUrl: string | null;
  unencryptedAgreed: boolean;
  scopes: string[];
  username: string;
  label: string;
  endpoints: Partial<Record<EndpointKind, string>>;
}

type Work = 'keeping' | 'registering' | 'connecting';

export interface Wizard {
  view: DraftView;
  form: Form;
  step: Step;
  addressesOpen: boolean;
  busy: Work | null;
  problem: Problem | null;
  /** What failed: handing over, or the exchange itself. */
  failedWith: Work | null;
  /** Fields that are marked: the likely cause of a failure, or what is still empty. Typing in one unmarks it. */
  marked: FieldName[];
  /** Did the person type or choose anything that Cancel would lose? */
  touched: boolean;
  result: { connectionId: string; account: string | null; accountChecked: boolean } | null;
}

export function formOf(view: DraftView): Form {
  return {
    providerId: view.providerId,
    appId: view.appId,
    appName: view.appName,
    clientId: view.clientId,
    regionId: view.regionId,
    baseUrl: view.baseUrl,
    unencryptedAgreed: view.unencryptedAgreed,
    scopes: view.scopes,
    username: view.username,
    label: view.label,
    endpoints: Object.fromEntries(view.endpoints.map((endpoint) => [endpoint.kind, endpoint.url])),
  };
}

/** Signing in again starts where the person is needed; the keys are fixed. */
export function opened(view: DraftView): Wizard {
  return {
    view,
    form: formOf(view),
    step: view.purpose.kind === 'sign_in_again' ? 'sign_in' : view.providerId === null ? 'system' : 'keys',
    addressesOpen: false,
    busy: null,
    problem: null,
    failedWith: null,
    marked: [],
    touched: false,
    result: null,
  };
}

export type WizardEvent =
  | { kind: 'typed'; patch: Partial<Form>; field?: FieldName }
  | { kind: 'typed_secret'; field: 'clientSecret' | 'password' }
  | { kind: 'busy'; with: Work }
  | { kind: 'kept'; view: DraftView; to: Place | 'stay' }
  /** Main took a part of the form while the page stays open (the scopes, to copy them). */
  | { kind: 'held'; view: DraftView }
  | { kind: 'missing'; fields: FieldName[] }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'went'; to: Place }
  | { kind: 'connected'; result: NonNullable<Wizard['result']> };

const at = (state: Wizard, to: Place): Wizard =>
  to === 'addresses' ? { ...state, addressesOpen: true } : { ...state, step: to, addressesOpen: false };

/**
 * Leaving a page settles what was wrong on it; but the likely cause of a failed exchange goes along until the person
 * has been at that field, for it may be on another page.
 */
function settled(state: Wizard): Wizard {
  const goesAlong = state.failedWith === 'connecting' && state.problem !== null && state.marked.length > 0;
  return goesAlong ? state : { ...state, problem: null, failedWith: null, marked: [] };
}

export function advance(state: Wizard, event: WizardEvent): Wizard {
  switch (event.kind) {
    case 'typed': {
      const marked = event.field === undefined ? state.marked : state.marked.filter((name) => name !== event.field);
      return { ...state, form: { ...state.form, ...event.patch }, marked, touched: true };
    }
    case 'typed_secret':
      // A key stroke that changes nothing here draws nothing anew.
      if (state.touched && !state.marked.includes(event.field)) return state;
      return { ...state, marked: state.marked.filter((name) => name !== event.field), touched: true };
    case 'busy':
      return event.with === 'keeping'
        ? { ...state, busy: 'keeping' }
        : { ...state, busy: event.with, problem: null, failedWith: null, marked: [] };
    case 'kept': {
      // Main's answer is the truth; what it holds is what the next page shows.
      const kept = { ...settled(state), view: event.view, form: formOf(event.view), busy: null };
      return event.to === 'stay' ? kept : at(kept, event.to);
    }
    case 'held':
      return { ...state, view: event.view };
    case 'missing':
      return { ...state, marked: event.fields, problem: null, failedWith: null };
    case 'failed':
      return {
        ...state,
        busy: null,
        problem: event.problem,
        failedWith: state.busy,
        marked: event.problem.facts.field === undefined ? [] : [event.problem.facts.field],
      };
    case 'went':
      return at(settled(state), event.to);
    case 'connected':
      return { ...at(state, 'done'), busy: null, problem: null, failedWith: null, marked: [], result: event.result };
  }
}

export const signsIn = (view: DraftView): boolean => view.grant !== 'client_credentials';

/** Does this step end with the exchange? Then its button names that act. */
export function isLast(view: DraftView, step: Step): boolean {
  return step === 'sign_in' || (step === 'keys' && !signsIn(view));
}

export function previous(step: Step): Step | null {
  return step === 'keys' ? 'system' : step === 'sign_in' ? 'keys' : null;
}

/** Which page holds this field. */
export function placeOf(field: FieldName): Road {
  switch (field) {
    case 'username':
    case 'password':
    case 'label':
      return 'sign_in';
    case 'tokenEndpoint':
    case 'revocationEndpoint':
    case 'testEndpoint':
      return 'addresses';
    case 'appName':
    case 'clientId':
    case 'clientSecret':
    case 'region':
    case 'baseUrl':
    case 'unencryptedAgreed':
    case 'scopes':
      return 'keys';
  }
}

/** Where a failure sends the person, when its likely field is on another page than the one shown. */
export function roadTo(state: Wizard): Road | null {
  const field = state.problem?.facts.field;
  if (field === undefined) return null;
  const place = placeOf(field);
  if (state.view.purpose.kind === 'sign_in_again' && place === 'keys') return null;
  if (place === 'sign_in' && !signsIn(state.view)) return null;
  const here: Place = state.addressesOpen ? 'addresses' : state.step;
  return place === here ? null : place;
}

/** What is still empty on a page; a secret counts as there when main has it or the field holds something. */
export function missingOn(state: Wizard, place: Place, typedSecret: boolean): FieldName[] {
  const { form, view } = state;
  const missing: FieldName[] = [];
  if (place === 'keys' && form.appId === null) {
    missing.push(...missingServer(form));
    if (form.clientId.trim() === '') missing.push('clientId');
    if (!view.clientSecretEntered && !typedSecret) missing.push('clientSecret');
  }
  if (place === 'sign_in' && signsIn(view)) {
    if (form.username.trim() === '') missing.push('username');
    if (!view.passwordEntered && !typedSecret) missing.push('password');
  }
  if (place === 'addresses') {
    for (const { kind } of view.endpoints) {
      if (addressFault(form.endpoints[kind] ?? '', agreedOrigin(form)) !== null) missing.push(fieldOfEndpoint(kind));
    }
  }
  return missing;
}

/**
 * What goes to main when a page is left: only what that page can change and what differs from what main holds.
 * Main drops a finished exchange that could not be saved when anything new is typed, so "the same again" stays silent.
 */
export function handOver(state: Wizard, place: Place, secret: string): DraftInput | null {
  const changes = changesOn(state, place, secret);
  return Object.keys(changes).length === 0 ? null : { draftId: state.view.id, ...changes };
}

function changesOn({ form, view }: Wizard, place: Place, secret: string): Omit<DraftInput, 'draftId'> {
  switch (place) {
    case 'system':
      return form.providerId === null || form.providerId === view.providerId ? {} : { providerId: form.providerId };
    case 'keys':
      if (form.appId !== null) return form.appId === view.appId ? {} : { appId: form.appId };
      return {
        ...(view.appId === null ? {} : { appId: null }),
        ...(form.appName === view.appName ? {} : { appName: form.appName }),
        ...(form.clientId === view.clientId ? {} : { clientId: form.clientId }),
        ...(form.regionId === view.regionId ? {} : { regionId: form.regionId }),
        ...changedServer(form, view),
        ...(form.scopes.join(' ') === view.scopes.join(' ') ? {} : { scopes: form.scopes }),
        ...(secret === '' ? {} : { clientSecret: secret }),
      };
    case 'sign_in':
      if (!signsIn(view)) return {};
      return {
        ...(form.username === view.username ? {} : { username: form.username }),
        ...(form.label === view.label ? {} : { label: form.label }),
        ...(secret === '' ? {} : { password: secret }),
      };
    case 'addresses': {
      const changed = view.endpoints.flatMap(({ kind, url }) => {
        const typed = (form.endpoints[kind] ?? '').trim();
        return typed === url ? [] : [{ kind, url: typed }];
      });
      return changed.length === 0 ? {} : { endpoints: changed };
    }
    case 'done':
      return {};
  }
}

export interface RailStep {
  step: Step;
  condition: 'done' | 'now' | 'to_do';
  note:
    | 'which'
    | 'provider'
    | 'get_keys'
    | 'keys_entered'
    | 'keys_saved'
    | 'sign_in'
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
        return {
          step: name,
          condition,
          note: condition === 'now' ? 'get_keys' : condition === 'to_do' ? null : saved ? 'keys_saved' : 'keys_entered',
        };
      case 'sign_in':
        if (!known) return { step: name, condition, note: null };
        if (signsIn(view)) return { step: name, condition, note: condition === 'done' ? 'signed_in' : 'sign_in' };
        return { step: name, condition, note: again ? 'ask_again' : 'not_needed' };
      case 'done':
        return { step: name, condition, note: again ? 'new_token' : known ? 'first_token' : 'minutes' };
    }
  });
}
