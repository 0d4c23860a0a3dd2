import { readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { asAppError } from '../../shared/errors.ts';
import { vaultFiles } from '../../electron/platform/vault-files.ts';
import { createVault, openVault } from '../../electron/vault/vault.ts';
import { fileKeychain } from './file-keychain.ts';
import { changesAt } from './numbered-commits.ts';

/**
 * A program of its own that commits: `until_killed` says each number once it is confirmed; `once` waits for a byte,
 * commits one time and says how that ended; `make` does the same with the making of a vault. Everything is said by a system call of its own, so that nothing said is
 * lost with the program, and the vault is left as it is: nobody says goodbye when he is killed.
 */
const [, , how, folder = ''] = process.argv;
const nowMs = (): number => Date.now();
const files = vaultFiles({ userDataFolder: folder, nowMs });
const keychain = fileKeychain(join(folder, 'keychain.json'));
const say = (line: string): void => void writeSync(1, `${line}\n`);

async function main(): Promise<void> {
  say('started');
  if (how === 'make')
    return once(
      () => createVault({ files, keychain, nowMs }),
      () => true,
    );
  const vault = (await openVault({ files, keychain })) ?? (await createVault({ files, keychain, nowMs }));
  if (how === 'until_killed') {
    for (;;) {
      vault.commit(changesAt(vault.commitNumber + 1));
      say(String(vault.commitNumber));
    }
  }
  const before = vault.commitNumber;
  const records = JSON.stringify([vault.apps(), vault.connections()]);
  return once(
    () => vault.commit(changesAt(before + 1)),
    () => vault.commitNumber === before && JSON.stringify([vault.apps(), vault.connections()]) === records,
  );
}

async function endingOf(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'ok';
  } catch (thrown) {
    return asAppError(thrown).code;
  }
}

/** `asBefore` is asked after a failure: does memory say what it said before? Then the act is tried once more. */
async function once(act: () => unknown, asBefore: () => boolean): Promise<void> {
  say('ready');
  readSync(0, Buffer.alloc(1));
  try {
    await act();
    say('ok');
  } catch (thrown) {
    const { code, facts, stack } = asAppError(thrown);
    const before = asBefore();
    say(JSON.stringify({ code, facts, stack, asBefore: before, again: await endingOf(act) }));
  }
  process.exit(0);
}

main().catch((thrown: unknown) => {
  say(JSON.stringify({ failed: asAppError(thrown).code }));
  process.exit(1);
});
