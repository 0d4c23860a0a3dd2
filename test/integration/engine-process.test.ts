import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { allowInBrowser, installFromMarketplace } from '../support/browser-part.ts';
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts';

/** What is told to the engine in a process of its own arrives there, and what it says comes back. */
let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngineProcess();
}, 30_000);
afterAll(() => engine.stop());

test('a redirect address told to it is the one that a company’s browser is sent to', async () => {
  const remote = engine.provider('t-gate');
  const [app] = practiceAccounts('t-gate').apps;
  // Port 9 of this computer: nobody listens, and the browser says so after the redirect.
  await remote.registerRedirect(app!.clientId, 'http://127.0.0.1:9/t-gate/x');
  await expect(installFromMarketplace(remote.marketplaceUrl!)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const seen = await remote.record();
  expect(seen.map(({ endpoint, method, answered }) => [endpoint, method, answered])).toEqual([
    ['marketplace', 'GET', 200],
    ['marketplace', 'POST', 302],
  ]);
  const names = [...(await remote.tokensGiven()).keys()];
  expect(names).toEqual(['issued t-gate code 0']);
});

test('rotation, encoding, tokens at hand and what happens are told and asked like every other method', async () => {
  const remote = engine.provider('taskade');
  await remote.setRotation(true);
  await remote.setTokenParameters('json');
  const [person] = practiceAccounts('taskade').people;
  expect(await remote.personalToken(person!.username)).toMatch(/^tskdp_/);
  const refreshToken = await remote.existingRefreshToken('practice-tk-public', person!.username);
  const ask = (type: string, body: string): Promise<Response> =>
    fetch(remote.endpoints.token!, { method: 'POST', headers: { 'content-type': type }, body });
  const sent = { grant_type: 'refresh_token', refresh_token: refreshToken!, client_id: 'practice-tk-public' };
  expect((await ask('application/x-www-form-urlencoded', new URLSearchParams(sent).toString())).status).toBe(400);
  const renewed = await ask('application/json', JSON.stringify(sent));
  expect(Object.keys((await renewed.json()) as object)).toContain('refresh_token');
  await remote.happen('too_many');
  expect((await remote.happenings()).armed).toEqual([{ what: 'too_many', callsLeft: 1 }]);
  await remote.happen('normal');
  expect((await remote.happenings()).armed).toEqual([]);
  expect([...(await remote.tokensGiven()).values()]).toContain(refreshToken);
});

test('what it refuses is refused here, and the other calls go on', async () => {
  await expect(engine.provider('connecteam').happen('new_refresh_token')).rejects.toThrow('bad_input');
  const { marketplaceUrl, endpoints } = engine.provider('connecteam');
  expect([marketplaceUrl, endpoints.authorization]).toEqual([null, null]);
});

test('a browser’s part goes nowhere but to this computer', async () => {
  await expect(allowInBrowser('http://127.0.0.2:1/')).rejects.toThrow('not on this computer');
  await expect(allowInBrowser('https://example.com/')).rejects.toThrow('not on this computer');
});
