import { AppError } from '../../shared/errors.ts';
import type { DraftView } from '../../shared/model/draft.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import { issuerFrom, type Metadata } from '../oauth/discovery.ts';
import { clientAuthenticationChoice } from '../providers/way.ts';
import { checkedAddress } from './addresses.ts';
import { checkedChoices } from './draft-way.ts';
import type { ProviderFile } from './provider-file.ts';
import type { Draft } from './draft.ts';

/** Another issuer: what was found by the one before, or typed over it, does not go along. */
export function typeIssuer(draft: Draft, typed: string): void {
  const issuer = typed.trim();
  if (issuer === draft.issuer) return;
  if (draft.found !== null) draft.editedEndpoints.clear();
  Object.assign(draft, { issuer, found: null });
}

/** As it will be asked. Throws `field_missing`, `address_…`. */
export function checkedIssuer({ realm, appId, issuer }: Draft, { discovery }: ProviderView): string {
  // Practice talks to its own server on this computer and to nothing else; an app's addresses are sealed with it.
  if (realm === 'practice' || appId !== null || discovery === null) throw new AppError('bad_input');
  if (issuer === '') throw new AppError('field_missing', { field: 'issuer' });
  return issuerFrom(issuer);
}

/** May the addresses come out of a provider file? Throws `bad_input`. */
export function mustTakeProvider({ realm, appId, purpose }: Draft, { discovery }: ProviderView): void {
  const isFixed = realm === 'practice' || appId !== null || purpose.kind === 'sign_in_again';
  if (isFixed || discovery === null) throw new AppError('bad_input');
}

/** As if a person had typed all of it; the issuer may be asked for more. */
export function takeProvider(draft: Draft, view: ProviderView, provider: ProviderFile): void {
  mustTakeProvider(draft, view);
  const choices = checkedChoices(view, provider.choices);
  const editedEndpoints = new Map(provider.endpoints.map(({ kind, url }) => [kind, checkedAddress(kind, url)]));
  Object.assign(draft, { issuer: provider.issuer ?? '', found: null, unsaved: null, choices, editedEndpoints });
  Object.assign(draft, { scopes: [...new Set(provider.scopes)], appName: provider.name });
}

/** The person pressed for what is published, so it takes the place of what was typed. */
export function takeFound(draft: Draft, view: ProviderView, found: Metadata): void {
  if (checkedIssuer(draft, view) !== found.issuer) throw new AppError('changed_meanwhile');
  draft.editedEndpoints.clear();
  Object.assign(draft, { issuer: found.issuer, found, unsaved: null });
  const choice = clientAuthenticationChoice(view, found.clientAuthentications);
  if (choice !== null) draft.choices = choice.valueId === null ? {} : { [choice.id]: choice.valueId };
  if (draft.appName.trim() === '' || draft.appName === view.name) draft.appName = new URL(found.issuer).host;
}

export function shownIssuer({ realm, issuer, found }: Draft, view: ProviderView | null): DraftView['discovery'] {
  if (view?.discovery == null || realm === 'practice') return null;
  return { issuer, found: found !== null };
}
