import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { bundleSize } from '../../scripts/lib/bench/bundle-size.mjs';
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import { debianPackage } from '../../scripts/lib/packing/debian-package.mjs';
import { readFuses, setFuses } from '../../scripts/lib/packing/fuses.mjs';
import { packFolder, type PackedFolder } from '../../scripts/lib/packing/pack-folder.mjs';
import { startEngineProcess } from '../support/engine-process.ts';
import { clipboardText, freshProfile, launch, root } from '../support/real-app.ts';
import { addressesOf, connect, row } from '../support/walk.ts';

// The program as it is given away: packed, its fuses set, installed from a .deb, started by an ordinary user.

interface Started {
  words: string[];
  windows: string[];
  processes: { kind: string; seccomp: number; isWithoutSandbox: boolean }[];
  said: string;
  code: number | null;
  uid: number;
}

/** Nobody in particular, where the tests run as root: Chromium refuses root its sandbox. */
const ordinaryUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** B20, written out once more, so that the list which is set cannot be the one which is held against itself. */
const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

let shipped: PackedFolder;
let driven: PackedFolder;
let work: string;

beforeAll(async () => {
  const runtime = await electronRuntime();
  shipped = await packFolder(runtime);
  driven = await packFolder(runtime, { driven: true });
  work = mkdtempSync(join(tmpdir(), 'grantkeep-packed-'));
  chmodSync(work, 0o755);
}, 120_000);
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
  rmSync(join(root, 'out', 'package-driven'), { recursive: true, force: true });
});

describe('the packed program', () => {
  it('B20: has every fuse as it should be, and the driven copy differs in one', async () => {
    expect(await readFuses(shipped.binary)).toEqual(fuses);
    const copy = await readFuses(driven.binary);
    expect(copy).toEqual({ ...fuses, EnableNodeCliInspectArguments: true });
  });

  it('B20: does not pass for sound when one fuse is turned', async () => {
    const turned = join(work, 'turned');
    execFileSync('cp', [shipped.binary, turned]);
    await setFuses(turned, { RunAsNode: true });
    expect(await readFuses(turned)).toEqual({ ...fuses, RunAsNode: true });
  });

  it('carries its code in one archive, and only natives, of this system, outside it', () => {
    const resources = join(shipped.folder, 'resources');
    expect(existsSync(join(resources, 'app'))).toBe(false);
    expect(existsSync(join(resources, 'default_app.asar'))).toBe(false);
    const archive = readFileSync(join(resources, 'app.asar'), 'latin1');
    expect(archive).toContain('main.cjs');
    expect(archive).not.toMatch(/"(?:electron|renderer|test)":\{"files":\{"[a-z-]+\.tsx?"/);
    // Only the copy for tests may be driven; the word for it is in no release.
    expect(archive).not.toContain('"driven": true');
    expect(readFileSync(join(driven.folder, 'resources', 'app.asar'), 'latin1')).toContain('"driven": true');
  });

  it('reads less than 250 KB before its first paint: neither the wizard nor a schema library', async () => {
    const { all, first } = await bundleSize();
    expect(first).toBeLessThan(250);
    expect(first).toBeLessThan(all - 25);
    const assets = join(root, 'out', 'renderer', 'assets');
    const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
    expect(scripts.some((name) => name.startsWith('wizard-'))).toBe(true);
    expect(scripts.filter((name) => readFileSync(join(assets, name), 'utf8').includes('ZodError'))).toEqual([]);
  });

  it('does the main job: connects, copies, and has everything after a restart', async () => {
    const teamgantt = practiceAccounts('teamgantt');
    const [person, keys] = [teamgantt.people[0]!, teamgantt.apps[0]!];
    const engine = await startEngineProcess({ lifetimeSeconds: 600 });
    const profile = await freshProfile();
    let app = await launch(profile.folder, { packed: driven.binary });
    try {
      await app.page.getByRole('button', { name: text.welcome.firstRun.connect }).click();
      await connect(app.page, {
        provider: 'TeamGantt',
        clientId: keys.clientId,
        clientSecret: keys.clientSecret.reveal(),
        addresses: addressesOf(engine.provider('teamgantt')),
        username: person.username,
        password: person.password.reveal(),
        label: 'Site works plan',
      });
      await app.page.getByRole('button', { name: text.connect.done.show }).click();
      await row(app.page, 'Site works plan').waitFor();
      await app.quit();
      app = await launch(profile.folder, { packed: driven.binary });
      await row(app.page, 'Site works plan').click();
      await app.page.keyboard.press('Control+C');
      await app.page.getByText(text.shell.clipboard.copied.token).first().waitFor();
      expect(await clipboardText(app)).toMatch(/^ey/);
      expect(await app.electron.evaluate(({ app: running }) => running.isPackaged)).toBe(true);
    } finally {
      await app.quit();
      await engine.stop();
      await profile.remove();
    }
  });
});

if (process.platform === 'linux') {
  describe('the .deb, installed', () => {
    let installed: string;
    let package_: string;
    const dpkg = (...args: string[]): string =>
      execFileSync(
        'dpkg',
        [
          `--root=${installed}`,
          '--force-script-chrootless',
          // Into an empty root: what it depends on is on this system, not in there.
          '--force-depends',
          '--force-not-root',
          ...args,
        ],
        { encoding: 'utf8', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } },
      );
    const at = (...parts: string[]): string => join(installed, 'opt/Grantkeep', ...parts);

    beforeAll(async () => {
      package_ = await debianPackage(shipped.folder, { quick: true });
      installed = join(work, 'root');
      for (const folder of ['updates', 'info', 'triggers'])
        mkdirSync(join(installed, 'var/lib/dpkg', folder), { recursive: true });
      for (const file of ['status', 'available']) execFileSync('touch', [join(installed, 'var/lib/dpkg', file)]);
      dpkg('--install', package_);
    }, 120_000);

    it('is whole: program, entry in the list of programs, icon, command', () => {
      expect(dpkg('--status', 'grantkeep')).toMatch(/^Status: install ok installed$/m);
      const entry = readFileSync(join(installed, 'usr/share/applications/grantkeep.desktop'), 'utf8');
      expect(entry).toMatch(/^Exec=\/opt\/Grantkeep\/grantkeep %U$/m);
      expect(existsSync(join(installed, 'usr/share/icons/hicolor/256x256/apps/grantkeep.png'))).toBe(true);
      expect(execFileSync('readlink', [join(installed, 'usr/bin/grantkeep')], { encoding: 'utf8' }).trim()).toBe(
        '/opt/Grantkeep/grantkeep',
      );
    });

    it('lets everybody read and start it and nobody but its owner change it', () => {
      const mode = (file: string): string => (statSync(at(file)).mode & 0o7777).toString(8);
      expect([mode('.'), mode('grantkeep'), mode('resources/app.asar'), mode('chrome-sandbox')]).toEqual([
        '755',
        '755',
        '644',
        '4755',
      ]);
      const loose = execFileSync('find', [installed, '-perm', '/022', '-not', '-type', 'l'], { encoding: 'utf8' });
      expect(loose.split('\n').filter((path) => path.includes('/opt/') || path.includes('/usr/'))).toEqual([]);
    });

    it('B23: opens its window for an ordinary user, every page in the sandbox', async () => {
      const [started] = await startPlainly(at('grantkeep'), work, [[`--profile=${homeIn(work, 'plain')}/profile`]]);
      expect(started?.windows, started?.said).toEqual(['Grantkeep']);
      expect(started?.uid).not.toBe(0);
      const pages = started!.processes.filter(({ kind }) => kind === 'renderer');
      expect(pages).toHaveLength(1);
      // 2: the kernel filters the system calls it may make.
      expect(pages[0]).toEqual({ kind: 'renderer', seccomp: 2, isWithoutSandbox: false });
      expect(started?.processes.filter(({ isWithoutSandbox }) => isWithoutSandbox)).toEqual([]);
      expect(started?.code).toBe(0);
    });

    it('B21: ends at once, with no window and no profile, when started with a switch that opens it up', async () => {
      const profile = join(homeIn(work, 'refused'), 'profile');
      const switches = [
        '--remote-debugging-port=0',
        '--remote-debugging-pipe',
        '--inspect',
        '--inspect=0',
        '--inspect-brk',
        '--inspect-port=0',
        '--load-extension=/tmp',
        '--disable-web-security',
        '--ignore-certificate-errors',
        '--no-sandbox',
      ];
      const ended = await startPlainly(
        at('grantkeep'),
        work,
        switches.map((word) => [word, `--profile=${profile}`]),
      );
      expect(ended.map(({ words, code, windows }) => [words[0], code, windows])).toEqual(
        switches.map((word) => [word, 1, []]),
      );
      for (const { words, said } of ended)
        expect(said).toContain(`Grantkeep does not start with ${words[0]!.replace(/=.*/, '')}.`);
      expect(existsSync(profile)).toBe(false);
    });

    it('says when it is removed where each person’s vault stays, and takes nothing else along', () => {
      expect(dpkg('--remove', 'grantkeep')).toContain('~/.config/Grantkeep');
      expect(existsSync(at('grantkeep'))).toBe(false);
      expect(existsSync(join(installed, 'usr/share/applications/grantkeep.desktop'))).toBe(false);
    });
  });
}

/** A folder that the ordinary user may write. */
function homeIn(folder: string, name: string): string {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  if (ordinaryUser.uid !== undefined) chownSync(home, ordinaryUser.uid, ordinaryUser.gid);
  return home;
}

/** Starts it once for each list of words, as that user, on a desktop of that user's own. */
async function startPlainly(binary: string, folder: string, starts: string[][]): Promise<Started[]> {
  const script = readableCopy(folder);
  const home = homeIn(folder, 'home');
  const env = { HOME: home, TMPDIR: tmpdir(), PATH: process.env['PATH'] ?? '' };
  const child = spawn(process.execPath, [script, binary, JSON.stringify(starts)], {
    ...ordinaryUser,
    env,
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => (out += more));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  expect(code).toBe(0);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Started);
}

/** A checkout may lie in a home that nobody else may look into. */
function readableCopy(folder: string): string {
  for (const part of ['scripts/lib', 'test/support']) {
    const place = join(folder, 'checkout', part);
    mkdirSync(place, { recursive: true });
    execFileSync('sh', ['-c', `cp ${join(root, part)}/*.mjs ${place}/ && chmod -R a+rX ${join(folder, 'checkout')}`]);
  }
  return join(folder, 'checkout/test/support/started-plainly.mjs');
}
