import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { mostSetUpBytes, readSetUp, writeSetUp, type SharedApp } from '../../../electron/services/set-up-file.ts';

const app: SharedApp = {
  providerId: 'taskade',
  name: 'Our Taskade',
  clientId: 'tk-client',
  regionId: 'default',
  endpoints: [{ kind: 'token', url: 'https://www.taskade.com/oauth2/token' }],
  scopes: ['user'],
  redirectUri: 'http://127.0.0.1:23456/taskade',
  choices: { presentation: 'header' },
};
const whole = { format: 'grantkeep set-up', version: 1, apps: [app] };

/** The code, and the place that is named. */
function refusal(file: unknown): [string, string | undefined] {
  const bytes =
    file instanceof Uint8Array ? file : Buffer.from(typeof file === 'string' ? file : JSON.stringify(file), 'utf8');
  try {
    readSetUp(bytes);
  } catch (thrown) {
    if (thrown instanceof AppError) return [thrown.code, thrown.facts.name];
    throw thrown;
  }
  throw new Error('it was taken');
}

describe('a set-up file', () => {
  it('reads back what was written', () => {
    expect(readSetUp(Buffer.from(writeSetUp([app, { ...app, redirectUri: null }])))).toEqual([
      app,
      { ...app, redirectUri: null },
    ]);
  });

  it.each([
    ['not JSON', 'format=grantkeep', 'set_up_wrong'],
    ['empty', '', 'set_up_wrong'],
    ['cut in half', JSON.stringify(whole).slice(0, 90), 'set_up_wrong'],
    ['no UTF-8', Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d]), 'set_up_wrong'],
    ['a list', [whole], 'set_up_wrong'],
    ['null', null, 'set_up_wrong'],
    ['of another program', { ...whole, format: 'postman' }, 'set_up_wrong'],
    ['of another program with a higher version', { ...whole, format: 'postman', version: 2 }, 'set_up_wrong'],
    ['of a newer version', { ...whole, version: 3, more: true }, 'set_up_newer'],
    ['of version 0', { ...whole, version: 0 }, 'set_up_wrong'],
    ['of a version in words', { ...whole, version: '1' }, 'set_up_wrong'],
    ['without apps', { ...whole, apps: [] }, 'set_up_wrong'],
    ['with more apps than a dialog shows', { ...whole, apps: Array<SharedApp>(21).fill(app) }, 'set_up_wrong'],
    ['of 2 MB', `${' '.repeat(2 * mostSetUpBytes)}${JSON.stringify(whole)}`, 'set_up_too_large'],
    ['one byte too large', ' '.repeat(mostSetUpBytes + 1), 'set_up_too_large'],
  ])('%s is refused whole', (_name, file, code) => {
    expect(refusal(file)[0]).toBe(code);
  });

  it('as large as it may be is read', () => {
    const text = JSON.stringify(whole);
    expect(readSetUp(Buffer.from(`${text}${' '.repeat(mostSetUpBytes - text.length)}`))).toHaveLength(1);
  });

  it.each([
    ['a client secret', { clientSecret: 's' }, 'apps[0].clientSecret'],
    ['an access token', { accessToken: 't' }, 'apps[0].accessToken'],
    ['a refresh token', { refresh_token: 't' }, 'apps[0].refresh_token'],
    ['a connection', { connections: [] }, 'apps[0].connections'],
    ['an id', { id: 'a' }, 'apps[0].id'],
    [
      'a consent to plain http',
      { unencryptedConsent: { origin: 'http://a', agreedAtMs: 1 } },
      'apps[0].unencryptedConsent',
    ],
    ['an issuer that is a list', { issuer: ['https://a.example'] }, 'apps[0].issuer'],
    [
      'a secret inside an address',
      { endpoints: [{ kind: 'token', url: null, secret: 's' }] },
      'apps[0].endpoints[0].secret',
    ],
    ['an unknown kind of address', { endpoints: [{ kind: 'jwks', url: null }] }, 'apps[0].endpoints[0].kind'],
    ['a name with a line feed', { name: 'A\nB' }, 'apps[0].name'],
    ['a name that is written backwards', { name: 'A\u202eB' }, 'apps[0].name'],
    ['an invisible letter in the name', { name: 'A\u200bB' }, 'apps[0].name'],
    ['a space around the name', { name: ' A' }, 'apps[0].name'],
    ['no name', { name: '' }, 'apps[0].name'],
    ['no client ID', { clientId: '' }, 'apps[0].clientId'],
    ['a client ID with a line feed', { clientId: 'a\r\nb: c' }, 'apps[0].clientId'],
    ['a scope with a space', { scopes: ['a b'] }, 'apps[0].scopes[0]'],
    ['a choice that is no word', { choices: { presentation: 'https://evil.example' } }, 'apps[0].choices.presentation'],
    ['a choice that is an object', { choices: { presentation: {} } }, 'apps[0].choices.presentation'],
  ])('with %s is refused, and the place is named', (_name, over, place) => {
    expect(refusal({ ...whole, apps: [{ ...app, ...over }] })).toEqual(['set_up_wrong', place]);
  });

  it('with a member too many beside its apps is refused', () => {
    expect(refusal({ ...whole, appSecrets: {} })).toEqual(['set_up_wrong', 'appSecrets']);
  });

  it.each(['redirectUri', 'choices', 'scopes', 'regionId', 'providerId'])('without %s is refused', (member) => {
    expect(refusal({ ...whole, apps: [{ ...app, [member]: undefined }] })[0]).toBe('set_up_wrong');
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'with %s as a name anywhere is refused, and nothing of the program changes by it',
    (name) => {
      const inside = `{"${name}":{"polluted":true}}`;
      const places = [
        JSON.stringify(whole).replace('{', `{"${name}":{"polluted":true},`),
        JSON.stringify(whole).replace('"choices":{', `"choices":{"${name}":"polluted",`),
        JSON.stringify(whole).replace(JSON.stringify(app.choices), inside),
        JSON.stringify(whole).replace('"url":', `"${name}":1,"url":`),
      ];
      for (const text of places) {
        expect(text).toContain(name);
        expect(refusal(text)[0]).toBe('set_up_wrong');
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );
});
