import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../../support/headless-app.ts';
import { oauth2Peer, peerKeys, peerPerson, type OAuth2Peer } from '../../support/peers/oauth2-peer.ts';
import { draftByHand } from '../../support/peers/other-draft.ts';
import { connectionNow } from '../../support/real-connections.ts';

/** A second opinion that we did not write: `@node-oauth/oauth2-server`, its addresses typed by hand. */
let app: HeadlessApp;
let peer: OAuth2Peer;
let remove: () => void;

beforeEach(async () => {
  const room = temporaryFolder();
  remove = () => room.remove();
  app = await headlessApp({ folder: room.folder });
  peer = await oauth2Peer();
});
afterEach(async () => {
  await app.end();
  await peer.stop();
  remove();
});

const raw = { client_authentication: 'basic_bare' };
async function draft(typed: Parameters<typeof draftByHand>[1]): Promise<string> {
  const { username, password } = peerPerson;
  const view = await draftByHand(app, {
    ...peerKeys,
    endpoints: peer.endpoints,
    choices: raw,
    username,
    password,
    ...typed,
  });
  return view.id;
}

describe('the password grant at oauth2-server', () => {
  test('signs in, says whose it is, renews with a refresh token that changes each time', async () => {
    const { connectionId } = await app.call('drafts.connect', { draftId: await draft({ grant: 'password' }) });
    expect(connectionNow(app, connectionId)).toMatchObject({ account: peerPerson.name, renewable: true });
    await app.call('connections.renew', { connectionId });
    await app.call('connections.renew', { connectionId });
    const sent = peer.at('/token').map(({ form }) => form.get('refresh_token'));
    expect([sent[0], new Set(sent).size]).toEqual([null, 3]);
    await expect(app.call('connections.test', { connectionId })).resolves.toMatchObject({ outcome: 'works' });
  });

  test('a wrong password is told as that, and nothing is stored', async () => {
    const draftId = await draft({ grant: 'password', password: 'not it' });
    await expect(app.call('drafts.connect', { draftId })).rejects.toThrow('wrong_password');
    expect(app.program.snapshot().connections).toEqual([]);
  });

  test('a scope goes along, and what was granted is told', async () => {
    const draftId = await draft({ grant: 'password', scopes: ['read', 'write'] });
    const { connectionId } = await app.call('drafts.connect', { draftId });
    expect(peer.at('/token')[0]!.form.get('scope')).toBe('read write');
    expect(connectionNow(app, connectionId).scopesGranted).toEqual(['read', 'write']);
  });
});

describe('the keys alone at oauth2-server', () => {
  test('bring a token without a refresh token, and are asked again', async () => {
    const { connectionId } = await app.call('drafts.connect', {
      draftId: await draft({ grant: 'client_credentials' }),
    });
    await app.call('connections.renew', { connectionId });
    expect(connectionNow(app, connectionId)).toMatchObject({ generation: 2, account: 'The app itself' });
    expect(peer.at('/token').map(({ form }) => form.get('grant_type'))).toEqual([
      'client_credentials',
      'client_credentials',
    ]);
  });

  test.each([
    ['a bare header', raw, true],
    ['the body', { client_authentication: 'body' }, true],
    // It reads the header without decoding it, as many servers do, though RFC 6749 section 2.3.1 has it encoded.
    ['an encoded header', {}, false],
    ['no secret at all', { client_authentication: 'none' }, false],
  ])('proved by %s', async (_name, choices, works) => {
    const draftId = await draft({ grant: 'client_credentials', choices });
    const ended = await app.ask('drafts.connect', { draftId });
    expect(ended).toMatchObject(works ? { ok: true } : { ok: false, problem: { code: 'wrong_client' } });
    // One method in one request (section 2.3).
    const [call] = peer.at('/token');
    expect(
      [call!.authorization, call!.form.get('client_secret')].filter((proof) => proof !== null).length,
    ).toBeLessThan(2);
  });
});

test('a token that was made by hand is tried, stored, and says that it cannot be renewed', async () => {
  await app.call('drafts.connect', { draftId: await draft({ grant: 'password' }) });
  const { access_token: pastedToken } = JSON.parse(peer.at('/token')[0]!.body) as { access_token: string };
  const draftId = await draft({ grant: 'personal_access_token', pastedToken });
  const { connectionId } = await app.call('drafts.connect', { draftId });
  expect(connectionNow(app, connectionId)).toMatchObject({
    renewable: false,
    expiresAtMs: null,
    account: peerPerson.name,
  });
  await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('cannot_renew');
});

test('it publishes no addresses, and that is said', async () => {
  const { id: draftId } = await draftByHand(app, { issuer: peer.origin });
  await expect(app.call('drafts.findAddresses', { draftId })).rejects.toThrow('metadata_missing');
  expect(peer.calls.map(({ path }) => path)).toEqual([
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
  ]);
});

test('without an address to revoke at, revoking says which one is missing', async () => {
  const { connectionId } = await app.call('drafts.connect', { draftId: await draft({ grant: 'password' }) });
  expect(await app.ask('connections.revoke', { connectionId })).toMatchObject({
    ok: false,
    problem: { code: 'address_missing', facts: { field: 'revocationEndpoint' } },
  });
  expect(connectionNow(app, connectionId).condition).toBe('kept');
});
