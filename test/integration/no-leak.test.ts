import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { filesBelow } from '../support/files.ts';
import { encodings, findSecrets } from '../support/encodings.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { tokensGivenBy } from '../support/tokens-given.ts';
import { connectReal, realDraft, runProvider, type RunningProvider } from '../support/real-connections.ts';

let app: HeadlessApp;
let provider: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
let given: () => ReadonlyMap<string, string>;
const issued = new Map<string, string>();

beforeEach(async () => {
  place = temporaryFolder();
  app = await headlessApp({ folder: place.folder });
  provider = await runProvider(app, 'teamgantt');
  given = tokensGivenBy(provider.engine);
  issued.clear();
  const { people, apps } = practiceAccounts('teamgantt');
  issued.set('client secret', apps[0]!.clientSecret.reveal());
  issued.set('password', people[0]!.password.reveal());
});

afterEach(async () => {
  await app.end();
  await provider.stop();
  place.remove();
});

/** Everything that left main or lies on disk, searched for every secret in every encoding. */
function leaks(): string[] {
  return [
    ...findSecrets('a reply or push', Buffer.from(app.crossed.join('\n')), issued),
    ...findSecrets('the log', Buffer.from(JSON.stringify(app.log)), issued),
    ...filesBelow(place.folder).flatMap(({ path, bytes }) => findSecrets(path, bytes, issued)),
  ];
}

describe('nothing leaks', () => {
  it('finds a secret it should find (the search itself works)', () => {
    const secrets = new Map([['marker', 'MARKER-leak-b7e1-of-some-length']]);
    for (const { name, bytes } of encodings('MARKER-leak-b7e1-of-some-length')) {
      expect(
        findSecrets('x', Buffer.concat([Buffer.from('abc'), bytes, Buffer.from('xyz')]), secrets),
        name,
      ).not.toEqual([]);
    }
  });

  it('B30 B64: through replies, pushes, log and disk, in success and in failure', async () => {
    // Markers for what a person types; what the provider issues is read back off the clipboard.
    issued.set('wrong password', 'MARKER-password-9d2c-wrong');
    issued.set('wrong secret', 'MARKER-secret-4f11-wrong');
    const wrong = await realDraft(app, provider, 'teamgantt', { password: 'MARKER-password-9d2c-wrong' });
    await expect(app.call('drafts.connect', { draftId: wrong })).rejects.toThrow('wrong_password');
    const wrongApp = await realDraft(app, provider, 'teamgantt', { clientSecret: 'MARKER-secret-4f11-wrong' });
    await expect(app.call('drafts.connect', { draftId: wrongApp })).rejects.toThrow(/wrong_/);
    // A provider that echoes what it was sent, and HTML with it.
    for (const body of [
      '{"error":"invalid_request","error_description":"bad MARKER-password-9d2c-wrong here"}',
      '<p>MARKER-password-9d2c-wrong</p>',
    ]) {
      provider.engine.failNext('token', 1, { kind: 'status', status: 400, body });
      await app.ask('drafts.connect', { draftId: wrong });
    }

    const id = await connectReal(app, provider, 'teamgantt', { label: 'Label-seen-by-people' });
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    issued.set('first bearer', app.clipboard.text);
    await app.call('connections.renew', { connectionId: id });
    await app.call('connections.copy', { connectionId: id, form: 'token' });
    issued.set('second bearer', app.clipboard.text);
    await app.call('connections.test', { connectionId: id });
    await app.call('connections.history', { connectionId: id });
    await app.call('connections.revoke', { connectionId: id });
    await app.call('program.start', {});
    for (const [what, secret] of given()) issued.set(what, secret);
    // Two bearers, two access tokens, one refresh token, and the four secrets that were typed.
    expect([...issued.keys()].filter((what) => what.startsWith('issued')).length).toBeGreaterThanOrEqual(5);
    expect(issued.size).toBeGreaterThanOrEqual(9);
    expect(leaks()).toEqual([]);
  });
});
