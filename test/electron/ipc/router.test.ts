import { describe, expect, it } from 'vitest';
import { channels } from '../../../shared/ipc/channels.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { answer, registerRouter, type Handlers } from '../../../electron/ipc/router.ts';

const us = { isOurMainFrame: true, origin: 'app://bundle' };
const marker = 'MARKER-router-51f0';

function lines(): { log: { write(event: string): void }; written: string[] } {
  const written: string[] = [];
  return { log: { write: (event) => written.push(event) }, written };
}

function withHandler(channel: string, run: (input: unknown) => unknown): Handlers {
  return { [channel]: run } as unknown as Handlers;
}

type Listener = Parameters<Parameters<typeof registerRouter>[0]['handle']>[1];

describe('B27: who is listened to', () => {
  const page = { origin: 'app://bundle', parent: null };
  const registered = new Map<string, Listener>();
  const ran: string[] = [];
  const handlers = Object.fromEntries(
    channels.map((channel) => [channel, () => (ran.push(channel), {})]),
  ) as unknown as Handlers;
  registerRouter(
    { handle: (channel, listener) => registered.set(channel, listener) },
    handlers,
    lines().log,
    'app://bundle',
    () => 7,
  );
  const call = (senderFrame: { origin: string; parent: unknown } | null, id: number): Promise<string> =>
    registered.get('apps.remove')!({ senderFrame, sender: { id } }, { appId: 'a', connectionIds: [] });

  it('has a listener for every channel of the contract and for none beside', () => {
    expect([...registered.keys()].sort()).toEqual([...channels].sort());
  });

  it.each([
    ['a frame that is gone', null, 7],
    ['a frame within the page', { origin: 'app://bundle', parent: page }, 7],
    ['the main frame of other contents', page, 8],
    ['another page in our window', { origin: 'https://attacker.example', parent: null }, 7],
    ['a page without an origin', { origin: 'null', parent: null }, 7],
  ])('is not %s', async (_name, senderFrame, id) => {
    ran.length = 0;
    expect(JSON.parse(await call(senderFrame, id))).toEqual({ ok: false, problem: { code: 'bad_input', facts: {} } });
    expect(ran).toEqual([]);
  });

  it('is the main frame of our window', async () => {
    ran.length = 0;
    await call(page, 7);
    expect(ran).toEqual(['apps.remove']);
  });
});

describe('B27: the router', () => {
  it('has a row for every channel and no row beside', () => {
    expect(Object.keys(contract).sort()).toEqual([...channels].sort());
  });

  it.each([
    ['another frame', { isOurMainFrame: false, origin: 'app://bundle' }],
    ['another origin', { isOurMainFrame: true, origin: 'https://attacker.example' }],
    ['no origin', { isOurMainFrame: true, origin: '' }],
  ])('runs nothing for %s', async (_name, sender) => {
    let ran = false;
    const handlers = withHandler('clipboard.clear', () => ((ran = true), { cleared: true }));
    const { log } = lines();
    expect(await answer(handlers, log, 'app://bundle', 'clipboard.clear', sender, {})).toEqual({
      ok: false,
      problem: { code: 'bad_input', facts: {} },
    });
    expect(ran).toBe(false);
  });

  it.each([
    ['a missing member', { connectionId: 'a' }],
    ['a member too many', { connectionId: 'a', form: 'token', extra: 1 }],
    ['another type', { connectionId: 7, form: 'token' }],
    ['an unknown form', { connectionId: 'a', form: 'shout' }],
    ['nothing', undefined],
    ['a string', 'connectionId'],
  ])('refuses %s before the handler', async (_name, input) => {
    let ran = false;
    const handlers = withHandler('connections.copy', () => (ran = true));
    const reply = await answer(handlers, lines().log, 'app://bundle', 'connections.copy', us, input);
    expect(reply).toEqual({ ok: false, problem: { code: 'bad_input', facts: {} } });
    expect(ran).toBe(false);
  });

  it('refuses more than 64 KiB', async () => {
    const input = { draftId: 'a', clientId: 'x'.repeat(70_000) };
    const reply = await answer(
      withHandler('drafts.keep', () => ({})),
      lines().log,
      'app://bundle',
      'drafts.keep',
      us,
      input,
    );
    expect(reply).toMatchObject({ ok: false, problem: { code: 'bad_input' } });
  });

  it('keeps a reply with a member too many in this process', async () => {
    const handlers = withHandler('clipboard.clear', () => ({ cleared: true, accessToken: marker }));
    const { log, written } = lines();
    const reply = await answer(handlers, log, 'app://bundle', 'clipboard.clear', us, {});
    expect(reply).toEqual({ ok: false, problem: { code: 'internal', facts: {} } });
    expect(JSON.stringify([reply, written])).not.toContain(marker);
    expect(written).toEqual(['reply did not fit its contract']);
  });

  it('tells of a thrown error only that it was one', async () => {
    const handlers = withHandler('clipboard.clear', () => {
      throw new Error(`secret ${marker}`);
    });
    const { log, written } = lines();
    const reply = await answer(handlers, log, 'app://bundle', 'clipboard.clear', us, {});
    expect(reply).toEqual({ ok: false, problem: { code: 'internal', facts: {} } });
    expect(JSON.stringify([reply, written])).not.toContain(marker);
  });

  it('passes a code with its listed facts, and drops facts that do not fit', async () => {
    const reply = (facts: object) =>
      answer(
        withHandler('clipboard.clear', () => {
          throw new AppError('request_refused', facts);
        }),
        lines().log,
        'app://bundle',
        'clipboard.clear',
        us,
        {},
      );
    expect(await reply({ status: 404, host: 'auth.example' })).toEqual({
      ok: false,
      problem: { code: 'request_refused', facts: { status: 404, host: 'auth.example' } },
    });
    expect(await reply({ status: 404, body: marker })).toEqual({
      ok: false,
      problem: { code: 'request_refused', facts: {} },
    });
    expect(await reply({ providerText: marker.repeat(40) })).toEqual({
      ok: false,
      problem: { code: 'request_refused', facts: {} },
    });
  });
});
