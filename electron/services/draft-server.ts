import { AppError } from '../../shared/errors.ts';
import { checkedBaseUrl, unencryptedOrigin } from './addresses.ts';
import type { Draft } from './draft.ts';

/** What was typed over a registered key is a key of the person's own: it is never handed back. */
export function setKey(draft: Draft, key: Partial<Pick<Draft, 'clientId' | 'clientSecret'>>): void {
  if (key.clientId !== undefined && key.clientId === draft.clientId) return;
  Object.assign(draft, key, { registered: false });
}

/** Another server: what was agreed, registered or typed over for the one before does not go along to it. */
export function chooseServer(draft: Draft, typed: string, isOwn: boolean): void {
  // Practice talks to its own server on this computer and to nothing else.
  if (draft.realm === 'practice') return;
  if (!isOwn) throw new AppError('bad_input', { field: 'baseUrl' });
  const baseUrl = typed.trim() === '' ? '' : checkedBaseUrl(typed);
  if (baseUrl === draft.baseUrl) return;
  draft.baseUrl = baseUrl;
  draft.unencryptedConsent = null;
  draft.editedEndpoints.clear();
  if (draft.registered) Object.assign(draft, { clientId: '', clientSecret: null, registered: false });
}

/** Recorded with its time, for the origin that stands in the draft now (E7). */
export function agree(draft: Draft, agreed: boolean, nowMs: number): void {
  const origin = unencryptedOrigin(draft.baseUrl);
  if (!agreed || origin === null) draft.unencryptedConsent = null;
  else if (draft.unencryptedConsent === null) draft.unencryptedConsent = { origin, agreedAtMs: nowMs };
}
