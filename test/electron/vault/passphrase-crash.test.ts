import * as fs from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DyingSteps } from '../../support/dying-steps.ts';

/** The file system that the vault's files are written through; a test makes it die at one of its calls. */
const disk = vi.hoisted(() => ({ steps: null as { of<T extends object>(target: T): T } | null }));
vi.mock('node:fs', async (load) => {
  const real = await load<typeof fs>();
  const writing = [
    'openSync',
    'writeSync',
    'fsyncSync',
    'closeSync',
    'renameSync',
    'readFileSync',
    'rmSync',
    'unlinkSync',
  ];
  const watched = Object.fromEntries(
    writing.map((name) => [
      name,
      (...args: unknown[]): unknown => {
        const call = real[name as keyof typeof fs] as (...args: unknown[]) => unknown;
        return disk.steps === null ? call(...args) : disk.steps.of({ call }).call(...args);
      },
    ]),
  );
  return { ...real, ...watched };
});

vi.mock('node:crypto', async (load) => (await import('../../support/cheap-scrypt.ts')).withCheapScrypt(await load()));

const { VaultRig, sample } = await import('../../support/vault-rig.ts');
const { Secret } = await import('../../../electron/secret.ts');
const { createVault, openVault } = await import('../../../electron/vault/vault.ts');

const first = new Secret('drawbridge lantern');
const second = new Secret('another four odd words');
type Way = InstanceType<typeof Secret> | null;

let rig: InstanceType<typeof VaultRig>;
afterEach(() => rig.remove());

interface Verb {
  name: string;
  before: Way;
  after: Way;
}
const verbs: Verb[] = [
  { name: 'set', before: null, after: first },
  { name: 'changed', before: first, after: second },
  { name: 'removed', before: first, after: null },
];

describe('a crash while the passphrase is', () => {
  it.each(verbs.flatMap((verb) => [true, false].map((done) => ({ ...verb, done }))))(
    '$name leaves a vault that the old or the new way opens, whole, at each step (the step itself done: $done)',
    async ({ name, before, after, done }) => {
      const outcomes: string[] = [];
      for (let n = 1; ; n += 1) {
        rig = new VaultRig();
        const given = (way: Way) => (way === null ? {} : { passphrase: way });
        const made = await createVault({
          files: rig.files,
          keychain: rig.keychain,
          nowMs: () => 1,
          ...given(before),
        });
        made.commit(sample());
        await made.close();

        const dying = new DyingSteps(n, done);
        const vault = (await openVault({ files: rig.files, keychain: rig.keychain, ...given(before) }))!;
        const { keychain: real } = rig;
        const keychain = {
          write: real.write.bind(real),
          read: real.read.bind(real),
          remove: real.remove.bind(real),
        };
        const dyingKeychain = dying.of(keychain);
        Object.assign(rig.keychain, {
          write: async (account: string, value: string) => dyingKeychain.write(account, value),
          read: async (account: string) => dyingKeychain.read(account),
          remove: async (account: string) => dyingKeychain.remove(account),
        });
        disk.steps = dying;
        const ended = await (name === 'removed' ? vault.slots.remove(first) : vault.slots.set(after!, before)).then(
          () => 'done',
          () => 'died',
        );
        disk.steps = null;
        Object.assign(rig.keychain, keychain);
        await vault.close();
        const reached = dying.reached;

        const opens: string[] = [];
        for (const way of [before, after]) {
          const opened = await openVault({ files: rig.files, keychain: rig.keychain, ...given(way) }).catch(() => null);
          if (opened?.connections().length === 2 && opened.slots.needsPassphrase === (way !== null))
            opens.push(way === before ? 'old' : 'new');
          await opened?.close();
        }
        expect(opens).toHaveLength(1);
        expect(fs.readdirSync(rig.folder).filter((file) => file.includes('next') || file.endsWith('.tmp'))).toEqual([]);
        outcomes.push(opens[0]!);
        if (!reached) {
          expect(ended).toBe('done');
          expect(opens).toEqual(['new']);
          break;
        }
        await rig.remove();
      }
      expect(outcomes.length).toBeGreaterThan(8);
      expect(outcomes.join(' ')).toMatch(/^(old )+(new ?)+$/);
    },
    120_000,
  );
});
