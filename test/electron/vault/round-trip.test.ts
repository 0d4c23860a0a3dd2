import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import { historyLimit } from '../../../electron/vault/records.ts';
import {
  appRecord,
  codeOf,
  connectionRecord,
  endpointsAt,
  exchangeAt,
  sample,
  someDayMs,
  tokensOf,
  VaultRig,
} from '../../support/vault-rig.ts';

let rig: VaultRig;
beforeEach(() => {
  rig = new VaultRig();
});
afterEach(() => rig.remove());

describe('what was committed is there after reopening', () => {
  it('every record, secret and exchange, as it was', async () => {
    const first = await rig.create();
    first.commit(sample());
    const vault = await rig.reopen(first);
    expect(vault.apps()).toEqual([appRecord('one')]);
    expect(vault.connections()).toEqual([connectionRecord('a', 'one'), connectionRecord('b', 'one')]);
    expect(vault.appSecrets('one').clientSecret?.reveal()).toBe('client-secret-one');
    expect(vault.connectionSecrets('b')?.refreshToken?.reveal()).toBe('refresh-b');
    expect(vault.connectionSecrets('b')?.idToken).toBeNull();
    expect(vault.history('a')).toEqual([exchangeAt(someDayMs, { what: 'signed_in' })]);
  });

  it('a failure, a revocation and an open renewal intent', async () => {
    const first = await rig.create();
    const record = connectionRecord('x', 'one', {
      failure: {
        problem: { code: 'provider_busy', facts: { status: 503, host: 'h' } },
        atMs: 1,
        tries: 2,
        nextTryAtMs: 3,
      },
      revocation: { atMs: 5, worksUntilMs: null },
      renewalIntent: { attemptId: 'try', tokenHash: 'ab'.repeat(32), atMs: 7 },
    });
    first.commit([...sample(), { put: 'connection', record }]);
    expect((await rig.reopen(first)).connection('x')).toEqual(record);
  });

  it('also when the program ended without closing the vault', async () => {
    const first = await rig.create();
    first.commit(sample());
    // A copy of the files, log included, is what a power cut would leave.
    const copy = new VaultRig();
    const { cpSync } = await import('node:fs');
    cpSync(rig.folder, copy.folder, { recursive: true });
    for (const [account, value] of rig.keychain.items) copy.keychain.items.set(account, value);
    expect((await copy.open()).connections()).toHaveLength(2);
    await copy.remove();
  });

  it('a new vault is empty and opens again', async () => {
    const vault = await rig.reopen(await rig.create());
    expect(vault.apps()).toEqual([]);
    expect(vault.commitNumber).toBe(1);
  });

  it('the commit number rises by one with each commit and not with an empty list', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    vault.commit([]);
    vault.commit([{ put: 'connection', record: connectionRecord('a', 'one', { label: 'new' }) }]);
    expect(vault.commitNumber).toBe(3);
    expect((await rig.reopen(vault)).connection('a')?.label).toBe('new');
  });
});

describe('removing', () => {
  it('a connection takes its secrets and its history along', async () => {
    const first = await rig.create();
    first.commit(sample());
    first.commit([{ remove: 'connection', connectionId: 'a' }]);
    const vault = await rig.reopen(first);
    expect(vault.connections().map(({ id }) => id)).toEqual(['b']);
    vault.commit([{ put: 'connection', record: connectionRecord('a', 'one') }]);
    expect(vault.connectionSecrets('a')).toBeNull();
    expect(vault.history('a')).toEqual([]);
  });

  it('tokens alone leaves the connection and its history', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    vault.commit([{ remove: 'connection_secrets', connectionId: 'a' }]);
    expect(vault.connectionSecrets('a')).toBeNull();
    expect(vault.history('a')).toHaveLength(1);
  });

  it('leaves none of the sealed bytes in any file, neither after the commit nor after closing', async () => {
    const vault = await rig.create();
    // Enough rows that pages split and merge and a replaced body spills over several pages.
    for (let n = 0; n < 40; n += 1) {
      const exchanges = Array.from({ length: n % 7 === 0 ? 150 : 3 }, (_, i) => exchangeAt(someDayMs + i));
      vault.commit([
        ...(n === 0 ? sample() : []),
        { put: 'connection', record: connectionRecord(`n${n}`, 'one') },
        { put: 'connection_secrets', connectionId: `n${n}`, secrets: tokensOf('x'.repeat(n * 90)) },
        { put: 'history', connectionId: `n${n}`, exchanges },
      ]);
    }
    await vault.close();
    const sealed: Buffer[] = [];
    rig.harm((db) => {
      for (const row of db.prepare("SELECT iv, sealed FROM records WHERE id LIKE '%:n%'").all([]) as {
        sealed: ArrayBuffer;
      }[]) {
        sealed.push(Buffer.from(row.sealed));
      }
    });
    expect(sealed).toHaveLength(120);
    const left = (): number => {
      const all = Buffer.concat([...rig.contents().values()]);
      return sealed.filter((body) => {
        for (let at = 0; at + 16 <= body.length; at += 512) if (all.includes(body.subarray(at, at + 16))) return true;
        return false;
      }).length;
    };
    expect(left()).toBe(120);
    const again = await rig.open();
    for (let n = 0; n < 40; n += 1) again.commit([{ remove: 'connection', connectionId: `n${n}` }]);
    expect(left()).toBe(0);
    await again.close();
    expect(left()).toBe(0);
  }, 60_000);
});

describe('a change list is judged whole before anything is written', () => {
  it.each([
    [
      'a connection under an app that is not there',
      'not_found',
      [{ put: 'connection', record: connectionRecord('c', 'none') }],
    ],
    [
      'tokens of a connection that is not there',
      'not_found',
      [{ put: 'connection_secrets', connectionId: 'c', secrets: tokensOf('c') }],
    ],
    ['history of a connection that is not there', 'not_found', [{ put: 'history', connectionId: 'c', exchanges: [] }]],
    [
      'a secret of an app that is not there',
      'not_found',
      [{ put: 'app_secrets', appId: 'c', secrets: { clientSecret: null } }],
    ],
    ['removing what is not there', 'not_found', [{ remove: 'connection', connectionId: 'c' }]],
    [
      'removing an app that has connections left',
      'bad_input',
      [
        { remove: 'connection', connectionId: 'a' },
        { remove: 'app', appId: 'one' },
      ],
    ],
    ['a practice record in the vault', 'bad_input', [{ put: 'app', record: appRecord('two', { realm: 'practice' }) }]],
    [
      'an address that is none',
      'bad_input',
      [{ put: 'app', record: appRecord('two', { endpoints: [{ kind: 'token', url: 'ftp://x', source: 'seed' }] }) }],
    ],
    ['an id that could read as another row', 'bad_input', [{ put: 'app', record: appRecord('two:x') }]],
    [
      'a member that the format does not know',
      'bad_input',
      [{ put: 'app', record: { ...appRecord('two'), accessToken: 'x' } }],
    ],
  ] as const)('%s is refused as %s, and all stays as it was', async (_, code, bad) => {
    const vault = await rig.create();
    vault.commit(sample());
    expect(
      await codeOf(() => vault.commit([{ put: 'app', record: appRecord('one', { name: 'renamed' }) }, ...bad])),
    ).toBe(code);
    expect(vault.app('one')?.name).toBe('App one');
    expect(vault.commitNumber).toBe(2);
    vault.commit([{ put: 'app', record: appRecord('two') }]);
    expect((await rig.reopen(vault)).apps()).toHaveLength(2);
  });

  it('an app goes together with its last connections', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    vault.commit([
      { remove: 'connection', connectionId: 'a' },
      { remove: 'connection', connectionId: 'b' },
      { remove: 'app', appId: 'one' },
    ]);
    expect((await rig.reopen(vault)).apps()).toEqual([]);
  });
});

describe('when the addresses of an app change', () => {
  const moved = appRecord('one', { endpoints: endpointsAt('elsewhere.example') });

  it('the commit is refused while it leaves a secret behind', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    const client = { put: 'app_secrets', appId: 'one', secrets: { clientSecret: null } } as const;
    expect(await codeOf(() => vault.commit([{ put: 'app', record: moved }]))).toBe('bad_input');
    expect(await codeOf(() => vault.commit([{ put: 'app', record: moved }, client]))).toBe('bad_input');
    expect(vault.app('one')).toEqual(appRecord('one'));
    expect(vault.connectionSecrets('a')?.accessToken?.reveal()).toBe('access-a');
  });

  it('the secrets that the list carries are sealed for the new ones, the others have to go', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    vault.commit([
      { put: 'app', record: moved },
      { put: 'app_secrets', appId: 'one', secrets: { clientSecret: new Secret('new-secret') } },
      { put: 'connection_secrets', connectionId: 'a', secrets: tokensOf('again') },
      { remove: 'connection_secrets', connectionId: 'b' },
    ]);
    const again = await rig.reopen(vault);
    expect(again.appSecrets('one').clientSecret?.reveal()).toBe('new-secret');
    expect(again.connectionSecrets('a')?.accessToken?.reveal()).toBe('access-again');
    expect(again.connectionSecrets('b')).toBeNull();
  });

  it('a changed issuer counts like a changed address', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    const other = appRecord('one', { issuer: 'https://issuer.example' });
    expect(await codeOf(() => vault.commit([{ put: 'app', record: other }]))).toBe('bad_input');
  });

  it('a changed path or name on the same hosts needs nothing', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    const endpoints = appRecord('one').endpoints.map((e) => ({ ...e, url: e.url === null ? null : `${e.url}/v2` }));
    vault.commit([{ put: 'app', record: appRecord('one', { endpoints, name: 'other' }) }]);
    expect((await rig.reopen(vault)).connectionSecrets('a')?.accessToken?.reveal()).toBe('access-a');
  });

  it('a connection that moves under an app with other hosts has to bring its tokens', async () => {
    const vault = await rig.create();
    vault.commit([...sample(), { put: 'app', record: appRecord('two', { endpoints: endpointsAt('two.example') }) }]);
    const record = connectionRecord('a', 'two');
    expect(await codeOf(() => vault.commit([{ put: 'connection', record }]))).toBe('bad_input');
    vault.commit([
      { put: 'connection', record },
      { put: 'connection_secrets', connectionId: 'a', secrets: tokensOf('two') },
    ]);
    expect((await rig.reopen(vault)).connectionSecrets('a')?.accessToken?.reveal()).toBe('access-two');
  });
});

describe('in memory', () => {
  it('nobody can write into a record of the vault, nor through the object that was committed', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    const mine = appRecord('two');
    vault.commit([{ put: 'app', record: mine }]);
    mine.name = 'changed afterwards';
    mine.scopes.push('all');
    expect(vault.app('two')).toEqual(appRecord('two'));
    expect(() => vault.app('two')!.scopes.push('all')).toThrow(TypeError);
    expect(() => {
      vault.connection('a')!.label = 'x';
    }).toThrow(TypeError);
  });

  it('the newest exchanges are kept up to the limit, in the order they came', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    const newestFirst = Array.from({ length: historyLimit + 30 }, (_, i) => exchangeAt(someDayMs - i));
    vault.commit([{ put: 'history', connectionId: 'a', exchanges: newestFirst }]);
    expect(vault.history('a')).toEqual(newestFirst.slice(0, historyLimit));
    vault.commit([{ put: 'history', connectionId: 'a', exchanges: newestFirst.toReversed() }]);
    expect(vault.history('a')).toEqual(newestFirst.toReversed().slice(30));
  });

  it('a closed vault answers nothing and takes nothing', async () => {
    const vault = await rig.create();
    vault.commit(sample());
    await vault.close();
    for (const step of [
      () => vault.apps(),
      () => vault.connections(),
      () => vault.app('one'),
      () => vault.appSecrets('one'),
      () => vault.connectionSecrets('a'),
      () => vault.history('a'),
      () => vault.commit([{ put: 'app', record: appRecord('two') }]),
    ]) {
      expect(await codeOf(step)).toBe('vault_not_open');
    }
  });
});
