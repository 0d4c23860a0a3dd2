import { AppError } from '../../shared/errors.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import type { AppRecord } from '../vault/records.ts';
import { checkedAddress } from './addresses.ts';
import type { Draft } from './draft.ts';

/**
 * What was typed over the addresses that are known without it. All or nothing: one wrong address leaves the others as
 * they were, so that the form and the draft agree.
 */
export function editEndpoints(
  draft: Draft,
  typed: readonly { kind: EndpointKind; url: string }[],
  published: AppRecord['endpoints'],
): void {
  const edits = new Map(draft.editedEndpoints);
  for (const { kind, url } of typed) {
    const given = draft.found?.addresses[kind] ?? published.find((endpoint) => endpoint.kind === kind)?.url;
    if (given === undefined) throw new AppError('bad_input');
    if (url.trim() === '' || url.trim() === given) edits.delete(kind);
    else edits.set(kind, checkedAddress(kind, url, draft.unencryptedConsent?.origin ?? null));
  }
  draft.editedEndpoints = edits;
}
