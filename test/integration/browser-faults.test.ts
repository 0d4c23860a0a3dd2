import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowInBrowser } from '../support/browser-part.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { MortalApp } from '../support/mortal-app.ts';
import { realDraft, runProvider, type RunningProvider } from '../support/real-connections.ts';

const minute = 60_000;

/** Does anybody listen there? A port that nobody has refuses. */
const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('a sign-in that is out in the browser', () => {
  let app: HeadlessApp;
  let taskade: RunningProvider;
  let place: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    place = temporaryFolder();
    app = await headlessApp({ folder: place.folder });
    taskade = await runProvider(app, 'taskade');
  });
  afterEach(async () => {
    await app.end();
    await taskade.stop();
    place.remove();
  });

  async function sentOut(): Promise<{ draftId: string; link: string; redirect: URL; ended: Promise<string> }> {
    const draftId = await realDraft(app, taskade, 'taskade');
    await app.call('drafts.keep', { draftId, grant: 'authorization_code' });
    const ended = app.ask('drafts.connect', { draftId }).then((reply) => (reply.ok ? 'connected' : reply.problem.code));
    const link = await app.nextSentOut();
    const redirect = new URL(new URL(link).searchParams.get('redirect_uri') ?? '');
    const { apps } = app.program.snapshot();
    expect(apps).toEqual([]);
    taskade.engine.registerRedirect(new URL(link).searchParams.get('client_id') ?? '', redirect.href);
    return { draftId, link, redirect, ended };
  }

  it('F36 B6: that never comes back ends after five minutes, its link can be copied until then, and nobody listens after', async () => {
    const { draftId, link, redirect, ended } = await sentOut();
    const [waiting] = app.program.snapshot().signIns;
    expect(waiting).toMatchObject({ stage: 'waiting', endsAtMs: app.clock.nowMs() + 5 * minute });
    await app.call('drafts.copySignInLink', { draftId });
    expect(app.clipboard.text).toBe(link);
    app.clock.advance(5 * minute - 1);
    expect(app.program.snapshot().signIns).toHaveLength(1);
    expect(await isListening(Number(redirect.port))).toBe(true);
    app.clock.advance(1);
    expect(await ended).toBe('sign_in_timed_out');
    await expect.poll(() => isListening(Number(redirect.port))).toBe(false);
    expect(app.program.snapshot()).toMatchObject({ signIns: [], connections: [], apps: [] });
  });

  it.each([
    ['called off', 'sign_in_cancelled', (draftId: string) => app.call('drafts.cancelSignIn', { draftId })],
    [
      'given up for its time',
      'sign_in_timed_out',
      () => {
        app.clock.advance(5 * minute);
        return Promise.resolve();
      },
    ],
  ])('F41: a true answer after it was %s meets nobody, and nothing is exchanged', async (_, code, giveUp) => {
    const { draftId, link, redirect, ended } = await sentOut();
    await giveUp(draftId);
    expect(await ended).toBe(code);
    await expect.poll(() => isListening(Number(redirect.port))).toBe(false);
    await expect(allowInBrowser(link)).rejects.toThrow('ECONNREFUSED');
    expect(taskade.engine.record().filter(({ grantType }) => grantType === 'authorization_code')).toEqual([]);
    expect(app.program.snapshot()).toMatchObject({ signIns: [], connections: [], apps: [] });
  });

  it('F43: whose exchange is cut off is not exchanged again; a new sign-in goes through', async () => {
    const first = await sentOut();
    taskade.engine.failNext('token', 1, { kind: 'drop_after' });
    await allowInBrowser(first.link);
    expect(await first.ended).toBe('answer_lost');
    app.clock.advance(10 * minute);
    const exchanges = (): number =>
      taskade.engine.record().filter(({ grantType }) => grantType === 'authorization_code').length;
    expect(exchanges()).toBe(1);
    expect(app.program.snapshot()).toMatchObject({ signIns: [], connections: [], apps: [] });
    const second = await sentOut();
    await allowInBrowser(second.link);
    expect(await second.ended).toBe('connected');
    expect(exchanges()).toBe(2);
    expect(app.program.snapshot().connections).toHaveLength(1);
  });
});

describe('a program that dies in a sign-in', () => {
  it('F42: begins again with nothing of it, whether the answer had come or not', async () => {
    const mortal = new MortalApp();
    await mortal.start();
    const teamgantt = await runProvider(mortal.app, 'teamgantt');
    try {
      const draftId = await realDraft(mortal.app, teamgantt, 'teamgantt');
      mortal.answered = () => mortal.die();
      expect((await mortal.app.ask('drafts.connect', { draftId })).ok).toBe(false);
      await mortal.startAgain();
      expect(mortal.app.program.snapshot()).toMatchObject({ apps: [], connections: [], signIns: [] });
      await expect(mortal.app.call('drafts.connect', { draftId })).rejects.toThrow('not_found');
      const again = await realDraft(mortal.app, teamgantt, 'teamgantt');
      await mortal.app.call('drafts.connect', { draftId: again });
      expect(mortal.app.program.snapshot().connections).toHaveLength(1);
    } finally {
      await mortal.remove();
      await teamgantt.stop();
    }
  });
});
