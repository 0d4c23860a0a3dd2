import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delta } from '../../shared/model/program.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const [person] = practiceAccounts('teamgantt').people;
const [keys] = practiceAccounts('connecteam').apps;

let app: HeadlessApp;
let teamgantt: RunningProvider;
let connecteam: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
const keychain = memoryKeychain();

beforeEach(async () => {
  place = temporaryFolder();
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

const shown = () => app.manners.shown;

/** The provider no longer accepts the saved sign-in, and the next renewal finds that out. */
async function refuse(connectionId: string): Promise<void> {
  teamgantt.engine.revokeElsewhere(person!.username);
  app.clock.advance(56 * minute);
  await vi.waitFor(() => expect(connectionNow(app, connectionId).condition).toBe('sign_in_again'));
}

async function signInAgain(connectionId: string): Promise<void> {
  const draft = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
  await app.call('drafts.keep', { draftId: draft.id, password: person!.password.reveal() });
  await app.call('drafts.connect', { draftId: draft.id });
}

describe('a sign-in that is refused', () => {
  it('is told of once, across a restart, and so is that it works again', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Plan' });
    await refuse(id);
    app.clock.advance(2 * minute);
    expect(shown()).toMatchObject([{ kind: 'needed', connectionIds: [id], label: 'Plan', account: null }]);
    await app.end();
    app = await headlessApp({ folder: place.folder, keychain, clock: app.clock, manners: app.manners });
    app.clock.advance(day);
    expect(shown()).toHaveLength(1);
    await signInAgain(id);
    app.clock.advance(2 * minute);
    expect(shown().map(({ kind }) => kind)).toEqual(['needed', 'recovered']);
    app.clock.advance(day);
    expect(shown()).toHaveLength(2);
  });

  it('is not told of for one that is off or snoozed, and the wish goes with the connection', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await app.call('notices.keepOfConnection', { connectionId: id, notify: 'off' });
    await refuse(id);
    app.clock.advance(day);
    expect(shown()).toEqual([]);
    await app.call('notices.keepOfConnection', {
      connectionId: id,
      notify: 'on',
      snoozedUntilMs: app.clock.nowMs() + day,
    });
    app.clock.advance(day - minute);
    expect(shown()).toEqual([]);
    app.clock.advance(3 * minute);
    expect(shown()).toHaveLength(1);
    expect(app.manners.stored()).toContain(id);
    await app.call('connections.remove', { connectionId: id });
    app.clock.advance(minute);
    expect(app.manners.stored()).not.toContain(id);
  });
});

describe('a provider that does not answer', () => {
  it('is told of to nobody, however often it is tried', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 100_000, { kind: 'status', status: 503 });
    app.clock.advance(56 * minute);
    for (let tries = 1; tries <= 100; tries += 1) {
      await vi.waitFor(() => expect(connectionNow(app, id).failure?.tries).toBe(tries), { interval: 1 });
      app.clock.advance((connectionNow(app, id).failure?.nextTryAtMs ?? 0) - app.clock.nowMs());
    }
    expect(connectionNow(app, id).expiresAtMs).toBeLessThan(app.clock.nowMs());
    expect(shown()).toEqual([]);
  });
});

describe('a secret that is not accepted', () => {
  it('stops nine connections, which is one notification, and its replacement is one more', async () => {
    const first = await connectReal(app, connecteam, 'connecteam');
    const { appId } = connectionNow(app, first);
    const ids = [first];
    while (ids.length < 9) ids.push(await connectReal(app, connecteam, 'connecteam', { appId }));
    connecteam.engine.replaceClientSecret(keys!.clientId, 'the new one');
    app.clock.advance(day);
    await vi.waitFor(() =>
      expect(ids.map((id) => connectionNow(app, id).failure?.problem.code)).toEqual(ids.map(() => 'wrong_client')),
    );
    app.clock.advance(2 * minute);
    expect(shown()).toMatchObject([{ kind: 'needed', remedy: 'set_up' }]);
    expect([...shown()[0]!.connectionIds].sort()).toEqual([...ids].sort());
    await app.call('apps.replaceSecret', { appId, clientSecret: 'the new one' });
    await vi.waitFor(() => expect(ids.map((id) => connectionNow(app, id).generation)).toEqual(ids.map(() => 2)));
    app.clock.advance(2 * minute);
    expect(shown().map(({ kind, connectionIds }) => [kind, connectionIds.length])).toEqual([
      ['needed', 9],
      ['recovered', 9],
    ]);
  });
});

describe('practice', () => {
  it('tells nothing, and takes no wish about it', async () => {
    await app.call('practice.open', {});
    const draft = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    await app.call('drafts.keep', { draftId: draft.id, providerId: 'connecteam' });
    const { connectionId } = await app.call('drafts.connect', { draftId: draft.id });
    await expect(app.call('notices.ofConnection', { connectionId })).rejects.toThrow('not_found');
    await expect(app.call('notices.keepOfConnection', { connectionId, notify: 'off' })).rejects.toThrow('not_found');
    app.clock.advance(day);
    expect(shown()).toEqual([]);
    expect(app.program.trayMenu().items.map((item) => (item.kind === 'act' ? item.act.do : item.kind))).toEqual(
      expect.not.arrayContaining(['copy']),
    );
    expect(app.program.quitWarning()).toEqual([]);
  });
});

describe('from outside of the window', () => {
  const pushes = (): Delta[] => app.crossed.map((text) => JSON.parse(text) as Delta);

  it('a press on a notification leads to its connection, also into a window that was not there yet', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    app.program.show(id);
    app.program.show(null);
    expect(app.attention.calls).toBe(2);
    await vi.waitFor(() =>
      expect(pushes().flatMap(({ attention }) => attention ?? [])).toEqual([{ call: 2, connectionId: null }]),
    );
    expect((await app.call('program.start', {})).attention).toEqual({ call: 2, connectionId: null });
  });

  it('the tray copies a token, and shows the connection where it cannot', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Plan' });
    expect(app.program.trayMenu().items).toContainEqual({
      kind: 'act',
      words: expect.stringMatching(/^Plan: Working, (59m|1h 00m) left$/) as string,
      act: { do: 'copy', connectionId: id },
      available: true,
    });
    const before = app.clipboard.text;
    await app.program.copyOrShow(id);
    expect(app.clipboard.text).not.toBe(before);
    expect(app.attention.calls).toBe(0);
    await app.program.copyOrShow('gone');
    expect(app.attention.calls).toBe(1);
  });

  it('the tray renews what waits for its next try', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('token', 1, {
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '3600' },
    });
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('provider_busy');
    app.program.renewDue();
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ generation: 2, condition: 'kept' }));
  });

  it('quitting names what ends within a day, until a person does not want to hear it', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Plan' });
    await connectReal(app, connecteam, 'connecteam');
    const { expiresAtMs } = connectionNow(app, id);
    expect(app.program.quitWarning()).toEqual([{ label: 'Plan', endsAtMs: expiresAtMs, renewable: true }]);
    app.program.dropQuitWarning();
    expect(app.program.quitWarning()).toEqual([]);
    expect(await app.call('presence.settings', {})).toMatchObject({ quitWarning: false, offerDue: true });
  });

  it('starting with the computer is offered after the first connection, and answered once', async () => {
    expect((await app.call('presence.settings', {})).offerDue).toBe(false);
    await connectReal(app, teamgantt, 'teamgantt');
    expect((await app.call('presence.settings', {})).offerDue).toBe(true);
    expect(await app.call('presence.answerOffer', { yes: true })).toMatchObject({
      startsAtLogin: true,
      closeToTray: true,
      offerDue: false,
    });
    expect(app.manners.system.startsAtLogin).toBe(true);
    expect(await app.call('presence.keep', { startsAtLogin: false })).toMatchObject({
      startsAtLogin: false,
      offerDue: false,
    });
  });
});
