// Runs as a process of its own: it lives exactly as long as its standard input is open, so that a session also ends
// when the one who asked for it was killed and could clean up nothing.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openBus, openKeyring, openScreen } from './session-services.mjs';
import { endSession } from './session-end.mjs';

const { id, screen, keyring } = JSON.parse(process.argv[2]);
const folder = await mkdtemp(join(tmpdir(), 'grantkeep-session-'));
const runtime = join(folder, 'run');
await mkdir(runtime, { mode: 0o700 });

// Only what the session's own services and programs should see; the person's bus, keyring and Wayland are not among it.
const set = { GRANTKEEP_SESSION: id, XDG_RUNTIME_DIR: runtime, NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory' };
const unset = ['WAYLAND_DISPLAY', 'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK', 'XDG_CURRENT_DESKTOP', 'DESKTOP_SESSION'];

let ending;
const end = () => (ending ??= endSession(id).then(() => rm(folder, { recursive: true, force: true })));
const endAndExit = (code) => end().finally(() => process.exit(code));

process.stdin.resume().on('end', () => void endAndExit(0));
process.on('SIGTERM', () => void endAndExit(0));
// Whoever sent it to the whole terminal also reaches the asker, who closes our input when the program has ended.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);

try {
  const env = { ...process.env, ...set };
  for (const name of unset) delete env[name];
  if (screen) Object.assign(set, { XDG_SESSION_TYPE: 'x11' }, await openScreen({ folder, env, screen }));
  Object.assign(set, await openBus({ folder, env: Object.assign(env, set) }));
  if (keyring) await openKeyring({ folder, env: Object.assign(env, set) });
  process.stdout.write(`${JSON.stringify({ set, unset })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failed: error.message })}\n`);
  await endAndExit(1);
}
