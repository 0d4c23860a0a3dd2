import { english } from '../../shared/text/catalogue.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeSystem } from '../../shared/model/practice.ts';
import type { DraftInput } from '../../shared/model/draft.ts';
import { allowInBrowser, installFromMarketplace } from '../support/browser-part.ts';
import { findSecrets } from '../support/encodings.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { connectionNow } from '../support/real-connections.ts';

/** A newcomer in practice: the whole program, the practice providers over real HTTP, and a browser's part. */
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

async function draftOf(providerId: string, more: Omit<DraftInput, 'draftId'> = {}): Promise<string> {
  const { id } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
  await app.call('drafts.keep', { draftId: id, providerId });
  await app.call('drafts.keep', { draftId: id, ...more });
  return id;
}

function systemNow(providerId: string): PracticeSystem {
  const { systems } = app.program.snapshot().practice;
  return systems.find((system) => system.providerId === providerId)!;
}

describe('through the browser', () => {
  test.each([
    ['taskade', {}, 'practice-ben', 'ben@practice.example'],
    ['er-studio', { grant: 'authorization_code' as const }, null, 'practice.zoë'],
  ])('%s: Allow connects as the person who was chosen, and a renewal follows', async (id, more, account, person) => {
    const draftId = await draftOf(id, more);
    const connecting = app.call('drafts.connect', { draftId });
    const visit = await allowInBrowser(await app.nextSentOut(), { person });
    expect(visit.statuses).toEqual([200, 302, 200]);
    expect(visit.text).toContain(english.loopback.signedIn.heading);
    expect(visit.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const { connectionId } = await connecting;
    expect(connectionNow(app, connectionId)).toMatchObject({ grant: 'authorization_code', condition: 'kept', account });
    expect(app.attention.calls).toBe(1);
    await app.call('connections.renew', { connectionId });
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
    const code = new URL(visit.url).searchParams.get('code')!;
    const crossed = Buffer.from(app.crossed.join('\n') + JSON.stringify(app.log));
    expect(findSecrets('what crossed or was logged', crossed, new Map([['the code', code]]))).toEqual([]);
  });

  test('F38: Decline ends the wait and connects nothing', async () => {
    const draftId = await draftOf('taskade');
    const connecting = app.call('drafts.connect', { draftId });
    const refused = expect(connecting).rejects.toThrow('sign_in_declined');
    const visit = await allowInBrowser(await app.nextSentOut(), { decline: true });
    expect(visit.statuses.at(-1)).toBe(200);
    expect(visit.text).toContain(english.loopback.declined.heading);
    await refused;
    expect(app.program.snapshot().connections).toEqual([]);
  });

  test('a link with another redirect address ends on a page of the provider, and the wait goes on', async () => {
    const draftId = await draftOf('taskade');
    const connecting = app.call('drafts.connect', { draftId });
    const link = new URL(await app.nextSentOut());
    link.searchParams.set('redirect_uri', 'http://127.0.0.1:9/elsewhere');
    const visit = await allowInBrowser(link.href);
    expect(visit.statuses).toEqual([400]);
    expect(visit.text).toContain('This link is not right');
    expect(app.program.snapshot().signIns).toMatchObject([{ draftId, stage: 'waiting' }]);
    await allowInBrowser(app.sentOut[0]!);
    await connecting;
  });

  test('G8 T-Gate: two companies install one app, each is vouched for by a person and a connection of its own', async () => {
    const connect = async (company: string, more: Omit<DraftInput, 'draftId'>): Promise<string> => {
      const draftId = await draftOf('t-gate', { company, ...more });
      const connecting = app.call('drafts.connect', { draftId });
      const visit = await installFromMarketplace(await app.nextSentOut(), company);
      expect(visit.statuses).toEqual([200, 302, 200]);
      expect([...new URL(visit.url).searchParams.keys()]).toEqual(['code']);
      await expect.poll(() => app.program.snapshot().signIns[0]?.stage).toBe('confirming');
      await app.call('drafts.confirmCompany', { draftId, evenLate: false });
      return (await connecting).connectionId;
    };
    const first = await connect('Harbour Bistro', {});
    const [made] = app.program.snapshot().apps;
    const second = await connect('Mill Street Kitchen', { appId: made!.id });
    expect(connectionNow(app, first).account).toBe('Harbour Bistro');
    expect(connectionNow(app, second).account).toBe('Mill Street Kitchen');
    for (const connectionId of [first, second]) await app.call('connections.renew', { connectionId });
    expect(app.program.snapshot().apps).toHaveLength(1);
  });
});

describe('what is pasted', () => {
  test.each(['teamgantt', 'taskade'])('%s: a token made by hand is filled in and works', async (providerId) => {
    const draftId = await draftOf(providerId, { grant: 'personal_access_token' });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    expect(connectionNow(app, connectionId)).toMatchObject({ grant: 'personal_access_token', renewable: false });
    await app.call('practice.happen', { providerId, what: 'revoked_elsewhere' });
    await expect(app.call('connections.test', { connectionId })).rejects.toThrow('token_refused');
    // The next one is another token, so that one can go on practising.
    const again = await draftOf(providerId, { grant: 'personal_access_token' });
    await app.call('drafts.connect', { draftId: again });
  });

  test.each(['teamgantt', 'taskade', 'er-studio', 't-gate'])(
    '%s: a refresh token of another program is filled in and renews',
    async (providerId) => {
      const draftId = await draftOf(providerId, { grant: 'refresh_token' });
      const { connectionId } = await app.call('drafts.connect', { draftId });
      await app.call('connections.renew', { connectionId });
      expect(connectionNow(app, connectionId)).toMatchObject({ grant: 'refresh_token', condition: 'kept' });
    },
  );

  test('what was filled in for one way is not left for another', async () => {
    const draftId = await draftOf('taskade', { grant: 'personal_access_token' });
    const view = await app.call('drafts.keep', { draftId, grant: 'authorization_code' });
    expect(view.pastedTokenEntered).toBe(false);
  });
});

describe('making something happen', () => {
  async function connected(): Promise<string> {
    return (await app.call('drafts.connect', { draftId: await draftOf('teamgantt') })).connectionId;
  }

  test('is part of what the window knows, and a call uses it up', async () => {
    const connectionId = await connected();
    expect(systemNow('teamgantt').armed).toEqual([]);
    await app.call('practice.happen', { providerId: 'teamgantt', what: 'too_many' });
    expect(systemNow('teamgantt').armed).toEqual([{ what: 'too_many', callsLeft: 1 }]);
    expect(systemNow('taskade').armed).toEqual([]);
    const before = app.crossed.length;
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('provider_busy');
    expect(systemNow('teamgantt').armed).toEqual([]);
    await expect.poll(() => app.crossed.slice(before).some((line) => line.includes('"systems"'))).toBe(true);
    // It comes back by itself when the provider said so.
    expect(connectionNow(app, connectionId).condition).toBe('retrying');
    app.clock.advance(31_000);
    await expect.poll(() => connectionNow(app, connectionId).condition).toBe('kept');
  });

  test('every token ends now: a test finds out, renews, and works', async () => {
    const connectionId = await connected();
    await app.call('practice.happen', { providerId: 'teamgantt', what: 'expired' });
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
    const { exchanges } = await app.call('connections.history', { connectionId });
    expect(exchanges.map(({ what }) => what)).toContain('renewed');
  });

  test('taken away elsewhere: the next renewal asks for a person', async () => {
    const connectionId = await connected();
    await app.call('practice.happen', { providerId: 'teamgantt', what: 'revoked_elsewhere' });
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('sign_in_again');
    expect(connectionNow(app, connectionId).condition).toBe('sign_in_again');
  });

  test('back to normal takes back what waits', async () => {
    const connectionId = await connected();
    await app.call('practice.happen', { providerId: 'teamgantt', what: 'server_error' });
    await app.call('practice.happen', { providerId: 'teamgantt', what: 'normal' });
    expect(systemNow('teamgantt').armed).toEqual([]);
    await app.call('connections.renew', { connectionId });
  });

  test('takes only what can happen there, and nothing while practice is closed', async () => {
    await expect(app.call('practice.happen', { providerId: 'connecteam', what: 'new_refresh_token' })).rejects.toThrow(
      'bad_input',
    );
    await expect(app.call('practice.happen', { providerId: 'nobody', what: 'slow' })).rejects.toThrow(
      'practice_closed',
    );
    await expect(app.ask('practice.happen', { providerId: 'taskade', what: 'fire' as never })).resolves.toMatchObject({
      ok: false,
      problem: { code: 'bad_input' },
    });
    await app.call('practice.close', {});
    expect(app.program.snapshot().practice).toEqual({ open: false, hosts: [], systems: [] });
    await expect(app.call('practice.happen', { providerId: 'taskade', what: 'slow' })).rejects.toThrow(
      'practice_closed',
    );
  });
});
