import { AppError } from '../../shared/errors.ts';
import type { DraftView } from '../../shared/model/draft.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';
import type { Metadata } from '../oauth/discovery.ts';
import type { Drafts } from './drafts.ts';
import { shownHost } from './plain-name.ts';
import type { Confirm, Log } from './ports.ts';
import type { ProviderCalls } from './provider-calls.ts';

export interface FindTools {
  drafts: Drafts;
  calls: ProviderCalls;
  /** Main's own dialog: no call of the window can stand in for its yes. */
  confirm: Confirm;
  log: Log;
}

/**
 * Asks a provider for its addresses by the issuer that stands in the draft. Where they lead to other hosts than the
 * issuer's, which some large providers do and every trap would, a person is asked in main's dialog; without a yes
 * nothing of the metadata is used (B11). Throws `field_missing`, `address_…`, `metadata_…`, and what every call throws.
 */
export async function findAddresses(tools: FindTools, draftId: string): Promise<DraftView> {
  const { drafts, calls, confirm, log } = tools;
  const issuer = drafts.issuerOf(draftId);
  const metadata = await calls.discover(issuer);
  const others = otherHosts(metadata);
  const { host } = new URL(issuer);
  if (others.length > 0 && !(await confirm.ask({ kind: 'found_elsewhere', issuer: host, addresses: others })))
    throw new AppError('metadata_other_host', { host, field: 'issuer', name: others[0]?.host.slice(0, 120) ?? '' });
  const view = drafts.takeFound(draftId, metadata);
  log.write('addresses found', { host, count: Object.keys(metadata.addresses).length });
  return view;
}

function otherHosts({ addresses, elsewhere }: Metadata): { kind: EndpointKind; host: string }[] {
  return elsewhere.flatMap((kind) => {
    const url = addresses[kind];
    return url === undefined ? [] : [{ kind, host: shownHost(url) }];
  });
}
