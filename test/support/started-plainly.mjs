// Starts a packaged program as the user who runs this, on a desktop of its own, and tells what became of it: for each
// list of words given, one line of JSON. Run by itself, because the user is not the one who runs the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { openDesktopSession } from '../../scripts/lib/desktop-session.mjs';
import { visibleWindows } from './x-windows.mjs';

const PATIENCE_MS = 20_000;
const [binary, starts] = process.argv.slice(2);
const session = await openDesktopSession();
process.env.XAUTHORITY = session.env.XAUTHORITY;
try {
  for (const words of JSON.parse(starts)) process.stdout.write(`${JSON.stringify(await startWith(words))}\n`);
} finally {
  await session.close();
}

async function startWith(words) {
  const child = spawn(binary, words, { env: session.env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  let isGone = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    isGone = true;
    return { code, signal };
  });
  const windows = await windowsOf(() => isGone);
  const processes = isGone ? [] : processesOf(child.pid);
  child.kill('SIGTERM');
  return { words, windows, processes, said, uid: process.getuid(), ...(await ended) };
}

/** Asked again and again until there is one or the program has ended: X tells nobody who does not own the screen's root. */
async function windowsOf(isGone) {
  for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs && !isGone(); await pause(100)) {
    const windows = await visibleWindows(session.env.DISPLAY);
    if (windows.length > 0) return windows;
  }
  return [];
}

/** The program and what it started, by kind, with what the kernel says of their fences. */
function processesOf(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (id, file) => {
    try {
      return readFileSync(`/proc/${id}/${file}`, 'latin1');
    } catch {
      return '';
    }
  };
  const parents = new Map(all.map((id) => [id, /^PPid:\s*(\d+)/m.exec(read(id, 'status'))?.[1]]));
  const isOurs = (id) => id === String(pid) || (parents.get(id) !== undefined && isOurs(parents.get(id)));
  return all.filter(isOurs).map((id) => {
    const line = read(id, 'cmdline').replaceAll('\0', ' ');
    return {
      kind: /--type=(\S+)/.exec(line)?.[1] ?? 'main',
      seccomp: Number(/^Seccomp:\s*(\d)/m.exec(read(id, 'status'))?.[1] ?? -1),
      isWithoutSandbox: line.includes('--no-sandbox'),
    };
  });
}
