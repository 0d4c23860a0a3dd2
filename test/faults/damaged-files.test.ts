import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { SealedVault } from '../../electron/vault/sealed-vault.ts';
import { changesAt, wrongIn } from '../support/numbered-commits.ts';
import { VaultRig } from '../support/vault-rig.ts';
import { figure, sized } from './figure.ts';

const minute = 60_000;
const lastNumber = 20;

/** What may be said of a vault whose file somebody or something changed; the header also names the key. */
const told: Record<'vault.json' | 'records.db', readonly ErrorCode[]> = {
  'vault.json': ['vault_damaged', 'vault_foreign', 'vault_newer', 'key_missing', 'key_wrong'],
  'records.db': ['vault_damaged', 'vault_newer'],
};

const upTo = (below: number): number => Math.floor(Math.random() * below);

/** SQLite's own head, where a byte changes what the whole file is: each of its bytes is tried. */
const headBytes = 100;

/** One harm to these bytes, and in words what it was. */
function harmed(whole: Buffer, at: number, kind: number): { bytes: Buffer; how: string } {
  if (kind < 2) return { bytes: whole.subarray(0, at), how: `cut at ${at}` };
  const bytes = Buffer.from(whole);
  if (kind === 2) {
    bytes.fill(0, at, Math.min(at + 512, whole.length));
    return { bytes, how: `512 zeros at ${at}` };
  }
  const bits = 1 + upTo(255);
  bytes[at]! ^= bits;
  return { bytes, how: `byte ${at} ^ ${bits}` };
}

/** Null: it opened and all of it was as it had been, or it was said to be damaged. */
async function lossWith(rig: VaultRig, allowed: readonly ErrorCode[]): Promise<string | null> {
  let vault: SealedVault | null = null;
  try {
    vault = await rig.open();
    if (vault.commitNumber !== lastNumber) return `opened as commit ${vault.commitNumber}`;
    return wrongIn(vault);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) return `crashed: ${String(thrown)}`;
    return allowed.includes(thrown.code) ? null : `said ${thrown.code}`;
  } finally {
    await vault?.close();
  }
}

figure(
  'D4',
  'F10: any byte of a closed vault changed or its files cut, it opens whole or says damaged, never fewer or other records',
  async (count) => {
    // In memory where there is such a folder: what a disk does is no part of this figure.
    const rig = new VaultRig(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
    try {
      const vault = await rig.create();
      while (vault.commitNumber < lastNumber) vault.commit(changesAt(vault.commitNumber + 1));
      await vault.close();
      const files = ['vault.json', 'records.db'] as const;
      const whole = new Map(files.map((name) => [name, readFileSync(rig.at(name))]));
      for (let harm = 0; harm < sized(400, 5000); harm += 1) {
        const inHead = harm < headBytes;
        const name = !inHead && upTo(4) === 0 ? 'vault.json' : 'records.db';
        const before = whole.get(name)!;
        const { bytes, how } = harmed(before, inHead ? harm : upTo(before.length), inHead ? 9 : upTo(10));
        writeFileSync(rig.at(name), bytes);
        const loss = await lossWith(rig, told[name]);
        count.add(loss === null ? null : `${name}, ${how}: ${loss}`);
        writeFileSync(rig.at(name), before);
      }
    } finally {
      await rig.remove();
    }
  },
  sized(2, 20) * minute,
);
