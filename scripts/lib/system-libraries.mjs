import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { runOrStop, runQuietly } from './child.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { step, Stop } from './steps.mjs';
import { systemNeeds } from './system-needs.mjs';

/** `purposes`: those of system-needs. Installs what is missing where it may, else says how and stops. */
export async function systemLibraries(purposes) {
  if (process.platform !== 'linux') return;
  await step('System libraries', () =>
    oneAtATime('system libraries', async () => {
      const needs = systemNeeds.filter((need) => purposes.includes(need.for));
      const missing = await whatIsMissing(needs);
      if (missing.length === 0) return 'already there';
      if (process.getuid() === 0 && (await hasProgram('apt-get'))) return await installByApt(missing);
      const pressing = missing.filter((need) => !need.wished);
      if (pressing.length === 0) return 'already there';
      throw new Stop(await howToInstall(pressing));
    }),
  );
}

async function whatIsMissing(needs) {
  // Not every user has the folder of ldconfig in PATH.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const { out: libraries } = await runQuietly('ldconfig', ['-p'], { env });
  const { out: fonts } = await runQuietly('fc-list', [':', 'family'], {});
  const isThere = async ({ library, program, font }) => {
    if (library) return libraries.includes(`${library} `);
    if (program) return hasProgram(program);
    return font ? fonts.includes(font) : fonts.trim() !== '';
  };
  const there = await Promise.all(needs.map(isThere));
  return needs.filter((_, i) => !there[i]);
}

async function hasProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(':').filter(Boolean), '/usr/bin', '/usr/sbin'];
  const tries = folders.map((folder) => access(join(folder, name), constants.X_OK));
  return Promise.any(tries).then(
    () => true,
    () => false,
  );
}

async function installByApt(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => runOrStop('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  await apt('update');
  const names = await debianNames(missing);
  await apt('install', '--no-install-recommends', ...names);
  const left = (await whatIsMissing(missing)).filter((need) => !need.wished);
  if (left.length > 0) throw new Stop(`Installed ${names.join(' ')}, but this is still missing: ${spoken(left)}.`);
  return `installed ${names.join(' ')}`;
}

async function debianNames(needs) {
  const { code } = await runQuietly('apt-cache', ['show', 'libgtk-3-0t64']);
  return needs.map(({ debian, t64 }) => (code === 0 ? (t64 ?? debian) : debian));
}

async function howToInstall(missing) {
  const sudo = process.getuid() === 0 ? '' : 'sudo ';
  const lines = [`Missing on this system: ${spoken(missing)}.`, ''];
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (await hasProgram('apt-get')) {
    const names = (await debianNames(missing)).join(' ');
    lines.push(
      'Install it with:',
      `  ${sudo}apt-get update`,
      `  ${sudo}apt-get install --no-install-recommends ${names}`,
    );
  } else if (/fedora|rhel/i.test(system)) {
    lines.push('Install it with:', `  ${sudo}dnf install ${missing.map((need) => need.fedora).join(' ')}`);
  } else {
    lines.push(
      `Debian calls it: ${missing.map((need) => need.debian).join(' ')}; install what your system has for it.`,
    );
  }
  return [...lines, '', 'Then start again.'].join('\n');
}

const spoken = (needs) =>
  needs.map(({ library, program, font }) => library ?? program ?? `font ${font || 'of any kind'}`).join(', ');

/** What the list above does not foresee: libraries that this very Electron asks for and that are not here. */
export async function stopIfElectronLacksLibraries(binary) {
  if (process.platform !== 'linux') return;
  const { out } = await runQuietly('ldd', [binary]);
  const lacking = [...out.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  if (lacking.length > 0)
    throw new Stop(`Electron needs libraries that are not on this system: ${lacking.join(', ')}.`);
}
