import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../electron/providers/practice/switchboard.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  place = temporaryFolder();
  app = await headlessApp({ folder: place.folder });
  teamgantt = await runProvider(app, 'teamgantt');
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const revocations = (): number => teamgantt.engine.record().filter(({ endpoint }) => endpoint === 'revocation').length;
const json = (status: number, error: string): Fault => ({ kind: 'status', status, body: JSON.stringify({ error }) });

/** What the provider answers, and what is said of it. */
const refusals: [string, Fault, string][] = [
  ['400 with a reason', json(400, 'invalid_request'), 'revoke_refused'],
  ['401', json(401, 'invalid_client'), 'revoke_refused'],
  ['403 with nothing', { kind: 'status', status: 403 }, 'revoke_refused'],
  ['404', { kind: 'status', status: 404 }, 'revoke_refused'],
  ['429', { kind: 'status', status: 429 }, 'provider_busy'],
  ['503', { kind: 'status', status: 503, headers: { 'retry-after': '5' } }, 'provider_busy'],
  ['500', { kind: 'status', status: 500 }, 'provider_failing'],
  ['a page with a 200', { kind: 'html' }, 'not_an_oauth_answer'],
  ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }, 'redirect_refused'],
  ['a connection that breaks before', { kind: 'drop_before' }, 'answer_lost'],
];

describe('a revocation', () => {
  it('F46 B14: that is confirmed drops the tokens, and there is nothing left to revoke', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    await app.call('connections.revoke', { connectionId });
    expect(connectionNow(app, connectionId).condition).toBe('revoked');
    await expect(app.call('connections.copy', { connectionId, form: 'token' })).rejects.toThrow('sign_in_again');
    await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('nothing_to_revoke');
    expect(revocations()).toBe(1);
  });

  it.each(refusals)(
    'F46 B14: answered by %s keeps everything, is sent once, and can be pressed again',
    async (_, fault, code) => {
      const connectionId = await connectReal(app, teamgantt, 'teamgantt');
      teamgantt.engine.failNext('revocation', 1, fault);
      await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow(code);
      expect(revocations()).toBe(1);
      expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', revocation: null });
      await app.call('connections.copy', { connectionId, form: 'token' });
      await app.call('connections.revoke', { connectionId });
      expect(connectionNow(app, connectionId).condition).toBe('revoked');
    },
  );

  it('F46: whose answer never arrives drops nothing here; that it was done shows when it is renewed', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.failNext('revocation', 1, { kind: 'drop_after' });
    await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('answer_lost');
    expect(connectionNow(app, connectionId)).toMatchObject({ condition: 'kept', revocation: null });
    // TeamGantt takes a revocation only with a living token, and that one is gone by now.
    await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('revoke_refused');
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('sign_in_again');
    expect(connectionNow(app, connectionId).condition).toBe('sign_in_again');
  });

  it('F46: where there is no address for it says so, and asks nobody', async () => {
    const connecteam = await runProvider(app, 'connecteam');
    try {
      const connectionId = await connectReal(app, connecteam, 'connecteam');
      const before = connecteam.engine.record().length;
      await expect(app.call('connections.revoke', { connectionId })).rejects.toThrow('revoke_unsupported');
      expect(connecteam.engine.record()).toHaveLength(before);
      expect(connectionNow(app, connectionId).condition).toBe('kept');
    } finally {
      await connecteam.stop();
    }
  });
});
