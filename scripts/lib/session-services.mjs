import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runQuietly } from './child.mjs';
import { writeCookieFile } from './x-authority.mjs';

const START_LIMIT_MS = 15_000;

/** An X server nobody sees. It picks its own number, so any number of sessions can start at once. */
export async function openScreen({ folder, env, screen }) {
  const cookies = join(folder, 'x-authority');
  await writeCookieFile(cookies);
  const args = ['-displayfd', '3', '-screen', '0', `${screen}x24`, '-nolisten', 'tcp', '-auth', cookies, '-noreset'];
  const number = await firstLine('Xvfb', args, { env, fd: 3 });
  return { DISPLAY: `:${number}`, XAUTHORITY: cookies, FONTCONFIG_FILE: await writeFonts(folder) };
}

/**
 * A bare system answers "system-ui" with whatever font comes first. The pictures of a session should look like a
 * desktop's, and the same on every machine.
 */
async function writeFonts(folder) {
  const file = join(folder, 'fonts.conf');
  const wear = (family, font) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>` +
    `<edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  ${wear('system-ui', 'Inter')}
  ${wear('sans-serif', 'Inter')}
  ${wear('monospace', 'JetBrains Mono')}
</fontconfig>
`,
  );
  return file;
}

/**
 * A session bus without the system's list of services: a bus that starts programs by itself would leave them behind,
 * and a locked keyring would wait for a prompt instead of saying no.
 */
export async function openBus({ folder, env }) {
  const config = join(folder, 'bus.conf');
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(folder, 'run', 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  const args = [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=3'];
  return { DBUS_SESSION_BUS_ADDRESS: await firstLine('dbus-daemon', args, { env, fd: 3 }) };
}

/** A keyring of its own with an empty password, open: never the person's. */
export async function openKeyring({ folder, env }) {
  const home = join(folder, 'home');
  await mkdir(join(home, 'data'), { recursive: true, mode: 0o700 });
  const args = ['--foreground', '--unlock', '--components=secrets'];
  const own = { ...env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') };
  const daemon = spawn('gnome-keyring-daemon', args, { env: own, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without the newline there is no password at all, and then no default collection.
  daemon.stdin.on('error', () => undefined).end('\n');
  const ended = new Promise((_, reject) => {
    daemon.on('error', () => reject(new Error('gnome-keyring-daemon cannot be started')));
    daemon.on('exit', (code) => reject(new Error(`gnome-keyring-daemon ended at once with code ${code}`)));
  });
  await Promise.race([ended, untilOpen(env)]);
}

async function untilOpen(env) {
  const until = Date.now() + START_LIMIT_MS;
  while (!(await hasOpenKeyring(env))) {
    if (Date.now() > until) throw new Error('gnome-keyring-daemon did not open its keyring');
    await pause(50);
  }
}

/** Whether the bus of this environment has a Secret Service whose default collection is there and unlocked. */
export async function hasOpenKeyring(env) {
  const service = ['--print-reply=literal', '--dest=org.freedesktop.secrets', '--reply-timeout=5000'];
  const ask = (...words) => runQuietly('dbus-send', ['--session', ...service, ...words], { env });
  const found = await ask('/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default');
  const collection = found.out.trim();
  if (found.code !== 0 || !collection.startsWith('/org/')) return false;
  const get = 'org.freedesktop.DBus.Properties.Get';
  const locked = await ask(collection, get, 'string:org.freedesktop.Secret.Collection', 'string:Locked');
  return locked.code === 0 && locked.out.includes('false');
}

/** Starts a service that tells on a file descriptor when and where it listens. */
function firstLine(command, args, { env, fd }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe', ...Array(fd - 3).fill('ignore'), 'pipe'],
    });
    let said = '';
    let complaint = '';
    const late = setTimeout(() => reject(new Error(`${command} did not answer`)), START_LIMIT_MS);
    child.stderr.on('data', (text) => (complaint = `${complaint}${text}`.slice(-2000)));
    child.stdio[fd].on('data', (text) => {
      said += text;
      if (!said.includes('\n')) return;
      clearTimeout(late);
      resolve(said.trim());
    });
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('exit', (code) => reject(new Error(`${command} ended with code ${code}: ${complaint}`)));
  });
}
