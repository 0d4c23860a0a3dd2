// Over 300 lines: one renewal and everything that can happen to it.
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { vaultDoor } from '../../electron/platform/vault-door.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import type { EngineRequest } from '../../electron/providers/practice/wire.ts';
import type { ConnectionRecord } from '../../electron/vault/records.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { noRoomForTokens, UnwillingDisk } from '../support/unwilling-disk.ts';

const minute = 60_000;
const [person] = practiceAccounts('teamgantt').people;

let app: HeadlessApp;
let teamgantt: RunningProvider;
let connecteam: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
let disk: UnwillingDisk;
/** Runs once, when the next answer of a token call has come and is not yet handed on. */
let meanwhile: (() => Promise<unknown>) | null;

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  disk = new UnwillingDisk();
  meanwhile = null;
  const answered = async ({ url }: { url: { reveal(): string } }): Promise<void> => {
    if (!url.reveal().includes('/token') || meanwhile === null) return;
    const run = meanwhile;
    meanwhile = null;
    await run();
  };
  app = await headlessApp({ folder: place.folder, keychain, disk, answered });
  teamgantt = await runProvider(app, 'teamgantt');
  connecteam = await runProvider(app, 'connecteam', 86_400);
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  await connecteam.stop();
  place.remove();
});

const tokenCalls = (provider: RunningProvider): number =>
  provider.engine.record().filter(({ path }) => path.includes('/token')).length;

/** What a start after a crash at this very moment would find. */
async function onDisk(folder: string, connectionId: string): Promise<ConnectionRecord> {
  const vault = await vaultDoor(folder, keychain).open();
  if (vault === null) throw new Error('no vault there');
  const record = vault.connection(connectionId);
  await vault.close();
  if (record === null) throw new Error('no such connection there');
  return record;
}

function asIfCrashed(name: string): string {
  const copy = join(place.folder, `crashed-${name}`);
  cpSync(join(place.folder, 'vault'), join(copy, 'vault'), { recursive: true });
  return copy;
}

/** The keychain as it was noted at the start: a crash notes nothing more. */
function copyOf(from: typeof keychain): typeof keychain {
  const copy = memoryKeychain();
  for (const [account, value] of from.items) if (account.startsWith('vault-key')) copy.items.set(account, value);
  return copy;
}

async function signInAgain(connectionId: string): Promise<void> {
  const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
  await app.call('drafts.keep', { draftId: draft.id, password: person!.password.reveal() });
  await app.call('drafts.connect', { draftId: draft.id });
}

describe('the intent of a renewal (C1)', () => {
  it('B18: is on disk when the request arrives, names the refresh token by its hash, and is gone with the answer', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const handle = teamgantt.engine.handle.bind(teamgantt.engine);
    let sent = '';
    teamgantt.engine.handle = (request: EngineRequest) => {
      if (request.body.includes('grant_type=refresh_token')) {
        sent = new URLSearchParams(request.body).get('refresh_token') ?? '';
        asIfCrashed('asking');
      }
      return handle(request);
    };
    await app.call('connections.renew', { connectionId: id });
    asIfCrashed('answered');
    expect(sent).not.toBe('');
    expect((await onDisk(join(place.folder, 'crashed-asking'), id)).renewalIntent).toMatchObject({
      tokenHash: createHash('sha256').update(sent, 'utf8').digest('hex'),
    });
    expect((await onDisk(join(place.folder, 'crashed-answered'), id)).renewalIntent).toBeNull();
  });

  it('stays where the provider may have acted, and goes where it answered no', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 1, { kind: 'drop_after' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('answer_lost');
    expect((await onDisk(asIfCrashed('lost'), id)).renewalIntent).not.toBeNull();
    // "Wait" says nothing about the try before it, whose answer was lost.
    teamgantt.engine.failNext('token', 1, { kind: 'status', status: 429 });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('provider_busy');
    expect((await onDisk(asIfCrashed('waiting'), id)).renewalIntent).not.toBeNull();
    await app.call('connections.renew', { connectionId: id });
    teamgantt.engine.failNext('token', 2, { kind: 'status', status: 429 });
    for (const name of ['once', 'twice']) {
      await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('provider_busy');
      expect((await onDisk(asIfCrashed(name), id)).renewalIntent).toBeNull();
    }
  });

  it('F20: after a lost answer the same token is sent again half a second, three and eight seconds later', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.clearRecord();
    const startMs = app.clock.nowMs();
    teamgantt.engine.failNext('token', 3, { kind: 'drop_before' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('answer_lost');
    for (const [tries, atMs] of [
      [1, 500],
      [2, 3_000],
    ] as const) {
      expect(connectionNow(app, id).failure).toMatchObject({ tries, nextTryAtMs: startMs + atMs });
      app.clock.advance(startMs + atMs - app.clock.nowMs());
      await vi.waitFor(() => expect(connectionNow(app, id).failure?.tries).toBe(tries + 1));
    }
    expect(connectionNow(app, id).failure).toMatchObject({ nextTryAtMs: startMs + 8_000 });
    app.clock.advance(5_000);
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ generation: 2, failure: null }));
    const sent = teamgantt.engine.record().map(({ fingerprints }) => fingerprints.refresh_token);
    expect(new Set(sent).size).toBe(1);
    expect(sent).toHaveLength(4);
  });

  it('F20: also when the answer that is lost is not the first thing that went wrong, and again after a longer wait', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const failing = async (code: string): Promise<number> => {
      await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow(code);
      return connectionNow(app, id).failure!.nextTryAtMs! - app.clock.nowMs();
    };
    teamgantt.engine.failNext('token', 4, { kind: 'status', status: 429 });
    for (let busy = 0; busy < 4; busy += 1) await failing('provider_busy');
    teamgantt.engine.failNext('token', 8, { kind: 'drop_before' });
    const waits: number[] = [];
    for (let lost = 0; lost < 8; lost += 1) waits.push(await failing('answer_lost'));
    expect(waits).toEqual([500, 2_500, 5_000, 128_000, 500, 2_500, 5_000, 300_000]);
  });

  it('F21: after a crash in between it is asked again at once, at the next start', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const handle = teamgantt.engine.handle.bind(teamgantt.engine);
    teamgantt.engine.handle = (request: EngineRequest) => {
      teamgantt.engine.handle = handle;
      asIfCrashed('in-between');
      return handle(request);
    };
    await app.call('connections.renew', { connectionId: id });
    await app.end();
    teamgantt.engine.clearRecord();
    app = await headlessApp({
      folder: join(place.folder, 'crashed-in-between'),
      keychain: copyOf(keychain),
      clock: app.clock,
    });
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ generation: 2 }));
    expect(tokenCalls(teamgantt)).toBe(1);
  });

  it('F23: a refusal after a lost answer tells that story, keeps the living token, and is not tried again', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 1, { kind: 'drop_after' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('answer_lost');
    teamgantt.engine.revokeElsewhere(person!.username);
    app.clock.advance(600);
    await vi.waitFor(() => expect(connectionNow(app, id).condition).toBe('sign_in_again'));
    expect(connectionNow(app, id).failure).toMatchObject({ problem: { code: 'answer_never_came' }, nextTryAtMs: null });
    expect(await app.call('connections.copy', { connectionId: id, form: 'token' })).toMatchObject({
      renewedFirst: false,
    });
    const asked = tokenCalls(teamgantt);
    app.clock.advance(30 * minute);
    await app.ask('connections.renew', { connectionId: id });
    expect(tokenCalls(teamgantt)).toBe(asked);
  });

  it('stays while the answer is in memory alone, also when the disk takes the note of the failure', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    disk.refuses = noRoomForTokens;
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    expect(await onDisk(asIfCrashed('unsaved'), id)).toMatchObject({
      renewalIntent: { attemptId: expect.any(String) as string },
      failure: { problem: { code: 'disk_full' } },
    });
  });

  it('asks nobody where the disk does not take it', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = tokenCalls(teamgantt);
    disk.refuses = () => 'disk_full';
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    expect(tokenCalls(teamgantt)).toBe(before);
  });
});

describe('a disk that does not take the new tokens', () => {
  it('keeps the answer: the next try saves it, asks nobody, and the new name stays', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Old name' });
    const first = connectionNow(app, id).fingerprint;
    disk.refuses = noRoomForTokens;
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    expect(connectionNow(app, id)).toMatchObject({ condition: 'retrying', generation: 1, fingerprint: first });
    const asked = tokenCalls(teamgantt);
    await app.call('connections.rename', { connectionId: id, label: 'New name' });
    disk.refuses = () => null;
    app.clock.advance(minute);
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2 }));
    expect(connectionNow(app, id)).toMatchObject({ label: 'New name', failure: null });
    expect(connectionNow(app, id).fingerprint).not.toBe(first);
    expect(tokenCalls(teamgantt)).toBe(asked);
    await app.call('connections.test', { connectionId: id });
  });

  it('never lays a kept answer or its failure over a newer sign-in', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    disk.refuses = () => 'disk_full';
    disk.refuses = noRoomForTokens;
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    await signInAgain(id);
    const signedIn = connectionNow(app, id);
    expect(signedIn).toMatchObject({ condition: 'kept', generation: 2, failure: null });
    app.clock.advance(10 * minute);
    expect(connectionNow(app, id)).toEqual(signedIn);
    await app.call('connections.renew', { connectionId: id });
    const { exchanges } = await app.call('connections.history', { connectionId: id });
    expect(exchanges.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'renewed done',
      'signed_in done',
      'renewed failed',
      'signed_in done',
    ]);
  });

  it('shows a failure that could not be saved, and forgets it with the next sign-in', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    disk.refuses = () => 'disk_full';
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    expect(connectionNow(app, id)).toMatchObject({
      condition: 'retrying',
      failure: { problem: { code: 'disk_full' } },
      renewsAtMs: app.clock.nowMs() + 1000,
    });
    disk.refuses = () => null;
    await signInAgain(id);
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', failure: null });
  });

  it('does not ask a provider again and again that refuses, when the refusal cannot be saved', async () => {
    const id = await connectReal(app, connecteam, 'connecteam');
    connecteam.engine.replaceClientSecret(practiceAccounts('connecteam').apps[0]!.clientId, 'another');
    const before = tokenCalls(connecteam);
    disk.refuses = () => 'disk_full';
    app.clock.advance(86_400_000);
    await vi.waitFor(() => expect(connectionNow(app, id).failure?.problem.code).toBe('wrong_client'));
    // Whole rounds to the same server: what the schedule had sent would have arrived before.
    for (let round = 0; round < 10; round += 1) await fetch(connecteam.origin);
    expect(tokenCalls(connecteam)).toBe(before + 1);
  });
});

describe('what happens while the provider answers', () => {
  it('a failure never erases the newer sign-in', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 1, { kind: 'status', status: 400, body: '{"error":"invalid_grant"}' });
    meanwhile = () => signInAgain(id);
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow();
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2, failure: null });
  });

  it('an older answer never replaces the newer sign-in', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    let signedIn: string | null = null;
    meanwhile = async () => {
      await signInAgain(id);
      signedIn = connectionNow(app, id).fingerprint;
    };
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ generation: 2, fingerprint: signedIn });
  });

  it('a new name stays', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Old name' });
    meanwhile = () => app.call('connections.rename', { connectionId: id, label: 'New name' });
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ label: 'New name', generation: 2 });
  });

  it('what was removed stays removed', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    meanwhile = () => app.call('connections.remove', { connectionId: id });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('not_found');
    expect(app.program.snapshot().connections).toEqual([]);
  });

  it('a sign-in ended by the revocation of another one is not called working by an answer that comes late', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const archive = await connectReal(app, teamgantt, 'teamgantt', { appId: connectionNow(app, id).appId });
    meanwhile = () => app.call('connections.revoke', { connectionId: id });
    await app.call('connections.renew', { connectionId: archive });
    expect(connectionNow(app, archive)).toMatchObject({
      condition: 'sign_in_again',
      failure: { problem: { code: 'ended_with_another' } },
    });
  });

  it('a secret that is replaced serves also the connection that was just asking with the old one', async () => {
    const id = await connectReal(app, connecteam, 'connecteam');
    const { appId } = connectionNow(app, id);
    const { clientId } = practiceAccounts('connecteam').apps[0]!;
    connecteam.engine.replaceClientSecret(clientId, 'the new one');
    meanwhile = () => app.call('apps.replaceSecret', { appId, clientSecret: 'the new one' });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('wrong_client');
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ generation: 2, failure: null }));
  });
});

describe('a replaced secret', () => {
  it('wakes all that had stopped for the old one, four at a time', async () => {
    const first = await connectReal(app, connecteam, 'connecteam');
    const { appId } = connectionNow(app, first);
    const ids = [first];
    while (ids.length < 9) ids.push(await connectReal(app, connecteam, 'connecteam', { appId }));
    connecteam.engine.replaceClientSecret(practiceAccounts('connecteam').apps[0]!.clientId, 'the new one');
    for (const id of ids) await app.ask('connections.renew', { connectionId: id });
    await app.call('apps.replaceSecret', { appId, clientSecret: 'the new one' });
    const renewing = ids.filter((id) => connectionNow(app, id).condition === 'renewing');
    expect(renewing).toHaveLength(4);
    await vi.waitFor(() => expect(ids.map((id) => connectionNow(app, id).generation)).toEqual(ids.map(() => 2)));
  });
});
