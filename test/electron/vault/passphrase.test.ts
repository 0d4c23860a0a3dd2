import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { PassphraseSlot, VaultHeader } from '../../../electron/vault/format.ts';
import { sealUnderPassphrase } from '../../../electron/vault/passphrase-slot.ts';
import type { VaultFiles } from '../../../electron/vault/ports.ts';
import { openVault } from '../../../electron/vault/vault.ts';
import { Secret } from '../../../electron/secret.ts';
import { codeOf, sample, VaultRig } from '../../support/vault-rig.ts';

vi.mock('node:crypto', async (load) => (await import('../../support/cheap-scrypt.ts')).withCheapScrypt(await load()));

let rig: VaultRig;
beforeEach(() => {
  rig = new VaultRig();
});
afterEach(() => rig.remove());

const first = new Secret('drawbridge lantern');
const second = new Secret('another four odd words');

const header = (): VaultHeader => JSON.parse(readFileSync(rig.at('vault.json'), 'utf8')) as VaultHeader;
const kinds = (): string[] => header().keySlots.map(({ kind }) => kind);
const keyAccount = (): string => `vault-key:${header().vaultId}`;

/** A vault with a sample in it, closed; with a passphrase or with the keychain. */
async function filled(passphrase?: Secret): Promise<void> {
  const vault = await rig.create(rig.files, passphrase);
  vault.commit(sample());
  await vault.close();
}

/** Which of these open the vault: '' is the keychain alone. */
async function openedBy(...ways: (Secret | null)[]): Promise<string[]> {
  const open: string[] = [];
  for (const way of ways) {
    try {
      const vault = await rig.open(rig.files, way ?? undefined);
      if (vault.connections().length === 2) open.push(way?.reveal() ?? '');
      await vault.close();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
    }
  }
  return open;
}

describe('a vault made with a passphrase', () => {
  it('opens with it and by nothing else, and asks no keychain for a key', async () => {
    rig.keychain.failing = 'keychain_absent';
    await filled(first);
    expect(kinds()).toEqual(['passphrase']);
    expect(rig.keychain.items.size).toBe(0);
    expect(rig.keychain.calls.filter((call) => /^(read|write) vault-key:/.test(call))).toEqual([]);
    expect(await codeOf(() => rig.open())).toBe('vault_locked');
    expect(await codeOf(() => rig.open(rig.files, second))).toBe('wrong_passphrase');
    expect(await openedBy(null, second, first)).toEqual([first.reveal()]);
  });

  it('leaves no vault and no key when the disk refuses it', async () => {
    const files: VaultFiles = {
      ...rig.files,
      noteCreation: () => {
        throw new AppError('disk_full');
      },
    };
    expect(await codeOf(() => rig.create(files, first))).toBe('disk_full');
    expect(rig.contents().size).toBe(0);
    expect(rig.keychain.calls).toEqual([]);
  });

  it('opens for the same words from another keyboard, where é is two signs', async () => {
    await filled(new Secret('caf\u00e9 im burghof'));
    expect(await openedBy(new Secret('cafe\u0301 im burghof'))).toHaveLength(1);
  });

  it('B46: has the parameters that are promised and a salt of its own, and not a word of the passphrase', async () => {
    await filled(first);
    const [slot] = header().keySlots as PassphraseSlot[];
    expect(slot).toMatchObject({ kdf: { name: 'scrypt', n: 131_072, r: 8, p: 1 } });
    const again = await sealUnderPassphrase(Buffer.alloc(32, 1), header().vaultId, first);
    expect(again.kdf.salt).not.toBe(slot!.kdf.salt);
    expect(again.iv).not.toBe(slot!.iv);
    for (const bytes of rig.contents().values()) expect(bytes.includes(first.reveal())).toBe(false);
  });

  it('stays byte for byte what it was under a wrong passphrase', async () => {
    await filled(first);
    const before = rig.contents();
    expect(await codeOf(() => rig.open(rig.files, second))).toBe('wrong_passphrase');
    expect(rig.contents()).toEqual(before);
  });

  it('is found to be an older copy as any other, where there is a keychain to note it in', async () => {
    await filled(first);
    const noted = [...rig.keychain.items].find(([account]) => account.startsWith('vault-commit:'));
    expect(noted?.[1]).toBe('2');
    rig.keychain.items.set(noted![0], '7');
    expect((await rig.open(rig.files, first)).olderCopy).toBe(true);
  });
});

describe('B46: a slot that somebody edited', () => {
  type Edit = (slot: PassphraseSlot) => void;
  const flipped = (text: string): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes[0]! ^= 1;
    return bytes.toString('base64');
  };
  const edited = async (edit: Edit): Promise<string> => {
    await filled(first);
    const content = header();
    edit(content.keySlots[0] as PassphraseSlot);
    writeFileSync(rig.at('vault.json'), JSON.stringify(content));
    const before = rig.contents();
    const code = await codeOf(() => rig.open(rig.files, first));
    expect(rig.contents()).toEqual(before);
    return code;
  };

  it.each<[string, Edit]>([
    ['n below the floor', ({ kdf }) => (kdf.n = 2 ** 16)],
    ['n that is no power of two', ({ kdf }) => (kdf.n = 2 ** 17 + 1)],
    ['r below the floor', ({ kdf }) => (kdf.r = 4)],
    ['p below the floor', ({ kdf }) => (kdf.p = 0)],
    ['more memory than a computer should give', ({ kdf }) => Object.assign(kdf, { n: 2 ** 22, r: 32 })],
    ['another function', ({ kdf }) => Object.assign(kdf, { name: 'pbkdf2' })],
    ['a shorter salt', ({ kdf }) => (kdf.salt = 'AAAA')],
    ['a shorter iv', (slot) => (slot.iv = 'AAAA')],
    ['a key without its tag', (slot) => (slot.sealedKey = Buffer.alloc(32).toString('base64'))],
    ['a member more', (slot) => Object.assign(slot, { hint: 'x' })],
  ])('%s is damage, and nothing is derived from it', async (_, edit) => {
    expect(await edited(edit)).toBe('vault_damaged');
  });

  it.each<[string, Edit]>([
    ['n', ({ kdf }) => (kdf.n *= 2)],
    ['p', ({ kdf }) => (kdf.p = 2)],
    ['salt', ({ kdf }) => (kdf.salt = flipped(kdf.salt))],
    ['iv', (slot) => (slot.iv = flipped(slot.iv))],
    ['sealed key', (slot) => (slot.sealedKey = flipped(slot.sealedKey))],
  ])('another %s looks like a wrong passphrase', async (_, edit) => {
    expect(await edited(edit)).toBe('wrong_passphrase');
  });

  it('under another vault id, or with the slot of another vault, it opens nothing', async () => {
    await filled(first);
    const content = header();
    writeFileSync(rig.at('vault.json'), JSON.stringify({ ...content, vaultId: 'ab'.repeat(16) }));
    expect(await codeOf(() => rig.open(rig.files, first))).toBe('wrong_passphrase');
    const slot = await sealUnderPassphrase(Buffer.alloc(32, 9), content.vaultId, first);
    writeFileSync(rig.at('vault.json'), JSON.stringify({ ...content, keySlots: [slot] }));
    expect(await codeOf(() => rig.open(rig.files, first))).toBe('wrong_passphrase');
  });
});

describe('setting, changing and removing it', () => {
  it('set: the key leaves the keychain and the passphrase alone opens', async () => {
    await filled();
    const vault = await rig.open();
    expect(vault.slots.needsPassphrase).toBe(false);
    expect(await vault.slots.set(first, null)).toBe(true);
    expect(vault.slots.needsPassphrase).toBe(true);
    expect(rig.keychain.items.has(keyAccount())).toBe(false);
    await vault.close();
    expect(await openedBy(null, second, first)).toEqual([first.reveal()]);
  });

  it('changed: needs the old one, and only the new one opens', async () => {
    await filled(first);
    const vault = await rig.open(rig.files, first);
    const before = readFileSync(rig.at('vault.json'), 'utf8');
    expect(await codeOf(() => vault.slots.set(second, second))).toBe('wrong_passphrase');
    expect(await codeOf(() => vault.slots.set(second, null))).toBe('vault_locked');
    expect(readFileSync(rig.at('vault.json'), 'utf8')).toBe(before);
    await vault.slots.set(second, first);
    await vault.slots.check(second);
    expect(await codeOf(() => vault.slots.check(first))).toBe('wrong_passphrase');
    await vault.close();
    expect(await openedBy(first, second)).toEqual([second.reveal()]);
  });

  it('removed: the keychain holds the key again, and the passphrase is not asked for', async () => {
    await filled(first);
    const vault = await rig.open(rig.files, first);
    expect(await codeOf(() => vault.slots.remove(second))).toBe('wrong_passphrase');
    await vault.slots.remove(first);
    expect(vault.slots.needsPassphrase).toBe(false);
    await vault.close();
    expect(kinds()).toEqual(['keychain']);
    expect(await openedBy(null)).toEqual(['']);
  });

  it.each(['keychain_absent', 'keychain_locked', 'keychain_denied', 'keychain_silent'] as const)(
    'B42: is not removed where the keychain is %s, and nothing falls back to anything',
    async (code) => {
      await filled(first);
      const vault = await rig.open(rig.files, first);
      rig.keychain.failing = code;
      const before = readFileSync(rig.at('vault.json'));
      expect(await codeOf(() => vault.slots.remove(first))).toBe(code);
      expect(readFileSync(rig.at('vault.json'))).toEqual(before);
      rig.keychain.failing = null;
      rig.keychain.forgetful = true;
      expect(await codeOf(() => vault.slots.remove(first))).toBe('keychain_denied');
      expect(readFileSync(rig.at('vault.json'))).toEqual(before);
      await vault.close();
      expect(await openedBy(first)).toEqual([first.reveal()]);
    },
  );

  it('a key that the keychain does not let go of is taken out at the next opening', async () => {
    await filled();
    const vault = await rig.open();
    const remove = rig.keychain.remove.bind(rig.keychain);
    rig.keychain.remove = () => Promise.reject(new AppError('keychain_denied'));
    expect(await vault.slots.set(first, null)).toBe(false);
    expect(rig.keychain.items.has(keyAccount())).toBe(true);
    let asked = Promise.resolve();
    rig.keychain.remove = (account) => (asked = remove(account));
    await vault.close();
    await rig.open(rig.files, first);
    await asked;
    expect(rig.keychain.items.has(keyAccount())).toBe(false);
  });

  it('goes by the header it was opened with: a slot put into the file meanwhile unlocks nothing', async () => {
    await filled(first);
    const vault = await rig.open(rig.files, first);
    const content = header();
    const foreign = await sealUnderPassphrase(Buffer.alloc(32, 9), content.vaultId, second);
    writeFileSync(rig.at('vault.json'), JSON.stringify({ ...content, keySlots: [foreign] }));
    expect(await codeOf(() => vault.slots.check(second))).toBe('wrong_passphrase');
    await vault.slots.check(first);
    expect(await codeOf(() => vault.slots.set(second, first))).toBe('changed_meanwhile');
  });

  it('on a disk that is full nothing changes, and the same change works later', async () => {
    await filled(first);
    let full = true;
    const files: VaultFiles = {
      ...rig.files,
      replaceHeader: (text) => {
        if (full) throw new AppError('disk_full');
        rig.files.replaceHeader(text);
      },
    };
    const vault = await rig.open(files, first);
    expect(await codeOf(() => vault.slots.set(second, first))).toBe('disk_full');
    expect(await codeOf(() => vault.slots.remove(first))).toBe('disk_full');
    expect(rig.keychain.items.has(keyAccount())).toBe(false);
    await vault.slots.check(first);
    full = false;
    await vault.slots.set(second, first);
    await vault.close();
    expect(await openedBy(first, second)).toEqual([second.reveal()]);
  });
});

describe('a passphrase slot beside the keychain slot', () => {
  it('is version 1 as well, and the keychain opens such a vault', async () => {
    await filled();
    const content = header();
    content.keySlots.push(await sealUnderPassphrase(Buffer.alloc(32, 9), content.vaultId, first));
    writeFileSync(rig.at('vault.json'), JSON.stringify(content));
    const vault = await openVault({ files: rig.files, keychain: rig.keychain });
    expect(vault?.slots.needsPassphrase).toBe(false);
    await vault?.close();
  });
});
