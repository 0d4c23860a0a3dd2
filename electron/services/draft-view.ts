import type { DraftView } from '../../shared/model/draft.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import type { AppRecord } from '../vault/records.ts';
import type { Draft } from './draft.ts';
import { shownIssuer } from './draft-issuer.ts';
import { isHere } from './redirect-address.ts';

/** What the window may know of a draft, member by member: its secrets are only ever entered. */
export function draftView(
  draft: Draft,
  view: ProviderView | null,
  { endpoints, baseUrl }: { endpoints: AppRecord['endpoints']; baseUrl: string | null },
): DraftView {
  return {
    id: draft.id,
    purpose: draft.purpose,
    realm: draft.realm,
    providerId: draft.providerId,
    appId: draft.appId,
    appName: draft.appName,
    clientId: draft.clientId,
    clientSecretEntered: draft.clientSecret !== null,
    regionId: draft.regionId,
    baseUrl,
    discovery: shownIssuer(draft, view),
    unencryptedAgreed: draft.unencryptedConsent !== null,
    registered: draft.registered,
    endpoints: endpoints.map(({ kind, url }) => ({
      kind,
      url: url ?? '',
      edited: draft.editedEndpoints.has(kind),
      found: draft.appId === null ? (draft.found?.addresses[kind] ?? null) : null,
    })),
    scopes: draft.scopes,
    grant: draft.grant,
    username: draft.username,
    passwordEntered: draft.password !== null,
    pastedTokenEntered: draft.pastedToken !== null,
    redirectUri: draft.redirectUri,
    redirectIsHere: draft.redirectUri !== null && isHere(draft.redirectUri),
    choices: { ...draft.choices },
    company: draft.company,
    label: draft.label,
  };
}
