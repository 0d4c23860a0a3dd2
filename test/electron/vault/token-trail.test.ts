import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trailLimit, type PastTokens } from '../../../electron/vault/records.ts';
import { appRecord, connectionRecord, someDayMs, VaultRig } from '../../support/vault-rig.ts';

let rig: VaultRig;
beforeEach(() => (rig = new VaultRig()));
afterEach(() => rig.remove());

const past = (generation: number): PastTokens => ({
  generation,
  issuedAtMs: someDayMs + generation,
  tokens: [{ kind: 'access_token', hash: generation.toString(16).padStart(64, '0') }],
});

describe('the trail of tokens in the vault', () => {
  it('is there after the vault was closed, and sealed', async () => {
    let vault = await rig.create();
    vault.commit([
      { put: 'app', record: appRecord('app') },
      { put: 'connection', record: connectionRecord('one', 'app') },
      { put: 'token_trail', connectionId: 'one', trail: [past(2), past(1)] },
    ]);
    vault = await rig.reopen(vault);
    expect(vault.tokenTrail('one')).toEqual([past(2), past(1)]);
    const bytes = Buffer.concat([...rig.contents().values()]);
    expect(bytes.includes(past(2).tokens[0]!.hash)).toBe(false);
  });

  it('is empty for a connection that was stored without one, and goes with it', async () => {
    let vault = await rig.create();
    vault.commit([
      { put: 'app', record: appRecord('app') },
      { put: 'connection', record: connectionRecord('one', 'app') },
    ]);
    expect(vault.tokenTrail('one')).toEqual([]);
    vault.commit([{ put: 'token_trail', connectionId: 'one', trail: [past(1)] }]);
    vault.commit([{ remove: 'connection', connectionId: 'one' }]);
    vault = await rig.reopen(vault);
    expect(() => vault.tokenTrail('one')).toThrow('not_found');
    vault.commit([{ put: 'connection', record: connectionRecord('one', 'app') }]);
    expect(vault.tokenTrail('one')).toEqual([]);
  });

  it('takes neither a token in place of its hash, nor more than its limit, nor one of nobody', async () => {
    const vault = await rig.create();
    vault.commit([
      { put: 'app', record: appRecord('app') },
      { put: 'connection', record: connectionRecord('one', 'app') },
    ]);
    const commit = (connectionId: string, trail: PastTokens[]) => () =>
      vault.commit([{ put: 'token_trail', connectionId, trail }]);
    const bare: PastTokens = { ...past(1), tokens: [{ kind: 'access_token', hash: 'the-token-itself' }] };
    expect(commit('one', [bare])).toThrow('bad_input');
    expect(
      commit(
        'one',
        Array.from({ length: trailLimit + 1 }, (_, index) => past(index)),
      ),
    ).toThrow('bad_input');
    expect(commit('nobody', [past(1)])).toThrow('not_found');
  });
});
