import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { draftByHand } from '../support/peers/other-draft.ts';

/** Provider files: data only, shown before they are taken, https only, without registration and secret. */
let app: HeadlessApp;
let remove: () => void;

beforeEach(async () => {
  const room = temporaryFolder();
  remove = () => room.remove();
  app = await headlessApp({ folder: room.folder });
});
afterEach(async () => {
  await app.end();
  remove();
});

const whole = {
  format: 'grantkeep provider',
  version: 1,
  name: 'Acme Notes',
  issuer: 'https://id.acme.example',
  endpoints: [
    { kind: 'authorization', url: 'https://id.acme.example/authorize' },
    { kind: 'token', url: 'https://id.acme.example/token' },
    { kind: 'device', url: 'https://devices.acme.example/code' },
  ],
  scopes: ['notes.read', 'offline_access'],
  choices: { client_authentication: 'body' },
};
const choose = (body: unknown, name = 'acme.json'): void =>
  void (app.dialogs.chosen = {
    name,
    bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8'),
  });

async function take(body: unknown, yes = true) {
  const { id: draftId } = await draftByHand(app, {});
  choose(body);
  app.dialogs.answer = () => yes;
  const ended = await app.ask('drafts.openProvider', { draftId });
  return { draftId, ended, view: await app.call('drafts.keep', { draftId }) };
}

describe('a provider file', () => {
  test('is shown with its name, its issuer and each host, and then fills the form', async () => {
    const { view } = await take(whole);
    expect(app.dialogs.questions).toEqual([
      {
        kind: 'take_provider',
        file: 'acme.json',
        name: 'Acme Notes',
        issuer: 'id.acme.example',
        addresses: [
          { kind: 'authorization', host: 'id.acme.example' },
          { kind: 'token', host: 'id.acme.example' },
          { kind: 'device', host: 'devices.acme.example' },
        ],
      },
    ]);
    expect(view).toMatchObject({
      appName: 'Acme Notes',
      discovery: { issuer: whole.issuer, found: false },
      scopes: whole.scopes,
      choices: whole.choices,
      clientId: '',
      clientSecretEntered: false,
    });
    expect(view.endpoints.filter(({ edited }) => edited).map(({ kind, url }) => ({ kind, url }))).toEqual(
      whole.endpoints,
    );
    expect([app.program.snapshot().apps, app.sentOut, app.opened]).toEqual([[], [], []]);
  });

  test('without a yes leaves the form as it was', async () => {
    const { ended, view } = await take(whole, false);
    expect(ended).toMatchObject({ ok: false, problem: { code: 'not_confirmed' } });
    expect(view).toMatchObject({
      appName: 'Other provider',
      discovery: { issuer: '', found: false },
      scopes: [],
      choices: {},
    });
    expect(view.endpoints.every(({ url }) => url === '')).toBe(true);
  });

  test('that was not chosen changes nothing and asks nothing', async () => {
    const { id: draftId } = await draftByHand(app, { issuer: 'https://mine.example' });
    const view = await app.call('drafts.openProvider', { draftId });
    expect(view.discovery).toEqual({ issuer: 'https://mine.example', found: false });
    expect(app.dialogs.questions).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['a client secret', { ...whole, clientSecret: 'x' }, 'clientSecret'],
    ['a script', { ...whole, script: 'x' }, 'script'],
    [
      'a secret in an address’s place',
      { ...whole, endpoints: [{ kind: 'token', url: 'https://a.example', token: 'x' }] },
      'endpoints[0].token',
    ],
    [
      'an address over http',
      { ...whole, endpoints: [{ kind: 'token', url: 'http://a.example/token' }] },
      'endpoints[0].url',
    ],
    [
      'an address of this computer over http',
      { ...whole, endpoints: [{ kind: 'token', url: 'http://127.0.0.1/t' }] },
      'endpoints[0].url',
    ],
    ['an issuer over http', { ...whole, issuer: 'http://id.acme.example' }, 'issuer'],
    ['two addresses of one kind', { ...whole, endpoints: [whole.endpoints[1], whole.endpoints[1]] }, 'endpoints'],
    [
      'a kind that nobody knows',
      { ...whole, endpoints: [{ kind: 'jwks', url: 'https://a.example' }] },
      'endpoints[0].kind',
    ],
    ['a name written backwards', { ...whole, name: 'A\u202eB' }, 'name'],
    ['a scope with a space', { ...whole, scopes: ['a b'] }, 'scopes[0]'],
    ['another format', { ...whole, format: 'grantkeep set-up' }, 'format'],
    ['a later version', { ...whole, version: 2 }, 'version'],
    ['no JSON', 'name: Acme', ''],
    ['a prototype', '{"__proto__":{"x":1}}', ''],
    ['64 KiB and one byte', ' '.repeat(65_537), ''],
  ])('with %s is refused whole, and the place is named', async (_name, body, place) => {
    const { ended, view } = await take(body);
    expect(ended).toMatchObject({ ok: false, problem: { code: 'provider_file_wrong' } });
    if (!ended.ok) expect(ended.problem.facts.name ?? '').toBe(place);
    expect(view).toMatchObject({ appName: 'Other provider', scopes: [] });
    expect(app.dialogs.questions).toEqual([]);
  });

  test('with a choice that is none, or an address with a user name, changes nothing in part', async () => {
    for (const over of [
      { choices: { client_authentication: 'jwt' } },
      { endpoints: [...whole.endpoints, { kind: 'test', url: 'https://me@a.example/' }] },
    ]) {
      const { ended, view } = await take({ ...whole, ...over });
      expect(ended.ok).toBe(false);
      expect(view).toMatchObject({ appName: 'Other provider', discovery: { issuer: '' }, scopes: [], choices: {} });
      expect(view.endpoints.every(({ edited }) => !edited)).toBe(true);
    }
  });

  test('is taken at no other provider, in no practice and for no app that is there', async () => {
    choose(whole);
    app.dialogs.answer = () => true;
    await app.call('practice.open', {});
    for (const realm of ['vault', 'practice'] as const) {
      const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm });
      await app.call('drafts.keep', { draftId, providerId: realm === 'vault' ? 'taskade' : 'other' });
      await expect(app.call('drafts.openProvider', { draftId })).rejects.toThrow('bad_input');
    }
    expect(app.dialogs.questions).toEqual([]);
  });
});

describe('saving a provider file', () => {
  const add = (endpoints: { kind: 'token' | 'device'; url: string }[], providerId = 'other') =>
    app.call('apps.add', {
      ...{ realm: 'vault', providerId, name: 'Acme Notes', clientId: 'client-marker', clientSecret: 'secret-marker' },
      ...{ regionId: 'default', scopes: ['notes.read'], endpoints },
    });

  test('holds name, addresses and scopes, no registration and no secret, and is taken back', async () => {
    const { appId } = await add([
      { kind: 'token', url: 'https://id.acme.example/token' },
      { kind: 'device', url: 'https://id.acme.example/device' },
    ]);
    expect(await app.call('apps.saveProvider', { appId })).toEqual({ saved: true });
    const [saved] = app.dialogs.saved;
    expect(saved!.name).toBe('Acme Notes provider.json');
    expect(saved!.text).not.toMatch(/marker/);
    const { view } = await take(saved!.text);
    expect(view.endpoints.flatMap(({ kind, url }) => (url === '' ? [] : [[kind, url]]))).toEqual([
      ['token', 'https://id.acme.example/token'],
      ['device', 'https://id.acme.example/device'],
    ]);
  });

  test('is refused where an address would not be taken back, and of a provider that everybody has', async () => {
    const local = await add([{ kind: 'token', url: 'http://127.0.0.1:1/token' }]);
    await expect(app.call('apps.saveProvider', { appId: local.appId })).rejects.toThrow('address_insecure');
    const known = await add([], 'teamgantt');
    await expect(app.call('apps.saveProvider', { appId: known.appId })).rejects.toThrow('bad_input');
    expect(app.dialogs.saved).toEqual([]);
  });
});
