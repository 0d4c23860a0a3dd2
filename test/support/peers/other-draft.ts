import type { DraftInput, DraftView } from '../../../shared/model/draft.ts';
import type { HeadlessApp } from '../headless-app.ts';

type Typed = Omit<DraftInput, 'draftId'>;

/** A draft of any other provider, its addresses found by the issuer, and what a person typed besides. */
export async function draftByIssuer(app: HeadlessApp, issuer: string, typed: Typed = {}): Promise<DraftView> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'vault' });
  await app.call('drafts.keep', { draftId, providerId: 'other', issuer });
  await app.call('drafts.findAddresses', { draftId });
  return app.call('drafts.keep', { draftId, ...typed });
}

/** The same with addresses that a person typed. */
export async function draftByHand(app: HeadlessApp, typed: Typed): Promise<DraftView> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'vault' });
  await app.call('drafts.keep', { draftId, providerId: 'other' });
  return app.call('drafts.keep', { draftId, ...typed });
}
