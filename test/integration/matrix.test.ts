import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { profiles } from '../../electron/providers/registry.ts';
import type { DraftInput } from '../../shared/model/draft.ts';
import type { GrantType } from '../../shared/model/provider.ts';
import { allowInBrowser, installFromMarketplace } from '../support/browser-part.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { connectionNow } from '../support/real-connections.ts';

/** Every provider by every way it offers: connect, test, renew, revoke or why not. Over real HTTP, the browser's part too. */
let app: HeadlessApp;
let remove: () => void;

beforeEach(async () => {
  const room = temporaryFolder();
  remove = () => room.remove();
  app = await headlessApp({ folder: room.folder });
  await app.call('practice.open', {});
});
afterEach(async () => {
  await app.end();
  remove();
});

type Cell = readonly [provider: string, grant: GrantType, more?: Omit<DraftInput, 'draftId'>];

const cells: readonly Cell[] = [
  ['teamgantt', 'password'],
  ['teamgantt', 'personal_access_token'],
  ['teamgantt', 'refresh_token'],
  ['taskade', 'authorization_code'],
  ['taskade', 'authorization_code', { clientId: 'practice-tk-public', clientSecret: '' }],
  ['taskade', 'personal_access_token'],
  ['taskade', 'refresh_token'],
  ['er-studio', 'password'],
  ['er-studio', 'authorization_code'],
  ['er-studio', 'refresh_token'],
  ['connecteam', 'client_credentials'],
  ['t-gate', 'authorization_code', { company: 'Harbour Bistro' }],
  ['t-gate', 'refresh_token'],
];

async function connect([providerId, grant, more = {}]: Cell): Promise<string> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
  await app.call('drafts.keep', { draftId, providerId });
  await app.call('drafts.keep', { draftId, grant, ...more });
  const connecting = app.call('drafts.connect', { draftId });
  if (grant === 'authorization_code') {
    const link = await app.nextSentOut();
    if (providerId !== 't-gate') await allowInBrowser(link);
    else {
      await installFromMarketplace(link, 'Harbour Bistro');
      await expect.poll(() => app.program.snapshot().signIns[0]?.stage).toBe('confirming');
      await app.call('drafts.confirmCompany', { draftId, evenLate: false });
    }
  }
  return (await connecting).connectionId;
}

describe('the matrix of providers and ways', () => {
  test('has a line for each way that is offered as usual', () => {
    const offered = profiles().flatMap((of) => [
      ...of.grants.filter(({ advanced }) => advanced === null).map(({ type }) => `${of.id} ${type}`),
      ...(of.renewal.by === 'refresh_token' ? [`${of.id} refresh_token`] : []),
      ...(of.personalAccessToken === null ? [] : [`${of.id} personal_access_token`]),
    ]);
    expect([...new Set(cells.map(([id, grant]) => `${id} ${grant}`))].sort()).toEqual(offered.sort());
  });

  test.each(cells.map((cell) => [`${cell[0]} by ${cell[1]}${cell[2]?.clientId ?? ''}`, cell] as const))(
    '%s: connects, is tested, renews, and is revoked or says why not',
    async (_name, cell) => {
      const [providerId, grant] = cell;
      const connectionId = await connect(cell);
      expect(connectionNow(app, connectionId)).toMatchObject({ providerId, grant, condition: 'kept', generation: 1 });
      await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
      if (grant === 'personal_access_token') {
        await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('cannot_renew');
        expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', renewable: false, failure: null });
      } else {
        await app.call('connections.renew', { connectionId });
        expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', generation: 2 });
        await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
      }
      const { reach } = await app.call('connections.revokeReach', { connectionId });
      if (reach === 'none') {
        await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('revoke_unsupported');
        const view = (await app.call('providers.list', {})).providers.find(({ id }) => id === providerId)!;
        const { instead, insteadForPersonalToken } = view.revocation;
        expect(grant === 'personal_access_token' ? insteadForPersonalToken : instead).toMatch(/\w/);
        expect(connectionNow(app, connectionId).condition).toBe('kept');
      } else {
        await app.call('connections.revoke', { connectionId });
        expect(connectionNow(app, connectionId).condition).toBe('revoked');
        await expect(app.call('connections.copy', { connectionId, form: 'token' })).rejects.toThrow('sign_in_again');
      }
    },
  );
});
