// Over 300 lines: every way from an edited address to a token, by the window (B31); by file and by import have theirs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointKind } from '../../shared/model/provider.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { otherHost, type OtherHost } from '../support/other-host.ts';
import {
  connectReal,
  connectionNow,
  realDraft,
  runProvider,
  type RunningProvider,
} from '../support/real-connections.ts';
import { noRoomForTokens, UnwillingDisk } from '../support/unwilling-disk.ts';

// Two ports of this computer are two origins. TeamGantt's engine is the host that the app was made for.

let app: HeadlessApp;
let teamgantt: RunningProvider;
let evil: OtherHost;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
let disk: UnwillingDisk;
/** Runs once, when the next answer from such an address has come and is not yet handed on. */
let meanwhile: { at: string; run: () => Promise<unknown> } | null;

const [person] = practiceAccounts('teamgantt').people;

async function start(): Promise<HeadlessApp> {
  const answered = async ({ url }: { url: { reveal(): string } }): Promise<void> => {
    if (meanwhile === null || !url.reveal().includes(meanwhile.at)) return;
    const { run } = meanwhile;
    meanwhile = null;
    await run();
  };
  return headlessApp({ folder: place.folder, keychain, disk, answered });
}

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  disk = new UnwillingDisk();
  meanwhile = null;
  app = await start();
  teamgantt = await runProvider(app, 'teamgantt');
  evil = await otherHost();
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  await evil.stop();
  place.remove();
});

const appOf = (connectionId: string): string => connectionNow(app, connectionId).appId;
const urlOf = (connectionId: string, kind: EndpointKind): string | null => {
  const found = app.program.snapshot().apps.find(({ id }) => id === appOf(connectionId));
  return found?.endpoints.find((endpoint) => endpoint.kind === kind)?.url ?? null;
};
const change = (connectionId: string, kind: EndpointKind, url: string) =>
  app.call('apps.changeAddresses', { appId: appOf(connectionId), endpoints: [{ kind, url }] });
const yes = (): void => void (app.dialogs.answer = () => true);

/** Everything that could make a token leave, after a long time. */
async function tryEverything(connectionId: string): Promise<string[]> {
  const ends: string[] = [];
  const end = (act: Promise<unknown>) => act.then(() => 'done').catch((error: unknown) => (error as Error).message);
  ends.push(await end(app.call('connections.renew', { connectionId })));
  ends.push(await end(app.call('connections.test', { connectionId })));
  ends.push(await end(app.call('connections.copy', { connectionId, form: 'token' })));
  ends.push(await end(app.call('connections.revoke', { connectionId })));
  app.clock.advance(86_400_000);
  app.program.lookAgain();
  return ends;
}

describe('an address within its host', () => {
  it('is only saved: no question, the tokens stay and renew, also after a restart', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const answer = await change(id, 'test', `${teamgantt.origin}/elsewhere`);
    expect(answer).toEqual({ asked: [], dropped: [] });
    expect(app.dialogs.questions).toEqual([]);
    expect(urlOf(id, 'test')).toBe(`${teamgantt.origin}/elsewhere`);
    await app.call('connections.renew', { connectionId: id });
    await app.end();
    app = await start();
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 3 });
  });

  it('goes on asking at the new path and no longer at the old one', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    teamgantt.engine.clearRecord();
    await change(id, 'token', `${teamgantt.origin}/v2/token`);
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow();
    expect(teamgantt.engine.record().map(({ path }) => path)).toEqual(['/v2/token']);
    await change(id, 'token', teamgantt.endpoints.find(({ kind }) => kind === 'token')!.url);
    await app.call('connections.renew', { connectionId: id });
    expect(app.dialogs.questions).toEqual([]);
  });

  it('may be emptied unasked, and what is left still opens after a restart', async () => {
    yes();
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await change(id, 'test', `${evil.origin}/me`);
    expect(app.dialogs.questions).toHaveLength(1);
    await change(id, 'test', '');
    expect(app.dialogs.questions).toHaveLength(1);
    expect(urlOf(id, 'test')).toBeNull();
    await app.end();
    app = await start();
    await app.call('connections.renew', { connectionId: id });
    expect(evil.connections()).toBe(0);
  });

  it('changes the provider’s open corners with it, takes no other, and never a host', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const appId = appOf(id);
    await app.call('apps.changeAddresses', { appId, endpoints: [], choices: { renewal_keys: 'sent' } });
    expect(app.program.snapshot().apps[0]?.choices).toEqual({ renewal_keys: 'sent' });
    const before = app.program.snapshot().apps;
    const wrong: Record<string, string>[] = [{ renewal_keys: evil.origin }, { host: evil.origin }];
    for (const choices of wrong) {
      await expect(app.call('apps.changeAddresses', { appId, endpoints: [], choices })).rejects.toThrow('bad_input');
    }
    expect(app.program.snapshot().apps).toEqual(before);
    await app.call('apps.changeAddresses', { appId, endpoints: [], choices: { renewal_keys: 'none' } });
    expect(app.program.snapshot().apps[0]?.choices).toEqual({});
  });
});

describe('B31: a new token host', () => {
  it('No: nothing is changed and nothing sent', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = app.program.snapshot();
    await expect(change(id, 'token', `${evil.origin}/token`)).rejects.toThrow('not_confirmed');
    expect(app.program.snapshot()).toMatchObject({ apps: before.apps, connections: before.connections });
    await app.call('connections.renew', { connectionId: id });
    await tryEverything(id);
    expect(evil.connections()).toBe(0);
  });

  it('is named by its host, with what becomes of the tokens', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await connectReal(app, teamgantt, 'teamgantt', { appId: appOf(id), label: 'Second' });
    await expect(change(id, 'token', 'https://tökens.EVIL.example:8443/a?b=c')).rejects.toThrow('not_confirmed');
    expect(app.dialogs.questions).toEqual([
      {
        kind: 'new_addresses',
        app: 'TeamGantt',
        provider: 'TeamGantt',
        addresses: [{ kind: 'token', host: 'xn--tkens-jua.evil.example:8443' }],
        connections: 2,
        drops: true,
      },
    ]);
  });

  it('Yes: the tokens are dropped, and not a byte reaches it until somebody signs in there', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const secondId = await connectReal(app, teamgantt, 'teamgantt', { appId: appOf(id), label: 'Second' });
    const elsewhere = await connectReal(app, teamgantt, 'teamgantt', { label: 'Other app', person: 1 });
    yes();
    const answer = await change(id, 'token', `${evil.origin}/token`);
    expect(answer).toEqual({ asked: [evil.origin], dropped: [id, secondId] });
    for (const dropped of [id, secondId]) {
      expect(connectionNow(app, dropped)).toMatchObject({
        condition: 'sign_in_again',
        fingerprint: null,
        expiresAtMs: null,
        failure: { problem: { code: 'addresses_changed', facts: { name: 'TeamGantt' } }, nextTryAtMs: null },
      });
      expect((await app.call('connections.history', { connectionId: dropped })).exchanges).toHaveLength(1);
      expect(await tryEverything(dropped)).toEqual([
        'sign_in_again',
        'sign_in_again',
        'sign_in_again',
        'nothing_to_revoke',
      ]);
    }
    await app.end();
    app = await start();
    await tryEverything(id);
    expect(evil.connections()).toBe(0);
    // Time went by, and this one renews by itself.
    await expect.poll(() => connectionNow(app, elsewhere).condition).toBe('kept');
  });

  it('Yes: signing in again goes there and nowhere else, and the connection keeps its name and history', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'Crew' });
    const moved = await runProvider(app, 'teamgantt');
    try {
      yes();
      await app.call('apps.changeAddresses', { appId: appOf(id), endpoints: moved.endpoints });
      expect(app.dialogs.questions).toHaveLength(1);
      teamgantt.engine.clearRecord();
      const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
      await app.call('drafts.keep', { draftId, password: person!.password.reveal() });
      await app.call('drafts.connect', { draftId });
      await app.call('connections.renew', { connectionId: id });
      expect(connectionNow(app, id)).toMatchObject({ label: 'Crew', condition: 'kept', failure: null });
      expect((await app.call('connections.history', { connectionId: id })).exchanges).toHaveLength(3);
      expect(teamgantt.engine.record()).toEqual([]);
    } finally {
      await moved.stop();
    }
  });

  it('is as grave where only the browser is sent there: its code would come from somebody else', async () => {
    const { appId } = await app.call('apps.add', {
      ...{ realm: 'vault', providerId: 'taskade', name: 'Tasks', clientId: 'c', clientSecret: 's', scopes: [] },
      ...{ regionId: 'default', endpoints: [] },
    });
    const at = (url: string) =>
      app.call('apps.changeAddresses', { appId, endpoints: [{ kind: 'authorization', url }] });
    await expect(at('https://evil.example/authorize')).rejects.toThrow('not_confirmed');
    await at('');
    await expect(at('https://evil.example/authorize')).rejects.toThrow('not_confirmed');
    await expect(at('https://www.taskade.com/oauth2/authorize')).rejects.toThrow('not_confirmed');
    const kinds = app.dialogs.questions.map((question) => question.kind === 'new_addresses' && question.drops);
    expect(kinds).toEqual([true, true, false]);
  });

  it('is one also where the app had it for its test calls alone', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    await change(id, 'test', `${evil.origin}/me`);
    expect(connectionNow(app, id).condition).toBe('kept');
    const answer = await change(id, 'token', `${evil.origin}/token`);
    expect(answer.dropped).toEqual([id]);
    expect(app.dialogs.questions).toHaveLength(2);
    await tryEverything(id);
    expect(evil.connections()).toBe(0);
  });

  it('is one also where it changes places with the test host', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    await change(id, 'test', `${evil.origin}/me`);
    const appId = appOf(id);
    const endpoints = [
      { kind: 'token' as const, url: `${evil.origin}/token` },
      { kind: 'revocation' as const, url: '' },
      { kind: 'test' as const, url: `${teamgantt.origin}/v1/current_user` },
    ];
    expect(await app.call('apps.changeAddresses', { appId, endpoints })).toMatchObject({ dropped: [id] });
    await tryEverything(id);
    expect(evil.connections()).toBe(0);
  });
});

describe('B31: a new host for revoking or testing', () => {
  it('No: nothing is changed and nothing sent', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    for (const kind of ['revocation', 'test'] as const) {
      const before = urlOf(id, kind);
      await expect(change(id, kind, `${evil.origin}/x`)).rejects.toThrow('not_confirmed');
      expect(urlOf(id, kind)).toBe(before);
    }
    await tryEverything(id);
    expect(evil.connections()).toBe(0);
  });

  it('Yes: the tokens are kept, renew where they came from, and the next revocation goes there', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    expect(await change(id, 'revocation', `${evil.origin}/revoke`)).toEqual({ asked: [evil.origin], dropped: [] });
    expect(app.dialogs.questions).toMatchObject([{ drops: false, connections: 1 }]);
    await app.call('connections.renew', { connectionId: id });
    expect(evil.connections()).toBe(0);
    await app.end();
    app = await start();
    await app.call('connections.renew', { connectionId: id });
    await app.call('connections.revoke', { connectionId: id });
    expect(evil.requests).toEqual([expect.stringMatching(/^POST \/revoke\n/)]);
    expect(connectionNow(app, id).condition).toBe('revoked');
  });

  it('Yes: the next test call goes there', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    await change(id, 'test', `${evil.origin}/me`);
    expect(evil.connections()).toBe(0);
    await app.call('connections.test', { connectionId: id });
    expect(evil.requests).toEqual([expect.stringMatching(/^GET \/me\n/)]);
    await app.call('connections.renew', { connectionId: id });
  });

  it('an empty field that is filled is asked about, also with a host the app asks anyway', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    await change(id, 'revocation', '');
    expect(app.dialogs.questions).toEqual([]);
    await expect(change(id, 'revocation', `${evil.origin}/revoke`)).rejects.toThrow('not_confirmed');
    await expect(change(id, 'revocation', `${teamgantt.origin}/revoke`)).rejects.toThrow('not_confirmed');
    expect(app.dialogs.questions).toHaveLength(2);
    expect(urlOf(id, 'revocation')).toBeNull();
    yes();
    expect(await change(id, 'revocation', `${teamgantt.origin}/revoke`)).toMatchObject({ dropped: [] });
    await app.call('connections.renew', { connectionId: id });
    expect(evil.connections()).toBe(0);
  });
});

describe('B31: while something is under way', () => {
  it('the answer to a renewal of the old host is not kept once the tokens were dropped', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    meanwhile = { at: '/token', run: () => change(id, 'token', `${evil.origin}/token`) };
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ condition: 'sign_in_again', fingerprint: null });
    expect((await tryEverything(id))[0]).toBe('sign_in_again');
    await app.end();
    app = await start();
    expect((await tryEverything(id))[3]).toBe('nothing_to_revoke');
    expect(evil.connections()).toBe(0);
  });

  it('nor one that waited for room on the disk', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    disk.refuses = noRoomForTokens;
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    await change(id, 'token', `${evil.origin}/token`);
    expect((await tryEverything(id))[0]).toBe('sign_in_again');
    expect(connectionNow(app, id)).toMatchObject({
      condition: 'sign_in_again',
      failure: { problem: { code: 'addresses_changed' } },
    });
    expect(evil.connections()).toBe(0);
  });

  it('one that the old host refuses does not take the place of what happened', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    teamgantt.engine.revokeElsewhere(person!.username);
    meanwhile = { at: '/token', run: () => change(id, 'token', `${evil.origin}/token`) };
    await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('sign_in_again');
    expect(connectionNow(app, id).failure?.problem.code).toBe('addresses_changed');
  });

  it('a renewal goes on when a test host is taken meanwhile', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    meanwhile = { at: '/token', run: () => change(id, 'test', `${evil.origin}/me`) };
    await app.call('connections.renew', { connectionId: id });
    expect(connectionNow(app, id)).toMatchObject({ condition: 'kept', generation: 2 });
    await app.end();
    app = await start();
    await app.call('connections.renew', { connectionId: id });
  });

  it('what a sign-in at the old host brings is not stored', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const draftId = await realDraft(app, teamgantt, 'teamgantt', { appId: appOf(id), label: 'Late' });
    yes();
    meanwhile = { at: '/token', run: () => change(id, 'token', `${evil.origin}/token`) };
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('changed_meanwhile');
    expect(app.program.snapshot().connections).toHaveLength(1);
    expect(evil.connections()).toBe(0);
  });

  it('nor one that waited in its wizard for room on the disk', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    await app.call('drafts.keep', { draftId, password: person!.password.reveal() });
    disk.refuses = noRoomForTokens;
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('disk_full');
    disk.refuses = () => null;
    yes();
    await change(id, 'token', `${evil.origin}/token`);
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('changed_meanwhile');
    expect((await tryEverything(id))[0]).toBe('sign_in_again');
    expect(evil.connections()).toBe(0);
  });
});

describe('B31: the window', () => {
  it.each([
    ['confirmed', { confirmed: true }],
    ['a yes under another name', { yes: true, answer: 1 }],
    ['the tokens to keep', { keepTokens: true }],
  ])('cannot say yes itself: a call with %s is refused before anything runs', async (_name, forged) => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    yes();
    const input = { appId: appOf(id), endpoints: [{ kind: 'token' as const, url: `${evil.origin}/t` }], ...forged };
    expect(await app.ask('apps.changeAddresses', input)).toEqual({
      ok: false,
      problem: { code: 'bad_input', facts: {} },
    });
    expect(app.dialogs.questions).toEqual([]);
    await app.call('connections.renew', { connectionId: id });
    expect(evil.connections()).toBe(0);
  });

  it('cannot pile up questions: while one is open, every other is answered No', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    let press: ((yes: boolean) => void) | null = null;
    app.dialogs.answer = () => new Promise((resolve) => (press = resolve));
    const first = change(id, 'test', `${evil.origin}/me`);
    await expect(change(id, 'token', `${evil.origin}/token`)).rejects.toThrow('not_confirmed');
    await expect(change(id, 'revocation', `${evil.origin}/r`)).rejects.toThrow('not_confirmed');
    press!(true);
    await first;
    expect(app.dialogs.questions).toHaveLength(1);
    expect(connectionNow(app, id).condition).toBe('kept');
  });

  it.each([
    ['renamed', (id: string) => app.call('apps.rename', { appId: appOf(id), name: 'Another' })],
    ['emptied elsewhere', (id: string) => change(id, 'revocation', '')],
    ['given another connection', (id: string) => connectReal(app, teamgantt, 'teamgantt', { appId: appOf(id) })],
  ])('gets nothing done by a yes to an app that was %s meanwhile', async (_name, act) => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    app.dialogs.answer = async () => {
      await act(id);
      return true;
    };
    await expect(change(id, 'token', `${evil.origin}/token`)).rejects.toThrow('changed_meanwhile');
    await app.call('connections.renew', { connectionId: id });
    expect(evil.connections()).toBe(0);
  });

  it.each([
    ['plain http beyond this computer', 'http://evil.example/token', 'address_insecure'],
    ['a user name', 'https://auth.teamgantt.com@evil.example/token', 'address_invalid'],
    ['a fragment', 'https://evil.example/#auth.teamgantt.com', 'address_invalid'],
    ['a line feed', 'https://evil.example/\nhost', 'address_invalid'],
    ['another protocol', 'file:///etc/passwd', 'address_invalid'],
  ])('is not even asked about %s', async (_name, url, code) => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const reply = await app.ask('apps.changeAddresses', { appId: appOf(id), endpoints: [{ kind: 'token', url }] });
    expect(reply).toMatchObject({ ok: false, problem: { code, facts: { field: 'tokenEndpoint' } } });
    expect(app.dialogs.questions).toEqual([]);
  });

  it.each([
    ['a kind twice', ['token', 'token']],
    ['a kind that the provider does not have', ['authorization']],
  ] as [string, EndpointKind[]][])('cannot slip in %s', async (_name, kinds) => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const endpoints = kinds.map((kind) => ({ kind, url: `${evil.origin}/x` }));
    yes();
    await expect(app.call('apps.changeAddresses', { appId: appOf(id), endpoints })).rejects.toThrow('bad_input');
    expect(app.dialogs.questions).toEqual([]);
  });

  it('changes nothing in practice', async () => {
    yes();
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    await app.call('drafts.keep', { draftId, providerId: 'teamgantt' });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await expect(change(connectionId, 'token', `${evil.origin}/t`)).rejects.toThrow('bad_input');
    expect(app.dialogs.questions).toEqual([]);
  });

  it('cannot lay addresses over an app through a wizard, neither a new one nor to sign in again', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const endpoints = teamgantt.endpoints.map(({ kind }) => ({ kind, url: `${evil.origin}/${kind}` }));
    const again = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
    const fresh = await app.call('drafts.open', { kind: 'connect', realm: 'vault', appId: appOf(id) });
    for (const { id: draftId } of [again, fresh]) {
      const { username, password } = { username: person!.username, password: person!.password.reveal() };
      await app.call('drafts.keep', { draftId, endpoints, regionId: 'default', username, password });
      await app.call('drafts.connect', { draftId });
    }
    expect(evil.connections()).toBe(0);
    expect(urlOf(id, 'token')).toBe(teamgantt.endpoints.find(({ kind }) => kind === 'token')!.url);
  });

  it('keeps a consent to plain http with its own server only', async () => {
    yes();
    const { appId } = await app.call('apps.add', {
      ...{ realm: 'vault', providerId: 'er-studio', name: 'Models', clientId: 'c', clientSecret: 's', scopes: [] },
      ...{ regionId: 'default', baseUrl: 'http://models.firm.example', unencryptedAgreed: true, endpoints: [] },
    });
    const consent = () => app.program.snapshot().apps[0]?.unencryptedConsent;
    const all = (origin: string) =>
      app.program.snapshot().apps[0]!.endpoints.map(({ kind, url }) => ({
        kind,
        url: `${origin}${new URL(url!).pathname}`,
      }));
    expect(consent()?.origin).toBe('http://models.firm.example');
    await app.call('apps.changeAddresses', { appId, endpoints: all('https://models.firm.example') });
    expect(consent()).toBeNull();
    await expect(
      app.call('apps.changeAddresses', { appId, endpoints: all('http://models.firm.example') }),
    ).rejects.toThrow('address_insecure');
  });
});

describe('a redirect on a token call', () => {
  it.each([301, 302, 303, 307, 308])('%s is refused, with no byte to where it points', async (status) => {
    const between = await otherHost();
    try {
      yes();
      const id = await connectReal(app, teamgantt, 'teamgantt');
      await change(id, 'test', `${between.origin}/me`);
      between.answer = (_request, response) =>
        void response.writeHead(status, { location: `${evil.origin}/token` }).end();
      await expect(app.call('connections.test', { connectionId: id })).rejects.toThrow('redirect_refused');
      await change(id, 'revocation', `${between.origin}/revoke`);
      await expect(app.call('connections.revoke', { connectionId: id })).rejects.toThrow('redirect_refused');
      await change(id, 'token', `${between.origin}/token`);
      const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId: id });
      await app.call('drafts.keep', { draftId, password: person!.password.reveal() });
      await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('redirect_refused');
      expect(between.requests).toHaveLength(3);
      expect(evil.connections()).toBe(0);
    } finally {
      await between.stop();
    }
  });
});
