import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runVisibly } from './child.mjs';
import { display } from './display.mjs';
import { hasOpenKeyring } from './session-services.mjs';
import { Stop } from './steps.mjs';

/**
 * A desktop for programs under test on Linux: screen, bus and an open keyring of their own, gone when closed or when
 * this process ends in whatever way. Elsewhere the person's desktop serves.
 */
export async function openDesktopSession({ screen = '1440x900', keyring = true, useRealOne = false } = {}) {
  if (process.platform !== 'linux' || (useRealOne && (await isRealOneComplete()))) return theRealOne();
  const keeper = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('session-keeper.mjs', import.meta.url)),
      JSON.stringify({ id: randomUUID(), screen, keyring }),
    ],
    { detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(keeper, 'exit');
  const close = async () => {
    keeper.stdin.end();
    await ended;
  };
  const report = await firstReport(keeper);
  if (report.failed) {
    await close();
    throw new Stop(`No desktop session: ${report.failed}.`);
  }
  const env = { ...process.env, ...report.set };
  for (const name of report.unset) delete env[name];
  return { isReal: false, env, close };
}

/** Runs one command inside a session of its own; resolves to its exit code. */
export async function runInDesktopSession(command, args, { cwd, env = {}, ...options } = {}) {
  const session = await openDesktopSession(options);
  try {
    return await runVisibly(command, args, { cwd, env: { ...session.env, ...env }, stdin: 'ignore' });
  } finally {
    await session.close();
  }
}

function theRealOne() {
  return { isReal: true, env: { ...process.env }, close: async () => undefined };
}

async function isRealOneComplete() {
  return (await display()).kind !== 'none' && (await hasOpenKeyring(process.env));
}

async function firstReport(keeper) {
  for await (const line of createInterface({ input: keeper.stdout })) return JSON.parse(line);
  return { failed: 'its keeper ended early' };
}
