import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

const POLITE_MS = 3_000;

/**
 * Ends every process of the session: those that carry its unguessable id in their environment, and so were started
 * by us or by what we started. Electron's children, programs started over the bus and orphans are among them.
 */
export async function endSession(id) {
  const until = Date.now() + POLITE_MS;
  for (const pid of await members(id)) signal(pid, 'SIGTERM');
  while ((await members(id)).length > 0 && Date.now() < until) await pause(50);
  for (const pid of await members(id)) signal(pid, 'SIGKILL');
}

async function members(id) {
  const found = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (environment.includes(`GRANTKEEP_SESSION=${id}`)) found.push(Number(name));
  }
  return found;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}
