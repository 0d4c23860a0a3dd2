import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import {
  connectReal,
  connectionNow,
  realDraft,
  runProvider,
  type RunningProvider,
} from '../support/real-connections.ts';
import { noRoomForTokens, UnwillingDisk } from '../support/unwilling-disk.ts';

// Connecting, revoking and quitting, each with something happening in between.

let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
let disk: UnwillingDisk;
/** Runs once, when the next answer from such an address has come and is not yet handed on. */
let meanwhile: { at: string; run: () => Promise<unknown> } | null;

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  disk = new UnwillingDisk();
  meanwhile = null;
  const answered = async ({ url }: { url: { reveal(): string } }): Promise<void> => {
    if (meanwhile === null || !url.reveal().includes(meanwhile.at)) return;
    const { run } = meanwhile;
    meanwhile = null;
    await run();
  };
  app = await headlessApp({ folder: place.folder, keychain, disk, answered });
  teamgantt = await runProvider(app, 'teamgantt');
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const calls = (path: string): number =>
  teamgantt.engine.record().filter((request) => request.path.includes(path)).length;
const { people } = practiceAccounts('teamgantt');

describe('connecting', () => {
  it('makes one exchange and one connection of a double press', async () => {
    const draftId = await realDraft(app, teamgantt, 'teamgantt');
    const [first, second] = await Promise.all([
      app.call('drafts.connect', { draftId }),
      app.call('drafts.connect', { draftId }),
    ]);
    expect(second).toEqual(first);
    expect(calls('/token')).toBe(1);
    expect(app.program.snapshot().connections).toHaveLength(1);
  });

  it('keeps the finished exchange on a full disk: pressing again only saves', async () => {
    disk.refuses = noRoomForTokens;
    const draftId = await realDraft(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    for (let press = 0; press < 3; press += 1) {
      await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('disk_full');
    }
    expect(app.program.snapshot()).toMatchObject({ apps: [], connections: [] });
    disk.refuses = () => null;
    const { connectionId } = await app.call('drafts.connect', { draftId });
    expect(calls('/token')).toBe(1);
    expect(connectionNow(app, connectionId)).toMatchObject({ label: 'Site works plan', condition: 'kept' });
    await app.call('connections.renew', { connectionId });
  });

  it('asks anew when something was typed after that', async () => {
    disk.refuses = noRoomForTokens;
    const draftId = await realDraft(app, teamgantt, 'teamgantt');
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    await app.call('drafts.keep', { draftId, username: people[1]!.username, password: people[1]!.password.reveal() });
    expect(await app.call('drafts.connect', { draftId })).toMatchObject({ account: people[1]!.username });
    expect(calls('/token')).toBe(2);
  });

  it('does not bring back what was removed while the disk was full', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await connectReal(app, teamgantt, 'teamgantt', { appId: connectionNow(app, id).appId, label: 'Stays' });
    const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    await app.call('drafts.keep', { draftId: draft.id, password: people[0]!.password.reveal() });
    disk.refuses = noRoomForTokens;
    await expect(app.call('drafts.connect', { draftId: draft.id })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    await app.call('connections.remove', { connectionId: id });
    await expect(app.call('drafts.connect', { draftId: draft.id })).rejects.toThrow('not_found');
    expect(app.program.snapshot().connections.map(({ label }) => label)).toEqual(['Stays']);
  });

  it('stores nothing for a wizard that was closed while the provider answered', async () => {
    const draftId = await realDraft(app, teamgantt, 'teamgantt');
    meanwhile = { at: '/token', run: () => app.call('drafts.discard', { draftId }) };
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('not_found');
    expect(app.program.snapshot()).toMatchObject({ apps: [], connections: [] });
  });

  it('leaves everything as it was when another account signed in', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = connectionNow(app, id);
    const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    const [, other] = people;
    await app.call('drafts.keep', { draftId: draft.id, username: other!.username, password: other!.password.reveal() });
    await expect(app.call('drafts.connect', { draftId: draft.id })).rejects.toThrow('wrong_account');
    expect(connectionNow(app, id)).toEqual(before);
    await app.call('connections.renew', { connectionId: id });
  });

  it('with an app one has uses that app’s addresses, also when others were typed before it was chosen', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const { appId } = connectionNow(app, id);
    const elsewhere = await runProvider(app, 'teamgantt');
    try {
      const draftId = await realDraft(app, elsewhere, 'teamgantt');
      const shown = await app.call('drafts.keep', { draftId, appId });
      expect(shown.endpoints.map(({ url }) => new URL(url).origin)).toEqual([1, 2, 3].map(() => teamgantt.origin));
      const { connectionId } = await app.call('drafts.connect', { draftId });
      await app.call('connections.renew', { connectionId });
      expect(elsewhere.engine.record()).toEqual([]);
      expect(app.program.snapshot().apps).toHaveLength(1);
    } finally {
      await elsewhere.stop();
    }
  });

  it('in practice takes no address from the window', async () => {
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    const shown = await app.call('drafts.keep', { draftId, providerId: 'teamgantt' });
    const edited = await app.call('drafts.keep', { draftId, endpoints: teamgantt.endpoints });
    expect(edited.endpoints).toEqual(shown.endpoints);
    expect(edited.endpoints.every((endpoint) => !endpoint.edited)).toBe(true);
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.renew', { connectionId });
    expect(teamgantt.engine.record()).toEqual([]);
  });
});

describe('revoking', () => {
  it('sends one request for a double press, and both are told that it is done', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const both = [1, 2].map(() => app.call('connections.revoke', { connectionId: id }));
    const [first, second] = await Promise.all(both);
    expect(second).toEqual(first);
    expect(calls('/revoke')).toBe(1);
  });

  it('keeps what the provider confirmed on a full disk: pressing again only saves', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const archive = await connectReal(app, teamgantt, 'teamgantt', { appId: connectionNow(app, id).appId });
    disk.refuses = () => 'disk_full';
    await expect(app.call('connections.revoke', { connectionId: id })).rejects.toThrow('disk_full');
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept' });
    disk.refuses = () => null;
    expect(await app.call('connections.revoke', { connectionId: id })).toMatchObject({ alsoEnded: [archive] });
    expect(calls('/revoke')).toBe(1);
    expect(connectionNow(app, id)).toMatchObject({ condition: 'revoked' });
    const { exchanges } = await app.call('connections.history', { connectionId: id });
    expect(exchanges.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(['revoked done', 'signed_in done']);
  });

  it('asks again for a sign-in that came after a confirmation the disk did not take', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    disk.refuses = () => 'disk_full';
    await expect(app.call('connections.revoke', { connectionId: id })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    await app.call('drafts.keep', { draftId: draft.id, password: people[0]!.password.reveal() });
    await app.call('drafts.connect', { draftId: draft.id });
    await app.call('connections.revoke', { connectionId: id });
    expect(calls('/revoke')).toBe(2);
  });

  it('says what else ended, also when the connection was removed while the provider answered', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const archive = await connectReal(app, teamgantt, 'teamgantt', { appId: connectionNow(app, id).appId });
    meanwhile = { at: '/revoke', run: () => app.call('connections.remove', { connectionId: id }) };
    expect(await app.call('connections.revoke', { connectionId: id })).toMatchObject({ alsoEnded: [archive] });
    expect(connectionNow(app, archive).condition).toBe('sign_in_again');
  });
});

describe('quitting in the middle', () => {
  const again = async (): Promise<void> => {
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock, disk });
  };
  /** Quits while this answer is on its way; gives back the end. */
  function quitAt(at: string): { ended: () => Promise<void> } {
    let ended: Promise<void> = Promise.resolve();
    meanwhile = { at, run: () => ((ended = app.program.end()), Promise.resolve()) };
    return { ended: () => ended };
  }

  it('keeps a sign-in whose answer is on its way', async () => {
    await connectReal(app, teamgantt, 'teamgantt', { label: 'First' });
    const draftId = await realDraft(app, teamgantt, 'teamgantt', { label: 'Second' });
    const quit = quitAt('/token');
    await app.call('drafts.connect', { draftId });
    await quit.ended();
    await again();
    expect(app.program.snapshot().connections.map(({ label }) => label)).toContain('Second');
  });

  it('keeps what the provider has revoked', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const quit = quitAt('/revoke');
    await app.call('connections.revoke', { connectionId: id });
    await quit.ended();
    await again();
    expect(connectionNow(app, id).condition).toBe('revoked');
  });

  it('B57: leaves no token on the clipboard that a copy was still fetching', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 50, { kind: 'status', status: 503 });
    app.clock.advance(59 * 60_000 + 15_000);
    await app.ask('connections.renew', { connectionId: id });
    teamgantt.engine.clearFaults();
    const before = app.clipboard.text;
    const quit = quitAt('/token');
    await expect(app.call('connections.copy', { connectionId: id, form: 'token' })).rejects.toThrow();
    await quit.ended();
    expect(app.clipboard.text).toBe(before);
    await again();
    expect(connectionNow(app, id).generation).toBe(2);
  });
});
