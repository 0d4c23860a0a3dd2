import { AppError } from '../../shared/errors.ts';
import type { GrantType, ProviderView } from '../../shared/model/provider.ts';
import type { Draft } from './draft.ts';
import { checkedRedirectUri, ownRedirectUri } from './redirect-address.ts';

/** Another way to connect to the same system. A token that was pasted for one way is none for the other. */
export function chooseWay(draft: Draft, view: ProviderView, grant: GrantType): void {
  if (!view.ways.some((way) => way.grant === grant)) throw new AppError('bad_input');
  if (grant === draft.grant) return;
  draft.grant = grant;
  draft.pastedToken = null;
}

/**
 * Where the browser comes back to: made once for a draft, so that what is registered at the provider in the meantime
 * stays true, whatever way is chosen.
 */
export function offerRedirect(draft: Draft, { id, browser, discovery }: ProviderView): void {
  // A profile that stands for any provider gives each of them a path of its own (RFC 9700 section 4.4.2).
  const unguessable = browser?.startedBy === 'provider' || discovery !== null;
  draft.ownRedirectUri = browser === null ? null : ownRedirectUri(id, unguessable);
  draft.redirectUri = draft.ownRedirectUri;
}

/** An address that is registered at the provider already; empty = the one of our own making again. */
export function typeRedirect(draft: Draft, typed: string): void {
  if (draft.ownRedirectUri === null) throw new AppError('bad_input', { field: 'redirectUri' });
  const redirectUri = typed.trim() === '' ? draft.ownRedirectUri : checkedRedirectUri(typed);
  if (redirectUri === draft.redirectUri) return;
  draft.redirectUri = redirectUri;
  // It went along when this vault registered itself, so those keys belong to the address before (E11).
  if (draft.registered) Object.assign(draft, { clientId: '', clientSecret: null, registered: false });
}

/** Throws `bad_input` for what the profile does not offer. The usual value is not noted, so that it stays the usual one. */
export function checkedChoices(view: ProviderView, chosen: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [id, valueId] of Object.entries(chosen)) {
    const choice = view.choices.find((candidate) => candidate.id === id);
    if (choice?.values.some((value) => value.id === valueId) !== true) throw new AppError('bad_input');
    if (choice.values[0]?.id !== valueId) kept[id] = valueId;
  }
  return kept;
}

/**
 * Does this way need a redirect address: because the browser comes back to it, or because the provider wants it with a
 * renewal as well (T-Gate)? The set-up asks for it in just these ways.
 */
export function needsRedirect({ grant }: Pick<Draft, 'grant'>, { setup }: ProviderView): boolean {
  return setup.some(({ fields, ways }) => fields.includes('redirectUri') && (ways === null || ways.includes(grant)));
}
