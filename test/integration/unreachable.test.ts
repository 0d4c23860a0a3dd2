import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cableTo } from '../support/cable.ts';
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

describe('a server that cannot be reached', () => {
  it('F27: leaves the sign-in as it was, is tried again after 1, 2, 4 … 300 seconds, and then goes on', async () => {
    const cable = await cableTo(teamgantt.origin);
    const endpoints = teamgantt.endpoints.map(({ kind, url }) => ({
      kind,
      url: url.replace(teamgantt.origin, cable.origin),
    }));
    const id = await connectReal(app, { ...teamgantt, endpoints }, 'teamgantt');
    const before = connectionNow(app, id);
    await cable.cut();
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('server_refused');
    const waits: number[] = [];
    for (let tries = 1; tries < 11; tries += 1) {
      await vi.waitFor(() => expect(connectionNow(app, id).failure?.tries).toBe(tries));
      const { failure, fingerprint, expiresAtMs, generation } = connectionNow(app, id);
      expect({ fingerprint, expiresAtMs, generation }).toEqual({
        fingerprint: before.fingerprint,
        expiresAtMs: before.expiresAtMs,
        generation: 1,
      });
      const waitMs = failure!.nextTryAtMs! - app.clock.nowMs();
      waits.push(waitMs / 1000);
      if (tries < 10) app.clock.advance(waitMs);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);

    await cable.mend();
    app.clock.advance(300_000);
    await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2 }));
    await cable.cut();
  });
});

describe('a fault of the server’s own', () => {
  it.each<[string, number, string, string, string?]>([
    ['500 with an OAuth error in JSON', 500, 'application/json', '{"error":"server_error"}', 'server_error'],
    ['500 that says invalid_grant', 500, 'application/json', '{"error":"invalid_grant"}', 'invalid_grant'],
    ['502 with a page', 502, 'text/html', '<html><body>Bad gateway</body></html>'],
    ['503 with nothing', 503, 'text/plain', ''],
  ])(
    'F34: %s never ends a sign-in, keeps the intent, and the same token is sent again',
    async (_, status, contentType, body, providerCode) => {
      const id = await connectReal(app, teamgantt, 'teamgantt');
      teamgantt.engine.clearRecord();
      teamgantt.engine.failNext('token', 1, { kind: 'status', status, contentType, body });
      await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('provider_failing');
      const { failure, condition } = connectionNow(app, id);
      expect(condition).toBe('retrying');
      expect(failure?.problem.facts).toMatchObject({ status });
      expect(failure?.problem.facts.providerCode).toBe(providerCode);
      // It may have acted, so the first try comes as soon as after a lost answer (C1).
      expect(failure?.nextTryAtMs).toBe(app.clock.nowMs() + 500);
      app.clock.advance(500);
      await vi.waitFor(() => expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2 }));
      const sent = teamgantt.engine.record().map(({ fingerprints }) => fingerprints['refresh_token']);
      expect(sent).toHaveLength(2);
      expect(new Set(sent).size).toBe(1);
    },
  );
});
