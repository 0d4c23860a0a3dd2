// Over 300 lines: the main job in its whole order, one test a promise.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

const minute = 60_000;

let app: HeadlessApp;
let teamgantt: RunningProvider;
let connecteam: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  app = await headlessApp({ folder: place.folder, keychain });
  teamgantt = await runProvider(app, 'teamgantt');
  connecteam = await runProvider(app, 'connecteam', 86_400);
});

afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  await connecteam.stop();
  place.remove();
});

const generation = (id: string): number => connectionNow(app, id).generation;
const tokenCalls = (provider: RunningProvider): number =>
  provider.engine.record().filter(({ path }) => path.includes('/token')).length;

describe('the main job, without a window', () => {
  it('connects TeamGantt: the account is asked for, the end is read from the id_token, a renewal is planned', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    const person = practiceAccounts('teamgantt').people[0]!;
    expect(connectionNow(app, id)).toMatchObject({
      label: 'Site works plan',
      account: person.username,
      condition: 'kept',
      renewable: true,
      expirySource: 'jwt_exp',
      expiresAtMs: expect.closeTo(app.clock.nowMs() + 60 * minute, -4) as number,
      renewsAtMs: expect.closeTo(app.clock.nowMs() + 55 * minute, -4) as number,
      generation: 1,
      failure: null,
    });
  });

  it('connects Connecteam by its keys alone, and plans to ask again (C2)', async () => {
    const id = await connectReal(app, connecteam, 'connecteam');
    expect(connectionNow(app, id)).toMatchObject({
      grant: 'client_credentials',
      condition: 'kept',
      renewable: true,
      expirySource: 'expires_in',
    });
    const before = tokenCalls(connecteam);
    await app.call('connections.renew', { connectionId: id });
    expect(tokenCalls(connecteam)).toBe(before + 1);
    expect(generation(id)).toBe(2);
    const { exchanges } = await app.call('connections.history', { connectionId: id });
    expect(exchanges.map(({ what, outcome }) => [what, outcome])).toEqual([
      ['asked_again', 'done'],
      ['signed_in', 'done'],
    ]);
  });

  it('F50: renews by itself ahead of the end, and keeps the old refresh token (T2)', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const first = connectionNow(app, id);
    app.clock.advance(54 * minute);
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 1 });
    app.clock.advance(2 * minute);
    await vi.waitFor(() => expect(generation(id)).toBe(2));
    const second = connectionNow(app, id);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(second.expiresAtMs).toBeGreaterThan(first.expiresAtMs ?? 0);
    const { exchanges } = await app.call('connections.history', { connectionId: id });
    expect(exchanges[0]).toMatchObject({ what: 'renewed', outcome: 'done', refreshToken: 'kept', status: 200 });
    app.clock.advance(56 * minute);
    await vi.waitFor(() => expect(generation(id)).toBe(3));
  });

  it('sends one request for a hundred callers at once', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = tokenCalls(teamgantt);
    await Promise.all(Array.from({ length: 100 }, () => app.call('connections.renew', { connectionId: id })));
    expect(tokenCalls(teamgantt) - before).toBe(1);
    expect(generation(id)).toBe(2);
  });

  it('B56: puts exactly the bearer on the clipboard, renews a short one first, and clears after 30 s only what is ours', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const copied = await app.call('connections.copy', { connectionId: id, form: 'token' });
    expect(copied.renewedFirst).toBe(false);
    const token = app.clipboard.text;
    const answer = await fetch(teamgantt.endpoints.find(({ kind }) => kind === 'test')!.url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    expect(answer.status).toBe(200);

    app.clock.advance(29_000);
    expect(app.clipboard.text).toBe(token);
    app.clock.advance(1_000);
    await vi.waitFor(() => expect(app.clipboard.text).toBe(''));
    expect(app.program.snapshot().clipboard.what).toBe('nothing');

    await app.call('connections.copy', { connectionId: id, form: 'header' });
    expect(app.clipboard.text).toBe(`Authorization: Bearer ${token}`);
    app.clipboard.text = 'copied elsewhere meanwhile';
    app.clock.advance(31_000);
    await vi.waitFor(() => expect(app.program.snapshot().clipboard.what).toBe('nothing'));
    expect(app.clipboard.text).toBe('copied elsewhere meanwhile');
  });

  it('renews before it hands out a token with less than a minute left, and says so', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 50, { kind: 'status', status: 503 });
    app.clock.advance(59 * minute + 15_000);
    await vi.waitFor(() => expect(connectionNow(app, id).failure).not.toBeNull());
    teamgantt.engine.clearFaults();
    const copied = await app.call('connections.copy', { connectionId: id, form: 'token' });
    expect(copied).toMatchObject({ renewedFirst: true });
    expect(copied.leftMs).toBeGreaterThan(50 * minute);
  });

  it('is all there after a restart', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    await connectReal(app, connecteam, 'connecteam');
    const before = app.program.snapshot();
    await app.end();
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    const after = app.program.snapshot();
    expect(after.vault).toEqual({ kind: 'open', keychain: keychain.name, olderCopy: false });
    const sorted = <T extends { id: string }>(items: T[]): T[] => items.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(sorted(after.connections)).toEqual(sorted(before.connections));
    expect(sorted(after.apps)).toEqual(sorted(before.apps));
    await app.call('connections.renew', { connectionId: id });
    expect(generation(id)).toBe(2);
  });

  it('revokes at TeamGantt: the server forgets the person, and the person’s other connections say so at once', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    const { appId } = connectionNow(app, id);
    const archive = await connectReal(app, teamgantt, 'teamgantt', { label: 'Archive', appId });
    const bids = await connectReal(app, teamgantt, 'teamgantt', { label: 'Bids', appId, person: 1 });
    expect(await app.call('connections.revokeReach', { connectionId: id })).toMatchObject({
      reach: 'every_sign_in_of_the_person',
      alsoEnds: [archive],
      worksUntilMs: connectionNow(app, id).expiresAtMs,
    });
    const receipt = await app.call('connections.revoke', { connectionId: id });
    expect(receipt).toMatchObject({ alsoEnded: [archive], worksUntilMs: connectionNow(app, id).expiresAtMs });
    expect(connectionNow(app, id)).toMatchObject({ condition: 'revoked', fingerprint: null });
    expect(connectionNow(app, archive)).toMatchObject({ condition: 'sign_in_again' });
    expect(connectionNow(app, bids)).toMatchObject({ condition: 'kept' });
    await expect(app.call('connections.copy', { connectionId: id, form: 'token' })).rejects.toThrow('sign_in_again');
    // The server really did it: the other person's sign-in renews, this person's does not.
    await app.call('connections.renew', { connectionId: bids });
    expect(teamgantt.engine.record().filter(({ path }) => path.endsWith('/revoke'))).toHaveLength(1);
  });

  it('renews first when the token that revoking needs has ended (T7)', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 500, { kind: 'status', status: 503 });
    app.clock.advance(61 * minute);
    await vi.waitFor(() => expect(connectionNow(app, id).condition).toBe('retrying'));
    teamgantt.engine.clearFaults();
    await app.call('connections.revoke', { connectionId: id });
    expect(connectionNow(app, id).condition).toBe('revoked');
  });

  it('keeps everything when the provider does not confirm a revocation (T8)', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('revocation', 1, { kind: 'status', status: 500 });
    await expect(app.call('connections.revoke', { connectionId: id })).rejects.toThrow(
      /provider_failing|revoke_refused/,
    );
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', revocation: null });
    await app.call('connections.renew', { connectionId: id });
    expect(generation(id)).toBe(2);
  });

  it('has no revocation at Connecteam, and says so (C7)', async () => {
    const id = await connectReal(app, connecteam, 'connecteam');
    expect(await app.call('connections.revokeReach', { connectionId: id })).toMatchObject({
      reach: 'none',
      alsoEnds: [],
    });
    await expect(app.call('connections.revoke', { connectionId: id })).rejects.toThrow('revoke_unsupported');
    await app.call('connections.remove', { connectionId: id });
    expect(app.program.snapshot().connections).toEqual([]);
  });

  it('signs in again in place, and never lets another account take the place over', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    await app.call('connections.revoke', { connectionId: id });
    const [pm, other] = practiceAccounts('teamgantt').people;
    const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    expect(draft).toMatchObject({ username: pm!.username, label: 'Site works plan', passwordEntered: false });
    await app.call('drafts.keep', { draftId: draft.id, username: other!.username, password: other!.password.reveal() });
    await expect(app.call('drafts.connect', { draftId: draft.id })).rejects.toThrow('wrong_account');
    expect(connectionNow(app, id)).toMatchObject({ condition: 'revoked' });
    await app.call('drafts.keep', { draftId: draft.id, username: pm!.username, password: pm!.password.reveal() });
    expect(await app.call('drafts.connect', { draftId: draft.id })).toMatchObject({ connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', label: 'Site works plan', revocation: null });
    const { exchanges } = await app.call('connections.history', { connectionId: id });
    expect(exchanges.map(({ what }) => what)).toEqual(['signed_in', 'revoked', 'signed_in']);
  });

  it('replaces a secret for all connections of an app, and goes on with those that had stopped', async () => {
    const id = await connectReal(app, connecteam, 'connecteam');
    const { appId } = connectionNow(app, id);
    const right = practiceAccounts('connecteam').apps[0]!.clientSecret.reveal();
    await app.call('apps.replaceSecret', { appId, clientSecret: 'wrong one' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('wrong_client');
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', failure: { nextTryAtMs: null } });
    await app.call('apps.replaceSecret', { appId, clientSecret: right });
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ generation: 2, failure: null }));
  });

  it('removes an app only together with what the person was shown', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const { appId } = connectionNow(app, id);
    await expect(app.call('apps.remove', { appId, connectionIds: [] })).rejects.toThrow('changed_meanwhile');
    expect(app.program.snapshot().connections).toHaveLength(1);
    await app.call('apps.remove', { appId, connectionIds: [id] });
    expect(app.program.snapshot()).toMatchObject({ apps: [], connections: [] });
  });

  it('tests with the token alone, and tells a missing scope from a broken connection (C5)', async () => {
    const scoped = await connectReal(app, connecteam, 'connecteam', { scopes: ['users.read'] });
    expect(await app.call('connections.test', { connectionId: scoped })).toMatchObject({
      outcome: 'works_scope_missing',
      scopeMissing: 'account_information.read',
    });
    expect(connectionNow(app, scoped).condition).toBe('kept');
    const whole = await connectReal(app, connecteam, 'connecteam');
    expect(await app.call('connections.test', { connectionId: whole })).toMatchObject({
      outcome: 'works',
      status: 200,
    });
  });

  it('asks a person only for invalid_grant, and goes on by itself after anything else (R3)', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    for (const status of [429, 500, 502, 503]) {
      teamgantt.engine.failNext('token', 1, { kind: 'status', status });
      await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow(/provider_/);
      expect(connectionNow(app, id)).toMatchObject({ condition: 'retrying', generation: 1 });
    }
    teamgantt.engine.failNext('token', 1, { kind: 'html' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('not_an_oauth_answer');
    expect(connectionNow(app, id).condition).toBe('retrying');
    app.clock.advance(6 * minute);
    await vi.waitFor(() =>
      expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2, failure: null }),
    );

    teamgantt.engine.revokeElsewhere(practiceAccounts('teamgantt').people[0]!.username);
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('sign_in_again');
    expect(connectionNow(app, id)).toMatchObject({ condition: 'sign_in_again', failure: { nextTryAtMs: null } });
    const asked = tokenCalls(teamgantt);
    app.clock.advance(120 * minute);
    // A whole round to the same server: what the schedule had sent would have arrived before.
    await expect(app.call('connections.test', { connectionId: id })).rejects.toThrow('token_refused');
    expect(tokenCalls(teamgantt)).toBe(asked);
  });

  it('makes no vault and touches no keychain for practice', async () => {
    await app.call('practice.open', {});
    const draft = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    const shown = await app.call('drafts.keep', { draftId: draft.id, providerId: 'teamgantt' });
    expect(shown).toMatchObject({ clientSecretEntered: true, passwordEntered: true });
    expect(shown.endpoints.every(({ url }) => url.startsWith('http://127.0.0.1:'))).toBe(true);
    const { connectionId } = await app.call('drafts.connect', { draftId: draft.id });
    expect(connectionNow(app, connectionId)).toMatchObject({ realm: 'practice', condition: 'kept' });
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'absent' });
    expect(keychain.items.size).toBe(0);
    await app.call('practice.close', {});
    expect(app.program.snapshot()).toMatchObject({ connections: [], apps: [], practice: { open: false, hosts: [] } });
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('not_found');
  });

  it('sends an app’s saved secret only to the app’s own addresses', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const { appId } = connectionNow(app, id);
    const elsewhere = await runProvider(app, 'teamgantt');
    try {
      const draftId = await realDraft(app, teamgantt, 'teamgantt', { appId });
      await app.call('drafts.keep', { draftId, endpoints: elsewhere.endpoints });
      await app.call('drafts.connect', { draftId });
      expect(elsewhere.engine.record()).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });
});
