// Over 300 lines: what a lock shuts is one list, and each entry of it is shown in the same locked program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channels, type Channel } from '../../shared/ipc/channels.ts';
import { contract, type Input } from '../../shared/ipc/contract.ts';
import type { HttpRequest } from '../../electron/oauth/transport.ts';
import { inputsFor } from '../support/contract-inputs.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, realDraft, runProvider, type RunningProvider } from '../support/real-connections.ts';

vi.mock('node:crypto', async (load) => (await import('../support/cheap-scrypt.ts')).withCheapScrypt(await load()));

const minute = 60_000;
const passphrase = 'drawbridge lantern';

let app: HeadlessApp;
let clock: ManualClock;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
/** What an answer of the provider waits for, once it has come and before it is handed on. */
let held: Promise<void> | null;
let asked: ((request: HttpRequest) => void) | null;

const start = (): Promise<HeadlessApp> =>
  headlessApp({
    ...{ folder: place.folder, keychain },
    clock,
    answered: async (request) => {
      asked?.(request);
      await held;
    },
  });

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  held = null;
  asked = null;
  clock = new ManualClock();
  app = await start();
  teamgantt = await runProvider(app, 'teamgantt');
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const vault = () => app.program.snapshot().vault;
const tokenCalls = (): number => teamgantt.engine.record().filter(({ path }) => path.includes('/token')).length;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function connected(): Promise<string> {
  const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Site works plan' });
  await app.call('passphrase.set', { passphrase });
  return id;
}

async function locked(keepRenewingWhileLocked: boolean): Promise<string> {
  const id = await connected();
  await app.call('settings.keep', { keepRenewingWhileLocked });
  await app.call('lock.lock', {});
  return id;
}

/** Nobody holds the database: the vault is closed, and with it its key is wiped. */
async function isClosed(): Promise<boolean> {
  const other = await headlessApp({ folder: place.folder, keychain });
  const status = other.program.snapshot().vault;
  const reply = await other.ask('lock.unlock', { passphrase });
  await other.end();
  return status.kind === 'locked' && reply.ok;
}

describe('without a passphrase', () => {
  it('B33: nothing locks and nothing is claimed: not by hand, not by time, not by the menu', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await expect(app.call('lock.lock', {})).rejects.toThrow('passphrase_missing');
    app.computer.idleSeconds = 100_000;
    app.program.lookAgain();
    app.program.sleeps();
    app.program.screenLocks();
    expect(vault()).toMatchObject({ kind: 'open' });
    expect(app.computer.freshWindows).toBe(0);
    app.crossed.length = 0;
    app.program.lock();
    await turn();
    expect(app.crossed.map((text) => JSON.parse(text) as unknown)).toContainEqual(
      expect.objectContaining({ asked: 'passphrase' }),
    );
    await app.call('connections.copy', { connectionId: id, form: 'token' });
  });

  it('the menu asks the window for its settings', async () => {
    app.crossed.length = 0;
    app.program.openSettings();
    await turn();
    expect(JSON.parse(app.crossed[0]!)).toMatchObject({ asked: 'settings' });
  });
});

/** Something that the channel's schema takes, about that connection. */
function wellFormed(channel: Channel, connectionId: string): unknown {
  const { input } = contract[channel];
  const taken = inputsFor(input, [connectionId]).filter((one) => input.safeParse(one).success);
  return fc.sample(taken, { numRuns: 1, seed: 1 })[0];
}

describe('locked', () => {
  it.each([true, false])('answers no call but those of the lock itself (renewing behind it: %s)', async (renewing) => {
    const connectionId = await locked(renewing);
    const inputs: Record<string, unknown> = {
      'connections.copy': { connectionId, form: 'token' },
      'passphrase.set': { passphrase: 'another passphrase' },
      'passphrase.remove': { current: passphrase },
      'settings.keep': { keepRenewingWhileLocked: true },
      'lock.unlock': { passphrase: 'not the one' },
    };
    const endings: Record<string, string> = {};
    for (const channel of channels) {
      const reply = await app.ask(channel, (inputs[channel] ?? wellFormed(channel, connectionId)) as Input<Channel>);
      endings[channel] = reply.ok ? 'answered' : reply.problem.code;
    }
    const answered = [
      'program.start',
      'program.openDataFolder',
      'providers.list',
      'clipboard.clear',
      'lock.lock',
      'settings.read',
    ];
    for (const channel of channels) {
      const expected = answered.includes(channel)
        ? 'answered'
        : channel === 'lock.unlock'
          ? 'wrong_passphrase'
          : 'vault_locked';
      expect([channel, endings[channel]]).toEqual([channel, expected]);
    }
  });

  it('tells the window of nothing: no app, no connection, no count, no last copy', async () => {
    const id = await connected();
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    app.crossed.length = 0;
    await app.call('lock.lock', {});
    await turn();
    expect(app.program.snapshot()).toMatchObject({ apps: [], connections: [], signIns: [] });
    const started = await app.call('program.start', {});
    expect(started.lastCopiedConnectionId).toBeNull();
    expect(app.crossed.join('\n')).not.toContain('Site works plan');
    expect(app.computer.freshWindows).toBe(1);
    // Pressed again, it stays as it is.
    await app.call('lock.lock', {});
    expect(app.computer.freshWindows).toBe(1);
  });

  it('B57: clears the clipboard if it still holds ours, and leaves what is not', async () => {
    const id = await connected();
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    expect(app.clipboard.text).not.toBe('');
    await app.call('lock.lock', {});
    expect(app.clipboard.text).toBe('');
    await app.call('lock.unlock', { passphrase });
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    app.clipboard.text = 'copied elsewhere meanwhile';
    await app.call('lock.lock', {});
    expect(app.clipboard.text).toBe('copied elsewhere meanwhile');
  });

  it('hands out no copy that was asked for before and is ready after', async () => {
    const id = await connected();
    teamgantt.engine.failNext('token', 50, { kind: 'status', status: 503 });
    app.clock.advance(59 * minute + 15_000);
    await vi.waitFor(() => expect(app.program.snapshot().connections[0]?.failure).not.toBeNull());
    teamgantt.engine.clearFaults();
    let letGo: () => void = () => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    const came = new Promise<void>((resolve) => (asked = () => resolve()));
    const copy = app.ask('connections.copy', { connectionId: id, form: 'token' });
    await came;
    await app.call('lock.lock', {});
    app.clipboard.text = 'mine';
    letGo();
    expect(await copy).toEqual({ ok: false, problem: { code: 'vault_locked', facts: {} } });
    expect(app.clipboard.text).toBe('mine');
  });

  it('with renewing on: tokens go on being renewed behind it, and nothing of that is pushed', async () => {
    await locked(true);
    expect(vault()).toEqual({ kind: 'locked', renewing: true, nextTryAtMs: null });
    const before = tokenCalls();
    await turn();
    app.crossed.length = 0;
    app.clock.advance(56 * minute);
    await vi.waitFor(() => expect(tokenCalls()).toBe(before + 1));
    await turn();
    expect(app.crossed).toEqual([]);
    await app.call('lock.unlock', { passphrase });
    await vi.waitFor(() => expect(app.program.snapshot().connections[0]).toMatchObject({ generation: 2 }));
  });

  it('with renewing off: the vault is closed at once, nothing is renewed, and after unlocking all is there', async () => {
    const id = await locked(false);
    expect(vault()).toEqual({ kind: 'locked', renewing: false, nextTryAtMs: null });
    expect(await isClosed()).toBe(true);
    const before = tokenCalls();
    app.clock.advance(56 * minute);
    await turn();
    expect(tokenCalls()).toBe(before);
    await app.call('lock.unlock', { passphrase });
    expect(app.program.snapshot().connections).toMatchObject([{ id, label: 'Site works plan' }]);
    await vi.waitFor(() => expect(tokenCalls()).toBe(before + 1));
  });

  it('with renewing off: an answer that is on its way is kept before the key goes', async () => {
    const id = await connected();
    await app.call('settings.keep', { keepRenewingWhileLocked: false });
    let letGo: () => void = () => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    const came = new Promise<void>((resolve) => (asked = () => resolve()));
    const renewal = app.ask('connections.renew', { connectionId: id });
    await came;
    await app.call('lock.lock', {});
    expect(vault().kind).toBe('locked');
    expect((await app.ask('connections.history', { connectionId: id })).ok).toBe(false);
    letGo();
    expect(await renewal).toMatchObject({ ok: false, problem: { code: 'vault_locked' } });
    await vi.waitFor(async () => expect(await isClosed()).toBe(true));
    await app.call('lock.unlock', { passphrase });
    expect(app.program.snapshot().connections[0]).toMatchObject({ generation: 2, failure: null });
  });

  it('unlocked while an answer is still on its way, the vault simply stays open', async () => {
    const id = await connected();
    await app.call('settings.keep', { keepRenewingWhileLocked: false });
    let letGo: () => void = () => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    const came = new Promise<void>((resolve) => (asked = () => resolve()));
    const renewal = app.ask('connections.renew', { connectionId: id });
    await came;
    await app.call('lock.lock', {});
    await app.call('lock.unlock', { passphrase });
    letGo();
    await renewal;
    await vi.waitFor(() => expect(app.program.snapshot().connections[0]).toMatchObject({ generation: 2 }));
    expect(vault().kind).toBe('open');
  });

  it('keeps what was typed into the wizard, drops its secrets, and goes on with it', async () => {
    await connected();
    const draftId = await realDraft(app, teamgantt, 'teamgantt', { label: 'Second plan' });
    await app.call('lock.lock', {});
    const { goesOn } = await app.call('lock.unlock', { passphrase });
    expect(goesOn).toMatchObject({
      id: draftId,
      label: 'Second plan',
      clientSecretEntered: false,
      passwordEntered: false,
      pastedTokenEntered: false,
    });
    expect(goesOn?.clientId).not.toBe('');
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('field_missing');
  });

  it('B33: by time, by the computer’s sleep, with its screen, and by the menu', async () => {
    await connected();
    const lockers: (() => void)[] = [
      () => {
        app.computer.idleSeconds = 15 * 60;
        app.program.lookAgain();
        app.computer.idleSeconds = 0;
      },
      () => app.program.sleeps(),
      () => app.program.screenLocks(),
      () => app.program.lock(),
    ];
    for (const lock of lockers) {
      lock();
      expect(vault().kind).toBe('locked');
      await app.call('lock.unlock', { passphrase });
      expect(vault().kind).toBe('open');
    }
  });
});

describe('unlocking', () => {
  it.each([true, false])(
    'F11: with a wrong passphrase says so, waits longer each time, and changes nothing (renewing: %s)',
    async (renewing) => {
      await locked(renewing);
      const bytes = readFileSync(join(place.folder, 'vault', 'vault.json'));
      for (const waitMs of [500, 1_000, 2_000]) {
        const reply = await app.ask('lock.unlock', { passphrase: 'not the one' });
        const retryAtMs = app.clock.nowMs() + waitMs;
        expect(reply).toEqual({ ok: false, problem: { code: 'wrong_passphrase', facts: { retryAtMs } } });
        expect(vault()).toMatchObject({ kind: 'locked', nextTryAtMs: retryAtMs });
        await expect(app.call('lock.unlock', { passphrase })).rejects.toThrow('passphrase_too_soon');
        app.clock.advance(waitMs);
      }
      expect(readFileSync(join(place.folder, 'vault', 'vault.json'))).toEqual(bytes);
      await app.call('lock.unlock', { passphrase });
      expect(vault()).toMatchObject({ kind: 'open', passphrase: true });
    },
  );

  it('no passphrase is in any reply, push, log or file', async () => {
    await locked(false);
    await app.ask('lock.unlock', { passphrase: 'a wrong one that was typed' });
    app.clock.advance(10_000);
    await app.call('lock.unlock', { passphrase });
    const told = [
      ...app.crossed,
      JSON.stringify(app.log),
      readFileSync(join(place.folder, 'vault', 'vault.json'), 'utf8'),
    ];
    expect(told.join('\n')).not.toMatch(/drawbridge lantern|a wrong one that was typed/);
  });
});

describe('a profile with a passphrase', () => {
  it('without a keychain, from the first run to the restart: nothing is stored before, and nothing is lost', async () => {
    await app.end();
    place.remove();
    place = temporaryFolder();
    keychain.failing = 'keychain_absent';
    app = await start();
    expect(vault()).toMatchObject({ kind: 'problem', problem: { code: 'keychain_absent' }, canUsePassphrase: true });
    await expect(app.call('passphrase.set', { passphrase: 'short' })).rejects.toThrow('passphrase_too_short');
    expect(vault().kind).toBe('problem');
    await app.call('passphrase.set', { passphrase });
    expect(vault()).toMatchObject({ kind: 'open', passphrase: true });
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await app.end();

    app = await start();
    expect(vault()).toEqual({ kind: 'locked', renewing: false, nextTryAtMs: null });
    expect(app.program.snapshot().connections).toEqual([]);
    expect((await app.ask('connections.copy', { connectionId: id, form: 'token' })).ok).toBe(false);
    await app.call('lock.unlock', { passphrase });
    expect(app.program.snapshot().connections).toMatchObject([{ id }]);
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    await expect(app.call('passphrase.remove', { current: passphrase })).rejects.toThrow('keychain_absent');
    expect(keychain.items.size).toBe(0);
  });

  it('is changed with the current one only, and removed into the keychain', async () => {
    await connected();
    expect(keychain.entries().filter((account) => account.startsWith('vault-key:'))).toEqual([]);
    const other = 'another four odd words';
    await expect(app.call('passphrase.set', { passphrase: other })).rejects.toThrow('vault_locked');
    await expect(app.call('passphrase.set', { passphrase: other, current: other })).rejects.toThrow('wrong_passphrase');
    app.clock.advance(10_000);
    await app.call('passphrase.set', { passphrase: other, current: passphrase });
    await app.call('lock.lock', {});
    await expect(app.call('lock.unlock', { passphrase })).rejects.toThrow('wrong_passphrase');
    app.clock.advance(10_000);
    await app.call('lock.unlock', { passphrase: other });
    await app.call('passphrase.remove', { current: other });
    expect(vault()).not.toHaveProperty('passphrase');
    await expect(app.call('lock.lock', {})).rejects.toThrow('passphrase_missing');
    await app.end();
    app = await start();
    expect(vault().kind).toBe('open');
  });
});
