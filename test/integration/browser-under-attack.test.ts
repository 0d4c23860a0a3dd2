import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowInBrowser } from '../support/browser-part.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { rawGet, sendRaw, statusOf } from '../support/raw-http.ts';

/** The whole program with a sign-in that is out in the browser, and everything else that knocks at its way back. */
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

/** The address is made at random: another program on this computer may hold its port just now, and then it is another. */
async function signingIn(
  tries = 5,
  out: Promise<string> = app.nextSentOut(),
): Promise<{ link: URL; connecting: Promise<{ connectionId: string }> }> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
  await app.call('drafts.keep', { draftId, providerId: 'taskade' });
  const connecting = app.call('drafts.connect', { draftId });
  const taken = connecting.then(
    () => null,
    () => null,
  );
  const sent = await Promise.race([out, taken]);
  if (sent !== null) return { link: new URL(sent), connecting };
  if (tries === 0) await connecting;
  return signingIn(tries - 1, out);
}

describe('a sign-in that is out in the browser', () => {
  test('F40 B3 B8: 10,000 forged callbacks: none is taken, and the true one still ends it', async () => {
    const { link, connecting } = await signingIn();
    const redirect = new URL(link.searchParams.get('redirect_uri') ?? '');
    const state = link.searchParams.get('state') ?? '';
    const port = Number(redirect.port);
    const forged: ((n: number) => string)[] = [
      () => `${redirect.pathname}?code=evil&state=${randomBytes(32).toString('base64url')}`,
      () => `${redirect.pathname}?code=evil`,
      () => `${redirect.pathname}?error=access_denied`,
      () => `${redirect.pathname}?error=access_denied&state=`,
      () => `${redirect.pathname}?code=evil&state=${state.slice(0, -1)}`,
      () => `${redirect.pathname}?code=evil&state=${state}&state=${state}`,
      () => `${redirect.pathname}?code=evil&code=worse&state=${state}`,
      () => `${redirect.pathname}?access_token=evil&state=${state}`,
      (n) => `/${String(n)}?code=evil&state=${state}`,
      () => '/favicon.ico',
    ];
    let sent = 0;
    const wrong: string[] = [];
    const knock = async (): Promise<void> => {
      while (sent < 10_000) {
        const n = sent;
        sent += 1;
        const answer = await sendRaw(port, rawGet(forged[n % forged.length]!(n), redirect.host));
        if (statusOf(answer) !== 404) wrong.push(answer.slice(0, 40));
      }
    };
    await Promise.all(Array.from({ length: 12 }, knock));
    expect(wrong).toEqual([]);
    expect(app.program.snapshot().signIns).toMatchObject([{ stage: 'waiting', strays: 10_000 }]);
    expect(app.program.snapshot().connections).toEqual([]);
    expect((await allowInBrowser(link.href)).statuses).toEqual([200, 302, 200]);
    await connecting;
    expect(app.program.snapshot().connections).toHaveLength(1);
  }, 60_000);

  test('200 sign-ins leave no listener and no socket, whether they end well, are declined or called off', async () => {
    const ports: number[] = [];
    for (let n = 0; n < 200; n += 1) {
      const { link, connecting } = await signingIn();
      ports.push(Number(new URL(link.searchParams.get('redirect_uri') ?? '').port));
      if (n % 20 === 0) {
        await allowInBrowser(link.href);
        await connecting;
      } else if (n % 20 === 1) {
        const declined = expect(connecting).rejects.toThrow('sign_in_declined');
        await allowInBrowser(link.href, { decline: true });
        await declined;
      } else {
        const called = expect(connecting).rejects.toThrow('sign_in_cancelled');
        await app.call('drafts.cancelSignIn', { draftId: app.program.snapshot().signIns[0]!.draftId });
        await called;
      }
    }
    expect(app.program.snapshot().signIns).toEqual([]);
    // Repeats of an answer get their page for ten seconds more (B8); then every port is free again.
    for (const port of new Set(ports)) await expect.poll(() => canListen(port), { timeout: 15_000 }).toBe(true);
  }, 60_000);
});

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
