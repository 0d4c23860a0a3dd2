import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { VaultFiles } from '../../../electron/vault/ports.ts';
import type { SealedVault } from '../../../electron/vault/sealed-vault.ts';
import { createVault, openVault } from '../../../electron/vault/vault.ts';
import { codeOf, sample, someDayMs, VaultRig } from '../../support/vault-rig.ts';

let rig: VaultRig;

beforeEach(() => {
  rig = new VaultRig();
});

afterEach(() => rig.remove());

const restore = (files: VaultFiles = rig.files): Promise<SealedVault> =>
  createVault({ files, keychain: rig.keychain, nowMs: () => someDayMs, restored: sample() });

describe('a vault made of a backup', () => {
  it('holds all of it under a key of its own, as an older copy until it is accepted', async () => {
    let vault = await restore();
    expect(vault.olderCopy).toBe(true);
    expect(vault.connectionSecrets('a')?.refreshToken?.reveal()).toBe('refresh-a');
    await vault.close();
    // Not accepted: nothing was noted that could make it the newest.
    expect(rig.keychain.entries().filter((account) => account.startsWith('vault-commit'))).toEqual([]);
    vault = await rig.open();
    expect(vault.olderCopy).toBe(true);
    expect(vault.connections()).toHaveLength(2);
    await vault.acceptOlderCopy();
    expect((await rig.reopen(vault)).olderCopy).toBe(false);
  });

  it('is not made over a vault, whole or not', async () => {
    await (await rig.create()).close();
    const before = rig.contents();
    expect(await codeOf(() => restore())).toBe('changed_meanwhile');
    expect(rig.contents()).toEqual(before);
  });

  it('leaves neither file nor key when the disk refuses its rows', async () => {
    let applied = 0;
    const refusing: VaultFiles = {
      ...rig.files,
      createRecords: () => {
        const store = rig.files.createRecords();
        return {
          ...{ readKinds: store.readKinds.bind(store), read: store.read.bind(store) },
          ...{ readMarks: store.readMarks.bind(store), copyTo: store.copyTo.bind(store), close: () => store.close() },
          apply: (changes) => {
            applied += 1;
            if (applied > 1) throw new AppError('disk_full');
            store.apply(changes);
          },
        };
      },
    };
    expect(await codeOf(() => restore(refusing))).toBe('disk_full');
    expect(rig.contents().size).toBe(0);
    expect(rig.keychain.items.size).toBe(0);
  });

  it('cut off before its header there is no vault, and the next restore makes it whole', async () => {
    const crash = new AppError('internal');
    const crashing: VaultFiles = {
      ...rig.files,
      writeHeader: () => {
        throw crash;
      },
    };
    await expect(restore(crashing)).rejects.toBe(crash);
    expect(await openVault({ files: rig.files, keychain: rig.keychain })).toBeNull();
    const vault = await restore();
    expect(vault.connections()).toHaveLength(2);
    await vault.close();
    expect(readdirSync(rig.userDataFolder).filter((name) => name.startsWith('vault set aside'))).toHaveLength(1);
  });

  it('cut off after its header it is whole, and an older copy', async () => {
    const crash = new AppError('internal');
    const crashing: VaultFiles = {
      ...rig.files,
      endCreation: () => {
        throw crash;
      },
    };
    await expect(restore(crashing)).rejects.toBe(crash);
    const vault = await rig.open();
    expect(vault.olderCopy).toBe(true);
    expect(vault.history('b')).toHaveLength(1);
  });
});
