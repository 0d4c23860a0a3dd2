import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  app = await headlessApp({ folder: place.folder, keychain });
  teamgantt = await runProvider(app, 'teamgantt');
});

afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const refreshes = (): number =>
  teamgantt.engine.record().filter(({ grantType }) => grantType === 'refresh_token').length;

describe('after a person’s own try has failed', () => {
  it('the next try comes when it was promised, not up to a minute later', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 1, { kind: 'status', status: 503 });
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('provider_failing');
    const { failure } = connectionNow(app, connectionId);
    app.clock.advance((failure?.nextTryAtMs ?? 0) - app.clock.nowMs());
    await vi.waitFor(() => expect(connectionNow(app, connectionId)).toMatchObject({ generation: 2, failure: null }));
  });
});

describe('an older copy of the vault', () => {
  it('F44 B51: sends no refresh token for renew, copy, test or revoke until it is to be used', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    await app.end();
    const older = temporaryFolder();
    cpSync(place.folder, older.folder, { recursive: true });
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    await app.call('connections.renew', { connectionId });
    await app.end();
    rmSync(place.folder, { recursive: true });
    cpSync(older.folder, place.folder, { recursive: true });
    older.remove();

    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock });
    expect(app.program.snapshot().vault).toMatchObject({ kind: 'open', olderCopy: true });
    const before = refreshes();
    app.clock.advance(59 * 60_000 + 30_000);
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('vault_older_copy');
    expect(await app.call('connections.copy', { connectionId, form: 'token' })).toMatchObject({ renewedFirst: false });
    app.clock.advance(60_000);
    await expect(app.call('connections.copy', { connectionId, form: 'token' })).rejects.toThrow('vault_older_copy');
    await expect(app.call('connections.test', { connectionId })).rejects.toThrow('vault_older_copy');
    await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('vault_older_copy');
    expect(refreshes()).toBe(before);
    expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', failure: null });

    await app.call('program.useOlderCopy', {});
    await vi.waitFor(() => expect(connectionNow(app, connectionId).generation).toBe(2));
  });
});

describe('a sign-in that ended with another', () => {
  it('says with which one, and has it in its history', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
    const { appId } = connectionNow(app, connectionId);
    const archive = await connectReal(app, teamgantt, 'teamgantt', { label: 'Archive', appId });
    await app.call('connections.revoke', { connectionId });
    expect(connectionNow(app, archive)).toMatchObject({
      condition: 'sign_in_again',
      failure: { problem: { code: 'ended_with_another', facts: { name: 'Site works plan' } } },
    });
    const { exchanges } = await app.call('connections.history', { connectionId: archive });
    expect(exchanges.map(({ what }) => what)).toEqual(['revoked', 'signed_in']);
  });
});

describe('signing in again', () => {
  it('keeps a name that was given meanwhile, and takes one that was typed', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Plan' });
    const password = practiceAccounts('teamgantt').people[0]!.password.reveal();
    const first = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
    await app.call('connections.rename', { connectionId, label: 'Plan of the north site' });
    await app.call('drafts.keep', { draftId: first.id, password });
    await app.call('drafts.connect', { draftId: first.id });
    expect(connectionNow(app, connectionId).label).toBe('Plan of the north site');
    const second = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
    await app.call('drafts.keep', { draftId: second.id, password, label: 'North' });
    await app.call('drafts.connect', { draftId: second.id });
    expect(connectionNow(app, connectionId).label).toBe('North');
  });
});

describe('closing practice', () => {
  it('takes a practice token off the clipboard, and leaves a real one', async () => {
    const real = await connectReal(app, teamgantt, 'teamgantt');
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    await app.call('drafts.keep', { draftId, providerId: 'connecteam' });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.copy', { connectionId, form: 'token' });
    expect(app.clipboard.text).not.toBe('');
    await app.call('practice.close', {});
    expect(app.clipboard.text).toBe('');

    await app.call('practice.open', {});
    await app.call('connections.copy', { connectionId: real, form: 'token' });
    await app.call('practice.close', {});
    expect(app.clipboard.text).toMatch(/^ey/);
  });
});
