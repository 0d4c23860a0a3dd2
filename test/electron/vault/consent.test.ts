import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type LibsqlDatabase from 'libsql';
import { appRecord, codeOf, sample, someDayMs, VaultRig } from '../../support/vault-rig.ts';

let rig: VaultRig;
beforeEach(() => {
  rig = new VaultRig();
});
afterEach(() => rig.remove());

const consent = { origin: 'http://models.firm.example:9090', agreedAtMs: someDayMs };
const schemas = (): Record<string, number> => {
  let found: { id: string; schema: number }[] = [];
  rig.harm((db: LibsqlDatabase.Database) => {
    found = db.prepare('SELECT id, schema FROM records').all([]) as typeof found;
  });
  return Object.fromEntries(found.map(({ id, schema }) => [id, schema]));
};

describe('E7 the consent to plain http in an app’s record', () => {
  it('is kept, for that app alone, and only its row says that it needs a newer program', async () => {
    const vault = await rig.create();
    vault.commit([...sample(), { put: 'app', record: appRecord('two', { unencryptedConsent: consent }) }]);
    const again = await rig.reopen(vault);
    expect(again.app('two')?.unencryptedConsent).toEqual(consent);
    expect(again.app('one')).toEqual(appRecord('one'));
    await again.close();
    const found = schemas();
    expect(found['app:two']).toBe(2);
    expect(Object.entries(found).filter(([id, schema]) => schema !== 1 && id !== 'app:two')).toEqual([]);
  });

  it('is not there in what was written before it existed, which opens as it was', async () => {
    // Rows of schema 1 without the member are, to the byte, what the first version wrote.
    const vault = await rig.create();
    vault.commit(sample());
    await vault.close();
    expect(new Set(Object.values(schemas()))).toEqual(new Set([1]));
    const again = await rig.open();
    expect(again.app('one')).not.toHaveProperty('unencryptedConsent');
    expect(again.appSecrets('one').clientSecret?.reveal()).toBe('client-secret-one');
    // Written anew, it gains nothing; with a consent, it does, and can lose it again.
    again.commit([{ put: 'app', record: { ...again.app('one')!, unencryptedConsent: consent } }]);
    again.commit([{ put: 'app', record: appRecord('one', { name: 'renamed' }) }]);
    await again.close();
    expect(schemas()['app:one']).toBe(1);
  });

  it('names an origin of plain http and nothing else', async () => {
    const vault = await rig.create();
    for (const origin of ['https://a.example', 'http://a.example/path', 'http://u@a.example', 'http://', '*']) {
      const record = appRecord('two', { unencryptedConsent: { ...consent, origin } });
      expect(await codeOf(() => vault.commit([{ put: 'app', record }]))).toBe('bad_input');
    }
  });
});
