import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  endpointsFor,
  errorHint,
  inLanguage,
  pageUrl,
  profile,
  profiles,
  providerViews,
} from '../../../electron/providers/registry.ts';
import { profileSchema } from '../../../electron/providers/schema.ts';
import { wayOf } from '../../../electron/providers/way.ts';
import { endpointKinds, providerView } from '../../../shared/model/provider.ts';

const folder = new URL('../../../electron/providers/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, unknown>;

describe('every profile file', () => {
  test.each(files)('%s fits the schema, is named after its id and is in the registry', (file) => {
    const parsed = profileSchema.parse(read(file));
    expect(file).toBe(`${parsed.id}.json`);
    expect(profiles().map((each) => each.id)).toContain(parsed.id);
  });

  test('and the registry knows no other', () => expect(profiles()).toHaveLength(files.length));

  test('what the window gets fits the contract and holds nothing of the protocol’s odd corners', () => {
    const views = providerViews('en-GB');
    for (const view of views) expect(providerView.parse(view)).toEqual(view);
    expect(JSON.stringify(views)).not.toMatch(/basic_raw|statusMeans|practice/);
    expect(providerViews('xx')).toEqual(views);
    expect(inLanguage({ en: 'key', de: 'Schlüssel' }, 'de-AT')).toBe('Schlüssel');
    expect(inLanguage({ en: 'key' }, 'constructor')).toBe('key');
  });
});

/** Puts a value at a dotted path; undefined takes the member out. */
function put(at: unknown, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.');
  const members = at as Record<string, unknown>;
  if (rest.length > 0) put(members[name], rest.join('.'), value);
  else if (value === undefined) Reflect.deleteProperty(members, name);
  else members[name] = value;
}

describe('a profile may not', () => {
  const spoilt: [string, string, string, unknown][] = [
    ['have an unknown word', 'teamgantt', 'colour', 'red'],
    ['have an unknown word deep inside', 'teamgantt', 'renewal.request.retries', 3],
    ['use plain http', 'teamgantt', 'endpoints.token.urls.default', 'http://auth.teamgantt.com/oauth2/token'],
    ['carry a user name in an address', 'teamgantt', 'endpoints.test.urls.default', 'https://a:b@api.teamgantt.com/'],
    ['open a page over plain http', 'connecteam', 'pages.0.urls.global', 'http://app.connecteam.com/'],
    ['override a parameter of the protocol', 'connecteam', 'grants.0.request.extraParameters.grant_type', 'password'],
    ['slip in a client secret', 'connecteam', 'grants.0.request.extraParameters.client_secret', 'x'],
    ['miss a region’s address', 'connecteam', 'endpoints.test.urls.australia', undefined],
    ['name an address for a region it does not have', 'teamgantt', 'endpoints.test.urls.mars', 'https://mars.example/'],
    ['forget English', 'teamgantt', 'chooseLead', { de: 'Anmelden' }],
    ['send a GET with a body', 'teamgantt', 'grants.0.request.method', 'GET'],
    ['ask for a password without saying why', 'teamgantt', 'passwordNote', null],
    [
      'have an address to revoke at and no way to',
      'connecteam',
      'endpoints.revocation.urls.global',
      'https://api.connecteam.com/x',
    ],
    ['test with a scope that is in no table', 'connecteam', 'tests.0.neededScope', 'account.read'],
    ['open a page it does not name', 'teamgantt', 'setup.0.page', 'elsewhere'],
    ['say what a 500 means', 'teamgantt', 'renewal.request.statusMeans.500', 'sign_in_again'],
    ['send its token under a scheme of its own', 'teamgantt', 'presentation.scheme', 'Basic'],
    ['sign in through the browser without saying how', 'taskade', 'authorization', null],
    ['send the browser nowhere', 'taskade', 'endpoints.authorization', undefined],
    ['put its first way under Advanced', 'taskade', 'grants.0.advanced', { en: 'Off.' }],
    ['let the provider begin without a marketplace to practise at', 't-gate', 'practice.marketplace', null],
    ['have a marketplace where nobody begins there', 'taskade', 'practice.marketplace', '/marketplace'],
    ['sign in through the browser with nobody to practise as', 'taskade', 'practice.people', []],
    ['answer an unknown test call with a page', 'taskade', 'practice.pageWithoutAccept', ['pong']],
    ['lead from a missing test call to an unknown one', 'taskade', 'tests.0.onNotFound', 'elsewhere'],
    ['take a token made by hand in no step', 'taskade', 'setup.4.fields', []],
    ['show the redirect address in no step', 't-gate', 'setup.1.fields', []],
    ['choose a name for what it does not revoke by', 't-gate', 'choices.0.values.0.sets.revocationParameter', 'token'],
    ['use {base} where the hosts are fixed', 'teamgantt', 'endpoints.token.urls.default', '{base}/token'],
  ];
  test.each(spoilt)('%s', (_name, id, path, value) => {
    const file = read(`${id}.json`);
    expect(profileSchema.safeParse(file).success).toBe(true);
    put(file, path, value);
    expect(profileSchema.safeParse(file).success).toBe(false);
  });
});

describe('R8 each value says where it came from', () => {
  test('TeamGantt’s host to revoke at and its parameter are marked unverified', () => {
    const { endpoints, revocation } = profile('teamgantt');
    expect(endpoints.revocation).toMatchObject({ source: 'third_party', verified: false });
    expect(endpoints.revocation.note).not.toBeNull();
    expect(revocation).toMatchObject({ parameter: { name: 'token', source: 'third_party', verified: false } });
    expect(endpoints.token).toMatchObject({ source: 'provider_documents', verified: true });
  });

  test('and the window is told, with the note', () => {
    const view = providerViews('en').find((each) => each.id === 'teamgantt')!;
    const revocation = view.endpoints.find((endpoint) => endpoint.kind === 'revocation')!;
    expect(revocation.source).toBe('third_party');
    expect(revocation.note).toMatch(/other people’s programs|other people's programs/);
  });
});

describe('Connecteam’s profile', () => {
  const connecteam = profile('connecteam');

  test('C3 every address of a region is on that region’s host', () => {
    const hosts = (region: string): string[] =>
      endpointsFor(connecteam, region).flatMap(({ url }) => (url === null ? [] : [new URL(url).host]));
    expect(new Set(hosts('global'))).toEqual(new Set(['api.connecteam.com']));
    expect(new Set(hosts('australia'))).toEqual(new Set(['api-au.connecteam.com']));
    expect(() => endpointsFor(connecteam, 'mars')).toThrow('bad_input');
    expect(pageUrl('connecteam', 'integration_center', 'australia')).toBe('https://app-au.connecteam.com/');
    expect(() => pageUrl('connecteam', 'nowhere', 'global')).toThrow('not_found');
  });

  test('the 16 features of its page, the 7 found beyond, 62 scopes in all', () => {
    const { features } = connecteam.scopes!;
    const prefixes = (source: string): string[] =>
      features.filter((feature) => feature.source === source).map((feature) => feature.prefix);
    expect(prefixes('seed')).toEqual(
      'account_information company_policies users assets sales_data attachments quick_tasks publishers chat jobs schedule daily_note time_clock time_off forms settings'.split(
        ' ',
      ),
    );
    expect(prefixes('provider_documents')).toEqual(
      'nfc pay_rates onboarding company_checklist company_insights recognitions celebrations'.split(' '),
    );
    expect(features.flatMap((feature) => feature.actions)).toHaveLength(62);
    expect(features.find((feature) => feature.prefix === 'company_checklist')!.actions).toEqual(['read', 'write']);
    expect(features.find((feature) => feature.prefix === 'celebrations')!.actions).toEqual(['read']);
  });

  test('C7 it has no way to revoke and says what to do instead; C8 it warns before the app is made', () => {
    const view = providerViews('en').find((each) => each.id === 'connecteam')!;
    expect(view.revocation).toMatchObject({ reach: 'none' });
    expect(view.revocation.instead).toContain('Integration Center');
    expect(view.scopes).toMatchObject({
      testScope: 'account_information.read',
      warning: 'Connecteam cannot change them later. Ask for as little as you need.',
    });
    expect(view.setup.some((step) => step.text.includes('shown once'))).toBe(true);
    expect(errorHint('connecteam', 'wrong_client', 'en')).toContain('app-au.connecteam.com');
    expect(errorHint('connecteam', 'disk_full', 'en')).toBeNull();
  });
});

test('a way has what the app has, and an unknown provider is not found', () => {
  const teamgantt = profile('teamgantt');
  const way = wayOf(teamgantt, { endpoints: [{ kind: 'token', url: 'https://own.example/token' }] });
  expect(way.addresses).toEqual({
    authorization: null,
    token: 'https://own.example/token',
    revocation: null,
    test: null,
  });
  expect(endpointsFor(teamgantt, 'default').map((endpoint) => endpoint.kind)).toEqual(['token', 'revocation', 'test']);
  expect(endpointsFor(profile('taskade'), 'default').map((endpoint) => endpoint.kind)).toEqual([...endpointKinds]);
  expect(() => profile('__proto__')).toThrow('not_found');
});
