import type { Draft } from './draft.ts';
import type { PracticeOffer } from './ports.ts';

/** In practice everything is filled in, so that a newcomer just presses on. */
export function offerApp(draft: Draft, { clientId, clientSecret, scopes }: PracticeOffer): void {
  // A public client has no secret: none is entered then.
  Object.assign(draft, { clientId, clientSecret: clientSecret.reveal() === '' ? null : clientSecret, scopes });
}

/** Whatever the chosen way asks of a person; what stands there already stays. */
export function offerSignIn(draft: Draft, offer: PracticeOffer): void {
  if (draft.username === '') draft.username = offer.username ?? '';
  if (draft.username === offer.username) draft.password = offer.password;
  draft.pastedToken ??= offer.pastedToken(draft.grant);
}
