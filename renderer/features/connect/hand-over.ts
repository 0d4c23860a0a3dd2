import type { FieldName } from '../../../shared/errors.ts';
import type { DraftInput } from '../../../shared/model/draft.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { addressFault, agreedOrigin, changedServer, fieldOfEndpoint, missingServer } from './checks.ts';
import type { Form, Place, Wizard } from './steps.ts';
import { asksCompany, needsSecret, pastesToken, usesKeys } from './way.ts';

type Changes = Omit<DraftInput, 'draftId'>;
type Asking = Pick<ProviderView, 'clientSecret' | 'company'>;

/** The app a sign-in is made with: a token that was made by hand belongs to none that a person chooses. */
export const appOf = ({ appId, grant }: Pick<Form, 'appId' | 'grant'>): string | null =>
  usesKeys({ grant }) ? appId : null;

/** Main has such a token; one that was pasted for another way is none for this. */
const hasToken = ({ form, view }: Wizard): boolean => view.pastedTokenEntered && view.grant === form.grant;

/** What is still empty on a page; a secret counts as there when main has it or the field holds something. */
export function missingOn(state: Wizard, place: Place, typedSecret: boolean, provider?: Asking): FieldName[] {
  const { form, view } = state;
  const missing: FieldName[] = [];
  if (place === 'keys' && !usesKeys(form)) {
    missing.push(...missingServer(form));
    if (!hasToken(state) && !typedSecret) missing.push('pastedToken');
  } else if (place === 'keys' && form.appId === null) {
    missing.push(...missingServer(form));
    if (form.redirectUri !== null && form.redirectUri !== '' && addressFault(form.redirectUri) !== null) {
      missing.push('redirectUri');
    }
    if (form.clientId.trim() === '') missing.push('clientId');
    if (!view.clientSecretEntered && !typedSecret && needsSecret(form, provider)) missing.push('clientSecret');
  }
  if (place === 'sign_in') {
    if (asksCompany(form, provider) && form.company.trim() === '') missing.push('company');
    if (pastesToken(form)) {
      if (!hasToken(state) && !typedSecret) missing.push('pastedToken');
    } else if (form.grant === 'password') {
      if (form.username.trim() === '') missing.push('username');
      if (!view.passwordEntered && !typedSecret) missing.push('password');
    }
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

function changesOn(state: Wizard, place: Place, secret: string): Changes {
  const { form, view } = state;
  switch (place) {
    case 'system':
      return form.providerId === null || form.providerId === view.providerId ? {} : { providerId: form.providerId };
    case 'keys':
      return changedKeys(state, secret);
    case 'sign_in':
      return {
        ...(form.grant === 'password' && form.username !== view.username ? { username: form.username } : {}),
        ...(form.company === view.company ? {} : { company: form.company }),
        ...(form.label === view.label ? {} : { label: form.label }),
        ...(secret === '' ? {} : pastesToken(form) ? { pastedToken: secret } : { password: secret }),
      };
    case 'addresses': {
      const changed = view.endpoints.flatMap(({ kind, url }) => {
        const typed = (form.endpoints[kind] ?? '').trim();
        return typed === url ? [] : [{ kind, url: typed }];
      });
      return {
        ...(changed.length === 0 ? {} : { endpoints: changed }),
        ...(sameChoices(form.choices, view.choices) ? {} : { choices: form.choices }),
        ...changedWay(state),
      };
    }
    case 'done':
      return {};
  }
}

function changedKeys(state: Wizard, secret: string): Changes {
  const { form, view } = state;
  const way = changedWay(state);
  const typedToken = secret === '' || usesKeys(form) ? {} : { pastedToken: secret };
  if (appOf(form) !== null) return way;
  return {
    ...way,
    ...(form.appName === view.appName ? {} : { appName: form.appName }),
    ...(form.clientId === view.clientId ? {} : { clientId: form.clientId }),
    ...(form.regionId === view.regionId ? {} : { regionId: form.regionId }),
    ...changedServer(form, view),
    ...(form.issuer === null || form.issuer.trim() === view.discovery?.issuer ? {} : { issuer: form.issuer.trim() }),
    ...(form.scopes.join(' ') === view.scopes.join(' ') ? {} : { scopes: form.scopes }),
    ...(secret === '' || !usesKeys(form) ? {} : { clientSecret: secret }),
    ...typedToken,
  };
}

/**
 * Way, app and redirect address: what main has to know before it copies that address or tries the way back. An
 * address that is none yet stays here, so that going back is not held up by it.
 */
export function changedWay({ form, view }: Wizard): Changes {
  const appId = appOf(form);
  const { redirectUri } = form;
  const typed = redirectUri !== null && addressFault(redirectUri) === null && redirectUri.trim() !== view.redirectUri;
  return {
    ...(form.grant === view.grant ? {} : { grant: form.grant }),
    ...(appId === view.appId ? {} : { appId }),
    ...(typed && appId === null ? { redirectUri: redirectUri.trim() } : {}),
  };
}

function sameChoices(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => one[id] === other[id]);
}
