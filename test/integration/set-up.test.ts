import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
import { tokensGivenBy } from '../support/tokens-given.ts';

let app: HeadlessApp;
let teamgantt: RunningProvider;
let evil: OtherHost;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;

const { people, apps: registered } = practiceAccounts('teamgantt');
const keys = registered[0]!;

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  app = await headlessApp({ folder: place.folder, keychain });
  teamgantt = await runProvider(app, 'teamgantt');
  evil = await otherHost();
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  await evil.stop();
  place.remove();
});

const choose = (body: unknown, name = 'set-up.json'): void =>
  void (app.dialogs.chosen = {
    name,
    bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8'),
  });
const sharedApp = (over: Record<string, unknown> = {}) => ({
  providerId: 'teamgantt',
  name: 'TeamGantt',
  clientId: keys.clientId,
  regionId: 'default',
  endpoints: [{ kind: 'token', url: `${evil.origin}/token` }],
  scopes: [],
  redirectUri: null,
  choices: {},
  ...over,
});
const file = (...apps: unknown[]) => ({ format: 'grantkeep set-up', version: 1, apps });
const appsNow = () => app.program.snapshot().apps;

describe('sharing the set-up of an app', () => {
  it('writes registrations and addresses, and nothing that is a secret or a person’s', async () => {
    const given = tokensGivenBy(teamgantt.engine);
    const id = await connectReal(app, teamgantt, 'teamgantt', { label: 'MARKER-label' });
    const { appId } = connectionNow(app, id);
    expect(await app.call('setUp.share', { appIds: [appId] })).toEqual({ saved: true });
    const [saved] = app.dialogs.saved;
    expect(saved?.name).toBe('TeamGantt set-up.json');
    expect(JSON.parse(saved!.text)).toEqual(
      file(
        sharedApp({
          endpoints: appsNow()[0]!.endpoints.map(({ kind, url }) => ({ kind, url })),
          clientId: keys.clientId,
        }),
      ),
    );
    const tokens = [...given().values()];
    const secrets = [
      keys.clientSecret.reveal(),
      people[0]!.password.reveal(),
      people[0]!.username,
      'MARKER',
      id,
      appId,
    ];
    expect(tokens.length).toBeGreaterThan(1);
    for (const secret of [...tokens, ...secrets]) expect(saved!.text).not.toContain(secret);
  });

  it('says so when no file was chosen, and writes none', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    app.dialogs.cancelsSave = true;
    const { appId } = connectionNow(app, id);
    expect(await app.call('setUp.share', { appIds: [appId] })).toEqual({ saved: false });
  });

  it('shares nothing of practice', async () => {
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    await app.call('drafts.keep', { draftId, providerId: 'teamgantt' });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    const { appId } = connectionNow(app, connectionId);
    await expect(app.call('setUp.share', { appIds: [appId] })).rejects.toThrow('bad_input');
    expect(app.dialogs.saved).toEqual([]);
  });

  it('refuses an app whose server is asked without encryption: its consent was one person’s', async () => {
    const { appId } = await app.call('apps.add', {
      ...{ realm: 'vault', providerId: 'er-studio', name: 'Models', clientId: 'c', clientSecret: 's', scopes: [] },
      ...{ regionId: 'default', baseUrl: 'http://models.firm.example', unencryptedAgreed: true, endpoints: [] },
    });
    await expect(app.call('setUp.share', { appIds: [appId] })).rejects.toThrow('address_insecure');
  });
});

describe('taking over a set-up', () => {
  it('makes the colleague’s apps anew, byte for byte but for the secret, on another computer', async () => {
    const { appId } = await app.call('apps.add', {
      ...{ realm: 'vault', providerId: 'er-studio', name: 'Models', clientId: 'model-keys', clientSecret: 's' },
      ...{ regionId: 'default', baseUrl: 'https://models.firm.example:8443/team', scopes: [], endpoints: [] },
    });
    await app.call('apps.changeAddresses', { appId, endpoints: [], choices: { presentation: 'header' } });
    await app.call('setUp.share', { appIds: [appId] });
    const [saved] = app.dialogs.saved;
    const colleague = temporaryFolder();
    const theirs = await headlessApp({ folder: colleague.folder });
    try {
      theirs.dialogs.chosen = { name: saved!.name, bytes: Buffer.from(saved!.text) };
      theirs.dialogs.answer = () => true;
      const { appIds } = await theirs.call('setUp.takeOver', {});
      const came = theirs.program.snapshot().apps;
      expect(came).toEqual([
        {
          ...appsNow()[0]!,
          id: appIds[0],
          clientSecretSet: false,
          createdAtMs: theirs.clock.nowMs(),
          endpoints: appsNow()[0]!.endpoints.map((one) => ({ ...one, source: 'entered_by_you' })),
        },
      ]);
      expect(theirs.program.snapshot().connections).toEqual([]);
      expect(theirs.dialogs.questions).toEqual([
        {
          kind: 'take_over_set_up',
          file: 'Models set-up.json',
          apps: [{ name: 'Models', provider: 'ER/Studio Team Server' }],
          hosts: [
            {
              host: 'models.firm.example:8443',
              whats: ['authorization', 'token', 'revocation', 'test'],
              apps: ['Models'],
            },
          ],
        },
      ]);
    } finally {
      await theirs.end();
      colleague.remove();
    }
  });

  it('names no host where the provider’s own are used, and keeps where each address is known from', async () => {
    const endpoints = [{ kind: 'token', url: 'https://auth.teamgantt.com/oauth2/token' }];
    choose(file(sharedApp({ endpoints })));
    app.dialogs.answer = () => true;
    await app.call('setUp.takeOver', {});
    expect(app.dialogs.questions).toMatchObject([{ hosts: [] }]);
    expect(appsNow()[0]?.endpoints).toEqual([
      { kind: 'token', url: 'https://auth.teamgantt.com/oauth2/token', source: 'provider_documents' },
      { kind: 'revocation', url: null, source: 'third_party' },
      { kind: 'test', url: null, source: 'provider_documents' },
    ]);
  });

  it('No: makes nothing, not even a vault', async () => {
    choose(file(sharedApp()));
    await expect(app.call('setUp.takeOver', {})).rejects.toThrow('not_confirmed');
    expect(appsNow()).toEqual([]);
    expect(app.program.snapshot().vault.kind).toBe('absent');
  });

  it('no file chosen: nothing is asked and nothing made', async () => {
    expect(await app.call('setUp.takeOver', {})).toEqual({ appIds: [] });
    expect(app.dialogs.questions).toEqual([]);
  });

  it('names a redirect address that is not this computer’s: codes would go there', async () => {
    const redirectUri = 'https://hooks.evil.example/back';
    choose(file(sharedApp({ providerId: 'taskade', endpoints: [], redirectUri })));
    await expect(app.call('setUp.takeOver', {})).rejects.toThrow('not_confirmed');
    expect(app.dialogs.questions).toMatchObject([{ hosts: [{ host: 'hooks.evil.example', whats: ['redirect'] }] }]);
  });

  it('takes a redirect address as it is', async () => {
    const redirectUri = 'http://127.0.0.1:23456/Taskade/%7Eback?x=1';
    choose(file(sharedApp({ providerId: 'taskade', endpoints: [], redirectUri })));
    app.dialogs.answer = () => true;
    await app.call('setUp.takeOver', {});
    expect(appsNow()[0]?.redirectUri).toBe(redirectUri);
  });

  it('B31: naming an app that is here, with another token host, leaves it alone: only its own host is asked', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = appsNow()[0]!;
    const all = teamgantt.endpoints.map(({ kind }) => ({ kind, url: `${evil.origin}/${kind}` }));
    choose(file(sharedApp({ endpoints: all }), sharedApp({ endpoints: all })));
    app.dialogs.answer = () => true;
    const { appIds } = await app.call('setUp.takeOver', {});
    expect(appsNow().find((one) => one.id === before.id)).toEqual(before);
    expect(appsNow().map(({ name }) => name)).toEqual(['TeamGantt', 'TeamGantt 2', 'TeamGantt 3']);
    expect(appIds).not.toContain(before.id);
    teamgantt.engine.clearRecord();
    await app.call('connections.renew', { connectionId: id });
    await app.call('connections.test', { connectionId: id });
    await app.call('connections.revoke', { connectionId: id });
    expect(teamgantt.engine.record()).toHaveLength(3);
    expect(evil.connections()).toBe(0);
  });

  it('cannot carry the id of an app that is here', async () => {
    const id = await connectReal(app, teamgantt, 'teamgantt');
    const before = app.program.snapshot();
    app.dialogs.answer = () => true;
    choose(file(sharedApp({ id: connectionNow(app, id).appId })));
    const reply = await app.ask('setUp.takeOver', {});
    expect(reply).toEqual({ ok: false, problem: { code: 'set_up_wrong', facts: { name: 'apps[0].id' } } });
    expect(app.dialogs.questions).toEqual([]);
    expect(appsNow()).toEqual(before.apps);
  });

  it.each([
    ['a provider that nobody knows', { providerId: 'acme' }, 'set_up_provider_unknown'],
    ['a name of JavaScript’s for a provider', { providerId: 'toString' }, 'set_up_provider_unknown'],
    ['a region of another', { regionId: 'australia' }, 'set_up_wrong'],
    [
      'an address kind that the provider does not have',
      { endpoints: [{ kind: 'authorization', url: null }] },
      'set_up_wrong',
    ],
    [
      'a kind twice',
      {
        endpoints: [
          { kind: 'token', url: null },
          { kind: 'token', url: 'https://evil.example/' },
        ],
      },
      'set_up_wrong',
    ],
    [
      'plain http beyond this computer',
      { endpoints: [{ kind: 'token', url: 'http://evil.example/t' }] },
      'set_up_wrong',
    ],
    ['a file address', { endpoints: [{ kind: 'token', url: 'file:///etc/passwd' }] }, 'set_up_wrong'],
    [
      'an address with a user name',
      { endpoints: [{ kind: 'token', url: 'https://a:b@evil.example/' }] },
      'set_up_wrong',
    ],
    ['a choice that is none', { choices: { bearer: 'evil' } }, 'set_up_wrong'],
    ['a redirect address where no browser signs in', { redirectUri: 'http://127.0.0.1:23456/x' }, 'set_up_wrong'],
    ['a redirect address in clear', { providerId: 'taskade', redirectUri: 'http://evil.example/x' }, 'set_up_wrong'],
  ])('refuses %s before anything is asked', async (_name, over, code) => {
    choose(file(sharedApp(), sharedApp({ endpoints: [], ...over })));
    app.dialogs.answer = () => true;
    await expect(app.call('setUp.takeOver', {})).rejects.toThrow(code);
    expect(app.dialogs.questions).toEqual([]);
    expect(appsNow()).toEqual([]);
  });

  it('refuses more other hosts than a dialog can show', async () => {
    const many = Array.from({ length: 13 }, (_, n) =>
      sharedApp({ endpoints: [{ kind: 'token', url: `https://host-${String(n)}.example/t` }] }),
    );
    choose(file(...many));
    await expect(app.call('setUp.takeOver', {})).rejects.toThrow('set_up_wrong');
    expect(app.dialogs.questions).toEqual([]);
  });
});

describe('an app that was taken over', () => {
  it('asks for its secret before it connects, and connects once it has one', async () => {
    choose(file(sharedApp({ endpoints: teamgantt.endpoints })));
    app.dialogs.answer = () => true;
    const { appIds } = await app.call('setUp.takeOver', {});
    const appId = appIds[0]!;
    const draftId = await realDraft(app, teamgantt, 'teamgantt', { appId });
    const reply = await app.ask('drafts.connect', { draftId });
    expect(reply).toEqual({
      ok: false,
      problem: { code: 'field_missing', facts: { field: 'clientSecret', name: 'TeamGantt' } },
    });
    expect(teamgantt.engine.record()).toEqual([]);
    await app.call('apps.replaceSecret', { appId, clientSecret: keys.clientSecret.reveal() });
    expect(appsNow()[0]).toMatchObject({ clientSecretSet: true });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    await app.call('connections.renew', { connectionId });
    expect(connectionNow(app, connectionId)).toMatchObject({ appId, condition: 'kept' });
  });
});
