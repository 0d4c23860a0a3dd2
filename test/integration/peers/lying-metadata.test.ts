import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { english } from '../../../shared/text/catalogue.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../../support/headless-app.ts';
import { otherHost, type OtherHost } from '../../support/other-host.ts';
import { draftByHand } from '../../support/peers/other-draft.ts';

/** Metadata that is not what it has to be: refused with one sentence, and nothing of it is used (B11). */
let app: HeadlessApp;
let liar: OtherHost;
let elsewhere: OtherHost;
let remove: () => void;

beforeEach(async () => {
  const room = temporaryFolder();
  remove = () => room.remove();
  app = await headlessApp({ folder: room.folder });
  liar = await otherHost();
  elsewhere = await otherHost();
});
afterEach(async () => {
  await app.end();
  await liar.stop();
  await elsewhere.stop();
  remove();
});

type Members = Record<string, unknown>;
const without = (members: Members, name: string): Members =>
  Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
const good = (): Members => ({
  issuer: liar.origin,
  authorization_endpoint: `${liar.origin}/authorize`,
  token_endpoint: `${liar.origin}/token`,
  revocation_endpoint: `${liar.origin}/revoke`,
});

function answer(body: string, { status = 200, type = 'application/json', headers = {} } = {}): void {
  liar.answer = (_request, response) => void response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

async function find(issuer = liar.origin) {
  const { id: draftId } = await draftByHand(app, { issuer });
  const ended = await app.ask('drafts.findAddresses', { draftId });
  return { draftId, ended, view: await app.call('drafts.keep', { draftId }) };
}

async function refused(code: string): Promise<void> {
  const { ended, view } = await find();
  expect(ended).toMatchObject({ ok: false, problem: { code, facts: { field: 'issuer' } } });
  if (ended.ok) return;
  const { what, next } = english.errors[ended.problem.code](ended.problem.facts);
  expect(`${what} ${next}`).toMatch(/^\S.{20,400}$/);
  // Nothing of it: no address, no choice, no name.
  expect(view).toMatchObject({
    discovery: { issuer: liar.origin, found: false },
    choices: {},
    appName: 'Other provider',
  });
  expect(new Set(view.endpoints.map(({ url }) => url))).toEqual(new Set(['']));
  expect(elsewhere.connections()).toBe(0);
}

test('what is right is used', async () => {
  answer(JSON.stringify(good()));
  const { ended, view } = await find();
  expect(ended.ok).toBe(true);
  expect(view.endpoints.find(({ kind }) => kind === 'token')?.url).toBe(`${liar.origin}/token`);
  expect(view.endpoints.find(({ kind }) => kind === 'device')?.url).toBe('');
});

describe('B11: metadata that lies', () => {
  test.each<[string, (members: Members) => Members, string]>([
    ['another issuer', (m) => ({ ...m, issuer: 'https://honest.example' }), 'metadata_other_issuer'],
    ['the same issuer with a slash', (m) => ({ ...m, issuer: `${String(m['issuer'])}/` }), 'metadata_other_issuer'],
    [
      'the same issuer in capitals',
      (m) => ({ ...m, issuer: String(m['issuer']).toUpperCase() }),
      'metadata_other_issuer',
    ],
    ['no issuer', (m) => without(m, 'issuer'), 'metadata_wrong_answer'],
    ['an issuer that is a list', (m) => ({ ...m, issuer: [m['issuer']] }), 'metadata_wrong_answer'],
    ['no token endpoint', (m) => without(m, 'token_endpoint'), 'metadata_wrong_answer'],
    ['a token endpoint over http', (m) => ({ ...m, token_endpoint: 'http://as.example/token' }), 'metadata_insecure'],
    [
      'a revocation endpoint over http',
      (m) => ({ ...m, revocation_endpoint: 'http://as.example/r' }),
      'metadata_insecure',
    ],
    [
      'an endpoint that is no web address',
      (m) => ({ ...m, authorization_endpoint: 'javascript:alert(1)' }),
      'metadata_wrong_answer',
    ],
    ['an endpoint of a file', (m) => ({ ...m, authorization_endpoint: 'file:///etc/passwd' }), 'metadata_wrong_answer'],
    [
      'an endpoint with a user name',
      (m) => ({ ...m, token_endpoint: 'https://as@evil.example/token' }),
      'metadata_wrong_answer',
    ],
    [
      'an endpoint with a fragment',
      (m) => ({ ...m, token_endpoint: 'https://as.example/token#x' }),
      'metadata_wrong_answer',
    ],
    ['an endpoint that is a number', (m) => ({ ...m, introspection_endpoint: 7 }), 'metadata_wrong_answer'],
  ])('%s', async (_name, spoil, code) => {
    answer(JSON.stringify(spoil(good())));
    await refused(code);
    expect(app.dialogs.questions).toEqual([]);
  });

  test.each<[string, Parameters<typeof answer>, string]>([
    ['2 MB of it', ['{"issuer":"', {}], 'answer_too_large'],
    ['a page', ['<!doctype html><html><body>Welcome</body></html>', { type: 'text/html' }], 'metadata_wrong_answer'],
    ['a page called JSON', ['<html></html>', {}], 'metadata_wrong_answer'],
    ['a list', ['[]', {}], 'metadata_wrong_answer'],
    ['cut in half', ['{"issuer":"http', {}], 'metadata_wrong_answer'],
    ['nothing', ['', {}], 'metadata_wrong_answer'],
    ['nothing there', ['{"message":"Not Found"}', { status: 404 }], 'metadata_missing'],
    ['a fault', ['{}', { status: 500 }], 'provider_failing'],
    ['sent on', ['', { status: 302, headers: { location: 'https://evil.example/' } }], 'redirect_refused'],
  ])('%s', async (_name, [body, how], code) => {
    answer(code === 'answer_too_large' ? `${body}${'x'.repeat(2_097_152)}"}` : body, how);
    await refused(code);
  });
});

describe('B11: endpoints on another host than the issuer', () => {
  const away = (): string => JSON.stringify({ ...good(), token_endpoint: `${elsewhere.origin}/token` });

  test('are asked about in main’s own dialog, by their host; without a yes nothing is used', async () => {
    answer(away());
    await refused('metadata_other_host');
    expect(app.dialogs.questions).toEqual([
      {
        kind: 'found_elsewhere',
        issuer: new URL(liar.origin).host,
        addresses: [{ kind: 'token', host: elsewhere.origin }],
      },
    ]);
  });

  test('are used after a yes, as some large providers have them', async () => {
    answer(away());
    app.dialogs.answer = () => true;
    const { view } = await find();
    expect(view.endpoints.find(({ kind }) => kind === 'token')?.url).toBe(`${elsewhere.origin}/token`);
    expect(elsewhere.connections()).toBe(0);
  });

  test('an issuer typed while the question stood is not given the addresses of the first', async () => {
    answer(away());
    const { id: draftId } = await draftByHand(app, { issuer: liar.origin });
    app.dialogs.answer = async () => {
      await app.call('drafts.keep', { draftId, issuer: 'https://other.example' });
      return true;
    };
    await expect(app.call('drafts.findAddresses', { draftId })).rejects.toThrow('changed_meanwhile');
    expect((await app.call('drafts.keep', { draftId })).discovery).toEqual({
      issuer: 'https://other.example',
      found: false,
    });
  });
});

describe('B11: an issuer that cannot be one', () => {
  test.each([
    ['', 'field_missing'],
    ['accounts.example', 'address_invalid'],
    ['http://accounts.example', 'address_insecure'],
    ['https://me:pw@accounts.example', 'address_invalid'],
    ['https://accounts.example/?tenant=1', 'address_invalid'],
    ['https://accounts.example/#x', 'address_invalid'],
    ['ftp://accounts.example', 'address_invalid'],
    ['https://accounts.example/\u202etxt', 'address_invalid'],
  ])('%s is refused before anything is sent', async (issuer, code) => {
    const { ended } = await find(issuer);
    expect(ended).toMatchObject({ ok: false, problem: { code, facts: { field: 'issuer' } } });
  });

  test('in practice nobody out there is asked', async () => {
    await app.call('practice.open', {});
    const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'practice' });
    await app.call('drafts.keep', { draftId, providerId: 'other', issuer: liar.origin });
    await expect(app.call('drafts.findAddresses', { draftId })).rejects.toThrow('bad_input');
    expect(liar.connections()).toBe(0);
  });
});
