import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { VaultOpening } from '../../../electron/services/open-vault.ts';
import type { OpenedVault, VaultDoor } from '../../../electron/services/vault-ports.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { Secret } from '../../../electron/secret.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { appRecord } from '../../support/vault-rig.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function opened(olderCopy = false): OpenedVault & { closed: boolean } {
  const vault = Object.assign(new PracticeShelf(), {
    olderCopy,
    vaultId: '0'.repeat(32),
    commitNumber: 1,
    copyOfToday: () => Promise.resolve(),
    tidyCopies: () => Promise.resolve(),
    copiesFollow: () => undefined,
    fill: () => void (vault.olderCopy = true),
    closed: false,
    slots: {
      needsPassphrase: false,
      check: () => Promise.resolve(),
      set: () => Promise.resolve(true),
      remove: () => Promise.resolve(),
    },
    acceptOlderCopy: () => Promise.resolve(void (vault.olderCopy = false)),
    close: () => Promise.resolve(void (vault.closed = true)),
  });
  return vault;
}

/** It has an app. */
function holding<T extends OpenedVault>(vault: T): T {
  vault.commit([{ put: 'app', record: { ...appRecord('one'), realm: 'practice' } }]);
  return vault;
}

function world(over: Partial<VaultDoor> = {}) {
  const calls: string[] = [];
  const statuses: string[] = [];
  const door: VaultDoor = {
    keychainName: 'Test Keychain',
    open: () => Promise.resolve(null),
    create: () => Promise.resolve(opened()),
    probeKeychain: () => Promise.resolve(),
    setAside: () => 'vault (set aside)',
    restore: () => Promise.resolve(opened(true)),
    copies: () => Promise.resolve([]),
    putCopyInPlace: () => Promise.resolve('vault (set aside)'),
    ...over,
  };
  const counted = Object.fromEntries(
    Object.entries(door).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (...args: unknown[]) => (calls.push(name), (value as (...args: unknown[]) => unknown)(...args))
        : value,
    ]),
  ) as unknown as VaultDoor;
  const announce = { app: () => undefined, connection: () => undefined, part: () => void statuses.push(status()) };
  const realms = new Realms(announce);
  const clock = new ManualClock();
  let renewalsBegan = 0;
  let waysChanged = 0;
  const opening = new VaultOpening({
    door: counted,
    realms,
    announce,
    clock,
    log: { write: () => undefined },
    opened: () => (renewalsBegan += 1),
    waysChanged: () => Promise.resolve(void (waysChanged += 1)),
  });
  const status = (): string => opening.status().kind;
  return { opening, realms, clock, calls, statuses, began: () => renewalsBegan, followed: () => waysChanged };
}

const refused = (code: AppError['code']) => () => Promise.reject(new AppError(code, { name: 'Test Keychain' }));

describe('opening the vault', () => {
  it('says "absent" where there is none and the keychain would take a key, and makes nothing', async () => {
    const { opening, calls, statuses, began } = world();
    await opening.open();
    expect(opening.status()).toEqual({ kind: 'absent', keychain: 'Test Keychain' });
    expect(calls).toEqual(['open', 'probeKeychain']);
    expect(statuses).toEqual(['opening', 'absent']);
    expect(began()).toBe(0);
  });

  it('tells the problem, and opens at "try again" once it is gone', async () => {
    let locked = true;
    const { opening, realms, statuses, began } = world({
      open: () => (locked ? refused('keychain_locked')() : Promise.resolve(opened())),
    });
    await opening.open();
    expect(opening.status()).toEqual({
      kind: 'problem',
      problem: { code: 'keychain_locked', facts: { name: 'Test Keychain' } },
      canSetAside: false,
    });
    await expect(opening.ensure()).rejects.toThrow('keychain_locked');
    expect(realms.all()).toEqual([]);
    locked = false;
    await opening.open();
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: false });
    expect(realms.all()).toHaveLength(1);
    expect(began()).toBe(1);
    expect(statuses).toEqual(['opening', 'problem', 'opening', 'problem', 'opening', 'open']);
  });

  it('waits, when the first thing is to be stored while it still opens, and makes no second vault', async () => {
    let letGo: (vault: OpenedVault) => void = () => undefined;
    const { opening, calls, began } = world({ open: () => new Promise((resolve) => (letGo = resolve)) });
    const opens = [opening.open(), opening.open()];
    const ensured = [opening.ensure(), opening.ensure()];
    letGo(opened());
    await Promise.all([...opens, ...ensured]);
    expect(calls).toEqual(['open']);
    expect(began()).toBe(1);
  });

  it('B43: names the keychain that has not answered for three seconds, and only while it is waited for (F19)', async () => {
    let answer: () => void = () => undefined;
    const { opening, clock, statuses } = world({
      probeKeychain: () => new Promise<void>((resolve) => (answer = resolve)),
    });
    const opened = opening.open();
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(2_999);
    expect(opening.status()).toEqual({ kind: 'opening' });
    clock.advance(1);
    expect(opening.status()).toEqual({ kind: 'opening', waitingFor: 'Test Keychain' });
    answer();
    await opened;
    expect(opening.status()).toEqual({ kind: 'absent', keychain: 'Test Keychain' });
    expect(statuses).toEqual(['opening', 'opening', 'absent', 'absent']);
  });

  it.each(['keychain_absent', 'keychain_locked', 'keychain_denied', 'keychain_silent'] as const)(
    'with %s and no vault yet offers a passphrase, makes nothing by itself, and then needs no keychain (F15 to F19)',
    async (code) => {
      const given: unknown[] = [];
      const { opening, calls } = world({
        probeKeychain: refused(code),
        create: (passphrase) => {
          given.push(passphrase);
          return Promise.resolve(opened());
        },
      });
      await opening.open();
      expect(opening.status()).toMatchObject({ kind: 'problem', problem: { code }, canUsePassphrase: true });
      await expect(opening.ensure()).rejects.toThrow(code);
      expect(calls).not.toContain('create');
      const passphrase = new Secret('drawbridge lantern');
      await opening.ensure(passphrase);
      expect(given).toEqual([passphrase]);
      expect(opening.status().kind).toBe('open');
    },
  );

  it('offers no passphrase for a vault that is there and whose keychain does not answer', async () => {
    const { opening, calls } = world({ open: refused('keychain_silent') });
    await opening.open();
    expect(opening.status()).not.toHaveProperty('canUsePassphrase');
    await expect(opening.ensure(new Secret('drawbridge lantern'))).rejects.toThrow('keychain_silent');
    expect(calls).not.toContain('create');
  });

  it('stays locked where the vault takes a passphrase, and stores nothing until it is given', async () => {
    const right = new Secret('drawbridge lantern');
    const { opening, calls } = world({
      open: (passphrase) =>
        passphrase === right
          ? Promise.resolve(opened())
          : Promise.reject(new AppError(passphrase === undefined ? 'vault_locked' : 'wrong_passphrase')),
    });
    await opening.open();
    expect(opening.needsPassphrase()).toBe(true);
    await expect(opening.ensure()).rejects.toThrow('vault_locked');
    await expect(opening.unlock(new Secret('another'))).rejects.toThrow('wrong_passphrase');
    expect(opening.needsPassphrase()).toBe(true);
    await opening.unlock(right);
    expect(opening.status().kind).toBe('open');
    expect(calls).not.toContain('probeKeychain');
  });

  it('with the right passphrase for a damaged vault says what is wrong with it, and no longer "locked"', async () => {
    const { opening } = world({
      open: (passphrase) => Promise.reject(new AppError(passphrase === undefined ? 'vault_locked' : 'vault_damaged')),
    });
    await opening.open();
    await expect(opening.unlock(new Secret('drawbridge lantern'))).rejects.toThrow('vault_damaged');
    expect(opening.status()).toMatchObject({ kind: 'problem', canSetAside: true });
  });

  it('makes one vault for two first things at once', async () => {
    const { opening, calls, began } = world();
    await opening.open();
    await Promise.all([opening.ensure(), opening.ensure()]);
    expect(calls.filter((call) => call === 'create')).toHaveLength(1);
    expect(began()).toBe(1);
  });

  it('can be asked again after a creation that failed', async () => {
    let full = true;
    const { opening } = world({ create: () => (full ? refused('disk_full')() : Promise.resolve(opened())) });
    await opening.open();
    await expect(opening.ensure()).rejects.toThrow('disk_full');
    expect(opening.status().kind).toBe('absent');
    full = false;
    await opening.ensure();
    expect(opening.status().kind).toBe('open');
  });

  it.each(['key_missing', 'key_wrong', 'vault_damaged', 'vault_foreign'] as const)(
    'offers to set aside for %s, and starts anew after it',
    async (code) => {
      let there = true;
      const { opening, calls } = world({
        open: () => (there ? refused(code)() : Promise.resolve(null)),
        setAside: () => ((there = false), 'elsewhere'),
      });
      await opening.open();
      expect(opening.status()).toMatchObject({ kind: 'problem', canSetAside: true });
      await expect(opening.ensure()).rejects.toThrow(code);
      expect(calls).not.toContain('create');
      expect(opening.setAside()).toEqual({ movedTo: 'elsewhere' });
      await opening.open();
      expect(opening.status().kind).toBe('absent');
    },
  );

  it.each(['disk_full', 'disk_read_only', 'keychain_absent', 'vault_newer', 'vault_in_use'] as const)(
    'sets nothing aside for %s, which that would not cure',
    async (code) => {
      const { opening, calls } = world({ open: refused(code) });
      await opening.open();
      expect(() => opening.setAside()).toThrow('bad_input');
      expect(calls).not.toContain('setAside');
    },
  );

  it('sets no open vault aside', async () => {
    const { opening, calls } = world({ open: () => Promise.resolve(opened()) });
    await opening.open();
    expect(() => opening.setAside()).toThrow('bad_input');
    expect(calls).toEqual(['open']);
  });

  it('pauses on an older copy until a person accepts it, and begins then', async () => {
    const { opening, began } = world({ open: () => Promise.resolve(opened(true)) });
    await opening.open();
    expect(opening.isPaused()).toBe(true);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
    await opening.useOlderCopy();
    expect(opening.isPaused()).toBe(false);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: false });
    expect(began()).toBe(2);
  });

  it('restores a backup where there is no vault, and pauses on it', async () => {
    const { opening, calls, began } = world();
    await opening.open();
    await opening.restore([]);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
    expect(opening.isPaused()).toBe(true);
    expect(began()).toBe(1);
    await opening.ensure();
    expect(calls).not.toContain('create');
  });

  it.each([
    ['an open vault', () => Promise.resolve(holding(opened()))],
    ['a damaged vault', refused('vault_damaged')],
    ['a keychain that is locked', refused('keychain_locked')],
  ])('restores nothing over %s', async (_, open) => {
    const { opening, calls } = world({ open });
    await opening.open();
    await expect(opening.restore([])).rejects.toThrow('backup_vault_there');
    expect(calls).not.toContain('restore');
  });

  it('restores into a vault that is open and in which nothing was kept yet', async () => {
    const { opening, calls, began } = world({ open: () => Promise.resolve(opened()) });
    await opening.open();
    await opening.restore([]);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
    expect(began()).toBe(2);
    expect(calls).not.toContain('restore');
  });

  it('restores without a keychain only with a passphrase for the vault, and says what keeps the keychain away', async () => {
    const given: unknown[] = [];
    const { opening } = world({
      probeKeychain: refused('keychain_absent'),
      restore: (_, passphrase) => (given.push(passphrase?.reveal()), Promise.resolve(opened(true))),
    });
    await opening.open();
    await expect(opening.restore([])).rejects.toThrow('keychain_absent');
    expect(given).toEqual([]);
    await opening.restore([], new Secret('drawbridge lantern'));
    expect(given).toEqual(['drawbridge lantern']);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
  });

  it('has the daily copies follow every other way in', async () => {
    const { opening, followed } = world({ open: () => Promise.resolve(opened()) });
    await opening.open();
    await opening.changePassphrase(new Secret('drawbridge lantern'), null);
    expect(followed()).toBe(1);
    await opening.removePassphrase(new Secret('drawbridge lantern'));
    expect(followed()).toBe(2);
  });

  it('opens the copy of a vault under a passphrase with the passphrase that the copy took', async () => {
    const opens: unknown[] = [];
    let inPlace = false;
    const { opening } = world({
      open: (passphrase) => {
        opens.push(passphrase?.reveal());
        return inPlace ? Promise.resolve(opened(true)) : refused('vault_damaged')();
      },
      putCopyInPlace: (_, passphrase) => {
        opens.push(passphrase?.reveal());
        inPlace = true;
        return Promise.resolve('elsewhere');
      },
    });
    await opening.open();
    await opening.restoreCopy('x', new Secret('drawbridge lantern'));
    expect(opens).toEqual([undefined, 'drawbridge lantern', 'drawbridge lantern']);
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
  });

  it('restores nothing while the first vault is being made, and makes none while one is restored', async () => {
    let letGo: () => void = () => undefined;
    const wait = (): Promise<OpenedVault> => new Promise((resolve) => (letGo = () => resolve(opened())));
    const first = world({ create: wait });
    await first.opening.open();
    const ensured = first.opening.ensure();
    await Promise.resolve();
    await Promise.resolve();
    await expect(first.opening.restore([])).rejects.toThrow('backup_vault_there');
    letGo();
    await ensured;

    const second = world({ restore: wait });
    await second.opening.open();
    const restored = second.opening.restore([]);
    const stored = second.opening.ensure();
    letGo();
    await Promise.all([restored, stored]);
    expect(second.calls).not.toContain('create');
  });

  it('can be restored into again after a restore that failed', async () => {
    let full = true;
    const { opening } = world({
      restore: () => (full ? refused('disk_full')() : Promise.resolve(opened(true))),
    });
    await opening.open();
    await expect(opening.restore([])).rejects.toThrow('disk_full');
    expect(opening.status().kind).toBe('absent');
    full = false;
    await opening.restore([]);
    expect(opening.status().kind).toBe('open');
  });

  it('offers daily copies for a vault that they cure, and asks for none otherwise', async () => {
    const copies = [{ id: 'x', madeAtMs: 1 }];
    const damaged = world({ open: refused('vault_damaged'), copies: () => Promise.resolve(copies) });
    await damaged.opening.open();
    expect(await damaged.opening.copies()).toEqual(copies);
    for (const open of [refused('disk_full'), () => Promise.resolve(opened())]) {
      const other = world({ open, copies: () => Promise.resolve(copies) });
      await other.opening.open();
      expect(await other.opening.copies()).toEqual([]);
      await expect(other.opening.restoreCopy('x')).rejects.toThrow('bad_input');
      expect(other.calls).not.toContain('copies');
      expect(other.calls).not.toContain('putCopyInPlace');
    }
  });

  it('opens the copy once it is in place; what asks meanwhile waits, and sets nothing aside', async () => {
    let inPlace = false;
    let letGo: () => void = () => undefined;
    const { opening, calls } = world({
      open: () => (inPlace ? Promise.resolve(opened(true)) : refused('vault_damaged')()),
      putCopyInPlace: () =>
        new Promise((resolve) => {
          letGo = () => {
            inPlace = true;
            resolve('elsewhere');
          };
        }),
    });
    await opening.open();
    const restored = opening.restoreCopy('x');
    expect(() => opening.setAside()).toThrow('bad_input');
    await expect(opening.restoreCopy('x')).rejects.toThrow('bad_input');
    const retried = opening.open();
    expect(calls.filter((call) => call === 'open')).toHaveLength(1);
    letGo();
    expect(await restored).toEqual({ movedTo: 'elsewhere' });
    await retried;
    expect(opening.status()).toMatchObject({ kind: 'open', olderCopy: true });
    expect(calls.filter((call) => call === 'open')).toHaveLength(2);
  });

  it('stays with its problem when the copy could not be put in place', async () => {
    const { opening } = world({ open: refused('vault_damaged'), putCopyInPlace: refused('copy_damaged') });
    await opening.open();
    await expect(opening.restoreCopy('x')).rejects.toThrow('copy_damaged');
    expect(opening.status()).toMatchObject({ kind: 'problem', problem: { code: 'vault_damaged' }, canSetAside: true });
    expect(opening.setAside()).toEqual({ movedTo: 'vault (set aside)' });
  });

  it('closes also what was still being made', async () => {
    const vault = opened();
    let letGo: (made: OpenedVault) => void = () => undefined;
    const { opening } = world({ create: () => new Promise((resolve) => (letGo = resolve)) });
    await opening.open();
    const ensured = opening.ensure();
    await Promise.resolve();
    await Promise.resolve();
    const closed = opening.close();
    letGo(vault);
    await Promise.all([ensured, closed]);
    expect(vault.closed).toBe(true);
  });
});
