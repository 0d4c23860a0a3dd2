import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** What the vault's child program found, or the code of what stood in its way. */
interface Found {
  code?: string;
  name?: string;
  secret?: string;
  commitNumber?: number;
  olderCopy?: boolean;
}

/**
 * The vault with gnome-keyring as it really is, each run a program of its own on a bus of its own. It needs
 * `dbus-run-session` and `gnome-keyring-daemon`, as all of this suite does; without them it fails and says so.
 */
describe.runIf(process.platform === 'linux')('the vault and a real gnome-keyring', () => {
  let bundle: string;
  let place: string;
  let userDataFolder: string;

  beforeAll(async () => {
    // Inside the project, so that the native packages are found as they are by the program.
    mkdirSync(resolve(import.meta.dirname, '../../out'), { recursive: true });
    bundle = mkdtempSync(resolve(import.meta.dirname, '../../out/vault-child-'));
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      ssr: { noExternal: true },
      build: {
        ssr: resolve(import.meta.dirname, '../support/vault-child.ts'),
        target: 'node20',
        outDir: bundle,
        minify: false,
        rollupOptions: {
          external: ['keytar', 'libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
          output: { format: 'cjs', entryFileNames: 'vault-child.cjs', codeSplitting: false },
        },
      },
    });
  });
  afterAll(() => rmSync(bundle, { recursive: true, force: true }));
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'grantkeep-keyring-'));
    userDataFolder = join(place, 'profile');
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  const environment = (home: string): NodeJS.ProcessEnv => {
    const own = join(place, home);
    mkdirSync(join(own, 'run'), { recursive: true, mode: 0o700 });
    // No screen: a keyring that wants to ask cannot. No bus and no keyring of the person is met.
    const theirs = ['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'GNOME_KEYRING_CONTROL'];
    const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.includes(name)));
    return {
      ...rest,
      HOME: own,
      XDG_DATA_HOME: join(own, 'data'),
      XDG_CONFIG_HOME: join(own, 'config'),
      XDG_CACHE_HOME: join(own, 'cache'),
      XDG_RUNTIME_DIR: join(own, 'run'),
    };
  };
  // A newline is an empty password; nothing at all would make no keyring.
  const unlocked = 'echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
  const inSession = (keyring: 'open' | 'locked', command: string[]): string[] =>
    keyring === 'open'
      ? ['dbus-run-session', '--', 'sh', '-c', unlocked, 'sh', ...command]
      : ['dbus-run-session', '--', ...command];

  async function child(what: 'fill' | 'read', keyring: 'open' | 'locked' | 'no bus', home = 'home'): Promise<Found> {
    const command = [process.execPath, join(bundle, 'vault-child.cjs'), what, userDataFolder];
    const [file, ...args] = keyring === 'no bus' ? command : inSession(keyring, command);
    const { stdout } = await run(file!, args, { env: environment(home) });
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as Found;
  }

  const filled = { name: 'Real', secret: 'kept across programs', commitNumber: 2, olderCopy: false };
  const bytes = (): Map<string, Buffer> =>
    new Map(
      readdirSync(join(userDataFolder, 'vault')).map((name) => [
        name,
        readFileSync(join(userDataFolder, 'vault', name)),
      ]),
    );

  it('what one program stored, the next one reads with the key from the keyring', async () => {
    expect(await child('fill', 'open')).toEqual(filled);
    expect(await child('read', 'open')).toEqual(filled);
  });

  it('F15 B41: a locked keyring is "locked", not "missing", and the vault stays as it is', async () => {
    await child('fill', 'open');
    const before = bytes();
    expect(await child('read', 'locked')).toEqual({ code: 'keychain_locked' });
    expect(bytes()).toEqual(before);
    expect(await child('read', 'open')).toEqual(filled);
  });

  it('F18 F45 B41: the keyring of somebody else is "missing", and the vault stays as it is', async () => {
    await child('fill', 'open');
    const before = bytes();
    expect(await child('read', 'open', 'another-home')).toEqual({ code: 'key_missing' });
    expect(bytes()).toEqual(before);
    expect(await child('read', 'open')).toEqual(filled);
  });

  it('F16 B42: without a bus there is no keychain, and no vault is made', async () => {
    expect(await child('fill', 'no bus')).toEqual({ code: 'keychain_absent' });
    expect(readdirSync(join(userDataFolder, 'vault'))).toEqual([]);
  });

  it('a locked keyring takes no new key, and no vault is made', async () => {
    await child('fill', 'open');
    rmSync(userDataFolder, { recursive: true });
    expect(await child('fill', 'locked')).toEqual({ code: 'keychain_locked' });
    expect(readdirSync(join(userDataFolder, 'vault'))).toEqual([]);
  });

  it('a second program is told vault_in_use, and finds the vault whole when the first was killed', async () => {
    await child('fill', 'open');
    const reader = [process.execPath, join(bundle, 'vault-child.cjs'), 'read', userDataFolder];
    const [file, ...args] = inSession('open', [
      'sh',
      '-c',
      '"$@" & read -r line; exec ' + reader.map((part) => `'${part}'`).join(' '),
      'sh',
      process.execPath,
      join(bundle, 'vault-child.cjs'),
      'hold',
      userDataFolder,
    ]);
    const session = spawn(file!, args, { env: environment('home'), stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const lines = createInterface({ input: session.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<Found> => JSON.parse((await lines.next()).value as string) as Found;
    try {
      expect(await next()).toEqual(filled);
      session.stdin.write('go\n');
      expect(await next()).toEqual({ code: 'vault_in_use' });
    } finally {
      process.kill(-session.pid!, 'SIGKILL');
      await once(session, 'close');
    }
    expect(await child('read', 'open')).toEqual(filled);
  });
});
