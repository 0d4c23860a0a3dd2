import type { FieldName } from '../../../shared/errors.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { EndpointKind, GrantType } from '../../../shared/model/provider.ts';
import { type OfWay, signsIn, usesKeys } from './way.ts';

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
  grant: GrantType;
  /** What was typed over the address main offers; null = nothing, empty = this program's own again. */
  redirectUri: string | null;
  /** By the choice's id; what is not in it stands on its first value. */
  choices: Record<string, string>;
  username: string;
  company: string;
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
  /** Somebody else than the connection's account came back; a person says what becomes of it. */
  cameBack: { name: string; expected: string | null } | null;
  /** The browser is still signed in as the one who is not wanted. */
  signOutFirst: boolean;
  /** This program's own redirect address for the chosen system, once main has told it. */
  ownRedirectUri: string | null;
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
    grant: view.grant,
    redirectUri: null,
    choices: view.choices,
    username: view.username,
    company: view.company,
    label: view.label,
    endpoints: Object.fromEntries(view.endpoints.map((endpoint) => [endpoint.kind, endpoint.url])),
  };
}

/** Signing in again starts where the person is needed; the keys are fixed. */
export function opened(view: DraftView, keyless = false): Wizard {
  const form = formOf(view);
  return {
    view,
    form: keyless ? { ...form, appId: null, grant: 'personal_access_token' } : form,
    step: view.purpose.kind === 'sign_in_again' ? 'sign_in' : view.providerId === null ? 'system' : 'keys',
    addressesOpen: false,
    busy: null,
    problem: null,
    failedWith: null,
    marked: [],
    touched: false,
    cameBack: null,
    signOutFirst: false,
    ownRedirectUri: view.appId === null ? view.redirectUri : null,
    result: null,
  };
}

export type SecretField = 'clientSecret' | 'password' | 'pastedToken';

export type WizardEvent =
  | { kind: 'typed'; patch: Partial<Form>; field?: FieldName }
  | { kind: 'typed_secret'; field: SecretField }
  | { kind: 'busy'; with: Work }
  | { kind: 'kept'; view: DraftView; to: Place | 'stay' }
  /** Main took a part of the form while the page stays open (the scopes, to copy them). */
  | { kind: 'held'; view: DraftView }
  /** Who came back is not wanted: the sign-in is empty again. */
  | { kind: 'other_wanted'; view: DraftView }
  | { kind: 'missing'; fields: FieldName[] }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'went'; to: Place }
  | { kind: 'connected'; result: NonNullable<Wizard['result']> };

const at = (state: Wizard, to: Place): Wizard =>
  to === 'addresses' ? { ...state, addressesOpen: true } : { ...state, step: to, addressesOpen: false };

function ownRedirectOf(state: Wizard, view: DraftView): string | null {
  const own = view.appId === null ? view.redirectUri : null;
  return view.providerId === state.view.providerId ? (state.ownRedirectUri ?? own) : own;
}

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
      const kept = {
        ...settled(state),
        view: event.view,
        form: formOf(event.view),
        ownRedirectUri: ownRedirectOf(state, event.view),
        busy: null,
      };
      return event.to === 'stay' ? kept : at(kept, event.to);
    }
    case 'held':
      return { ...state, view: event.view, ownRedirectUri: ownRedirectOf(state, event.view) };
    case 'other_wanted':
      return {
        ...at(state, 'sign_in'),
        ...{ view: event.view, form: formOf(event.view), cameBack: null, signOutFirst: true },
        ...{ busy: null, problem: null, failedWith: null, marked: [] },
      };
    case 'missing':
      return { ...state, marked: event.fields, problem: null, failedWith: null };
    case 'failed': {
      const { code, facts } = event.problem;
      const who = { name: facts.name ?? '', expected: facts.expected ?? null };
      return {
        ...state,
        // What came is in main's hands: closing the wizard would lose it.
        ...(code === 'wrong_account' ? { cameBack: who, touched: true } : {}),
        busy: null,
        problem: event.problem,
        failedWith: state.busy,
        marked: facts.field === undefined ? [] : [facts.field],
      };
    }
    case 'went':
      return at(settled(state), event.to);
    case 'connected':
      return { ...at(state, 'done'), busy: null, problem: null, failedWith: null, marked: [], result: event.result };
  }
}

/** Does this step end with the exchange? Then its button names that act. */
export function isLast(way: OfWay, step: Step): boolean {
  return step === 'sign_in' || (step === 'keys' && !signsIn(way));
}

export function previous(step: Step): Step | null {
  return step === 'keys' ? 'system' : step === 'sign_in' ? 'keys' : null;
}

/** Which page holds this field. A token that was made by hand is pasted where other ways have their keys. */
export function placeOf(field: FieldName, way: OfWay = { grant: 'password' }): Road {
  switch (field) {
    case 'pastedToken':
      return usesKeys(way) ? 'sign_in' : 'keys';
    case 'username':
    case 'password':
    case 'company':
    case 'label':
      return 'sign_in';
    case 'authorizationEndpoint':
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
    case 'redirectUri':
      return 'keys';
  }
}

/** Where a failure sends the person, when its likely field is on another page than the one shown. */
export function roadTo(state: Wizard): Road | null {
  const field = state.problem?.facts.field;
  if (field === undefined) return null;
  const place = placeOf(field, state.form);
  if (state.view.purpose.kind === 'sign_in_again' && place === 'keys') return null;
  if (place === 'sign_in' && !signsIn(state.form)) return null;
  const here: Place = state.addressesOpen ? 'addresses' : state.step;
  return place === here ? null : place;
}
