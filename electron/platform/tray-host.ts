import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

export type RunsProgram = (name: string, words: readonly string[]) => Promise<string | null>;

const watcher = 'org.kde.StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';
const patienceMs = 3000;

/** Each in its own words; the first that is installed answers. */
const questions: [name: string, words: string[]][] = [
  [
    'gdbus',
    [
      ...['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', '/StatusNotifierWatcher'],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, property],
    ],
  ],
  [
    'dbus-send',
    [
      ...['--session', '--print-reply', '--reply-timeout=2000', `--dest=${watcher}`, '/StatusNotifierWatcher'],
      ...['org.freedesktop.DBus.Properties.Get', `string:${watcher}`, `string:${property}`],
    ],
  ],
];

/**
 * Is there a place for a tray icon? macOS and Windows always have one. A Linux desktop has one only where a host
 * answers on the session bus; Electron puts an icon up without asking, and a window closed to a tray that nobody
 * draws would be gone. No bus, no tool and no answer in time all count as no host.
 */
export async function hasTrayHost(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  run: RunsProgram = runProgram,
): Promise<boolean> {
  if (platform === 'darwin' || platform === 'win32') return true;
  // Without a bus of the session the tools would start one of their own.
  const runtimeFolder = env['XDG_RUNTIME_DIR'] ?? '';
  const hasBus =
    (env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '' || (runtimeFolder !== '' && existsSync(join(runtimeFolder, 'bus')));
  if (!hasBus) return false;
  for (const [name, words] of questions) {
    const answer = await run(name, words);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}

/** What it wrote; empty where it failed or took too long; null where it is not installed. */
function runProgram(name: string, words: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(name, words, { timeout: patienceMs, windowsHide: true }, (error, output) => {
      resolve(error === null ? output : error.code === 'ENOENT' ? null : '');
    });
  });
}
