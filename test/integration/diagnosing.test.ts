import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../electron/oauth/transport.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { encodings, findSecrets } from '../support/encodings.ts';
import { filesBelow } from '../support/files.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { tokensGivenBy } from '../support/tokens-given.ts';

let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let given: () => ReadonlyMap<string, string>;
/** Every request that was answered, as it left. */
let sent: HttpRequest[];

beforeEach(async () => {
  place = temporaryFolder();
  sent = [];
  const answered = (request: HttpRequest): Promise<void> => Promise.resolve(void sent.push(request));
  app = await headlessApp({ folder: place.folder, answered });
  teamgantt = await runProvider(app, 'teamgantt');
  given = tokensGivenBy(teamgantt.engine);
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

const refuse = (error: string, description = '') =>
  teamgantt.engine.failNext('token', 1, {
    kind: 'status',
    status: 400,
    body: JSON.stringify({ error, error_description: description }),
  });
const copied = async (connectionId: string): Promise<string> => {
  await app.call('connections.copy', { connectionId, form: 'token' });
  return app.clipboard.text;
};

describe('why it stopped', () => {
  it('is told with the answer, the token it was of, and what it is not', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Client boards' });
    refuse('invalid_grant', 'gone');
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('sign_in_again');
    const told = await app.call('connections.diagnose', { connectionId, check: false });
    expect(told.causes[0]).toMatchObject({ remedy: 'sign_in' });
    const answered = told.causes[0]!.facts.find(({ kind }) => kind === 'answered');
    expect(answered).toMatchObject({ status: 400, code: 'invalid_grant' });
    expect(answered).toHaveProperty('refreshToken', expect.stringMatching(/^[0-9a-f]{8}$/));
    expect(told.answer?.problem.facts).toMatchObject({
      status: 400,
      providerCode: 'invalid_grant',
      providerText: 'gone',
    });
    expect(told.ruledOut.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['online', 'answers', 'clock']));
    expect(told.signedInMs).not.toBeNull();
  });

  it('is looked into by a check that sends no token, no secret and no id, and changes nothing', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    const before = connectionNow(app, connectionId);
    const history = await app.call('connections.history', { connectionId });
    sent.length = 0;
    const told = await app.call('connections.diagnose', { connectionId, check: true });
    expect(told.causes).toEqual([]);
    expect(told.ruledOut.map(({ kind }) => kind)).toContain('answers');
    expect(connectionNow(app, connectionId)).toEqual(before);
    expect(await app.call('connections.history', { connectionId })).toEqual(history);
    expect(sent.map(({ method, url, headers, body }) => [method, url.reveal(), headers, body])).toEqual([
      ['GET', `${teamgantt.origin}/`, {}, null],
    ]);
  });

  it('is the server where a check finds nobody there', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    await teamgantt.stop();
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('server_refused');
    const told = await app.call('connections.diagnose', { connectionId, check: true });
    expect(told.causes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['provider_down', 'offline']));
    expect(told.ruledOut.map(({ kind }) => kind)).not.toContain('answers');
  });

  it('shows a clock that is wrong against the server’s', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.happen('clock_wrong');
    refuse('invalid_grant');
    await app.ask('connections.renew', { connectionId });
    const told = await app.call('connections.diagnose', { connectionId, check: false });
    expect(told.causes.find(({ kind }) => kind === 'clock_wrong')?.facts[0]).toMatchObject({ kind: 'clock_off' });
    expect(told.ruledOut.map(({ kind }) => kind)).not.toContain('clock');
  });
});

describe('a copied report', () => {
  it('holds no secret, no account and no given name, whatever the provider said back', async () => {
    const { people, apps } = practiceAccounts('teamgantt');
    const person = people[0]!;
    const connectionId = await connectReal(app, teamgantt, 'teamgantt', { label: 'Marker-label-of-a-client' });
    const bearer = await copied(connectionId);
    const secrets = new Map<string, string>([
      ['client secret', apps[0]!.clientSecret.reveal()],
      ['password', person.password.reveal()],
      ['account', person.username],
      ['label', 'Marker-label-of-a-client'],
      ['client id', apps[0]!.clientId],
      ...given(),
    ]);
    const refreshToken = [...given()].find(([what]) => what.includes('refresh'))?.[1] ?? bearer;
    // Each of the things it holds is said back, in each spelling that programs put strings through.
    for (const said of [
      bearer,
      refreshToken,
      apps[0]!.clientSecret.reveal(),
      person.username,
      'Marker-label-of-a-client',
    ]) {
      for (const { name, bytes } of encodings(said)) {
        if (name === 'UTF-16LE') continue;
        refuse('temporarily_unavailable', `no ${bytes.toString()} here`);
        await app.ask('connections.renew', { connectionId });
        await app.call('connections.copyReport', { connectionId });
        const left = findSecrets('the report', Buffer.from(app.clipboard.text), secrets);
        expect(left, `${said} as ${name}`).toEqual([]);
      }
    }
    expect(app.clipboard.text).toContain('temporarily_unavailable');
    expect(app.clipboard.text).toContain('Grantkeep report: TeamGantt');
    // And nothing of it crossed to the window on the way.
    expect(findSecrets('a reply', Buffer.from(app.crossed.join('\n')), new Map([...given()]))).toEqual([]);
  });

  it('is told to be on the clipboard, and is not taken back', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    await copied(connectionId);
    await app.call('connections.copyReport', { connectionId });
    const report = app.clipboard.text;
    expect(app.program.snapshot().clipboard).toMatchObject({ what: 'report', clearsAtMs: null });
    app.clock.advance(120_000);
    expect(app.clipboard.text).toBe(report);
  });
});

describe('what a token says of itself', () => {
  it('is told by its safe claims alone, and not at all of the refresh token', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    const { tokens } = await app.call('connections.claims', { connectionId });
    expect(tokens.map(({ token }) => token)).not.toContain('refresh_token');
    const bearer = tokens.find(({ isBearer }) => isBearer)!;
    expect(bearer.form).toBe('jwt');
    const expires = bearer.claims.find(({ name }) => name === 'exp');
    expect(expires?.atMs).toBe(connectionNow(app, connectionId).expiresAtMs);
    expect(findSecrets('the claims', Buffer.from(JSON.stringify(tokens)), new Map([...given()]))).toEqual([]);
  });
});

describe('the fingerprint finder', () => {
  it('knows a token after it was replaced, and until the connection is removed', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    const first = await copied(connectionId);
    const { fingerprint } = connectionNow(app, connectionId);
    app.clock.advance(60_000);
    await app.call('connections.renew', { connectionId });
    const answer = await app.call('connections.findToken', { pasted: `Bearer ${first}` });
    expect(answer.matches).toMatchObject([{ connectionId, fromGeneration: 1, state: 'replaced' }]);
    expect(answer.matches[0]?.replacedAtMs).toBe(connectionNow(app, connectionId).issuedAtMs);
    expect(Object.keys(answer.matches[0]!).sort()).toEqual([
      'connectionId',
      'fromGeneration',
      'issuedAtMs',
      'replacedAtMs',
      'state',
      'toGeneration',
      'token',
    ]);
    expect((await app.call('connections.findToken', { pasted: fingerprint! })).matches).toEqual(answer.matches);
    await app.call('connections.remove', { connectionId });
    expect((await app.call('connections.findToken', { pasted: first })).matches).toEqual([]);
  });

  it('leaves neither the pasted token nor its hash anywhere', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    const first = await copied(connectionId);
    const pasted = 'MARKER-pasted-out-of-a-log-7c1d';
    await app.call('connections.findToken', { pasted });
    await app.call('connections.findToken', { pasted: first });
    const secrets = new Map([
      ['pasted', pasted],
      ['token', first],
    ]);
    const where = [
      ...findSecrets('a reply or push', Buffer.from(app.crossed.join('\n')), secrets),
      ...findSecrets('the log', Buffer.from(JSON.stringify(app.log)), secrets),
      ...filesBelow(place.folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, secrets)),
    ];
    expect(where).toEqual([]);
  });
});

describe('looking back', () => {
  it('tells the lane of a connection and foretells its next sign-in', async () => {
    const connectionId = await connectReal(app, teamgantt, 'teamgantt');
    app.clock.advance(60_000);
    await app.call('connections.renew', { connectionId });
    const { lanes } = await app.call('connections.lookBack', { connectionIds: [connectionId, 'nobody'], sinceMs: 0 });
    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.moments.map(({ what }) => what)).toEqual(['renewed', 'signed_in']);
    // TeamGantt says that a sign-in holds until it is revoked.
    expect(lanes[0]?.forecast).toEqual({ kind: 'not_needed', reason: 'until_revoked' });
    refuse('invalid_grant');
    await app.ask('connections.renew', { connectionId });
    const [after] = (await app.call('connections.lookBack', { connectionIds: [connectionId], sinceMs: 0 })).lanes;
    expect(after?.forecast).toMatchObject({ kind: 'due', reason: 'needed_now' });
    expect(after?.moments[0]?.what).toBe('failed');
  });
});
