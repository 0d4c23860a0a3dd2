import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { runOrStop } from '../child.mjs';
import { inRoot } from '../places.mjs';

const PLACE = 'opt/Grantkeep';
const ARCHITECTURE = { x64: 'amd64', arm64: 'arm64' };
/** What Electron and keytar link to or call; both names where Debian 13 and Ubuntu 24.04 renamed one. */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libsecret-1-0',
  'xdg-utils',
];

/** A .deb of the packed folder by dpkg-deb alone, for machines that cannot fetch electron-builder's own tool for it. */
export async function debianPackage(folder, { quick = false } = {}) {
  const { version, description } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const architecture = ARCHITECTURE[process.arch];
  const tree = await mkdtemp(join(tmpdir(), 'grantkeep-deb-'));
  try {
    await chmod(tree, 0o755);
    await layOut(folder, tree);
    const size = Math.ceil((await bytesOf(tree)) / 1024);
    await mkdir(join(tree, 'DEBIAN'));
    const control = [
      'Package: grantkeep',
      `Version: ${version}`,
      `Architecture: ${architecture}`,
      'Maintainer: The Grantkeep authors <authors@grantkeep.invalid>',
      `Installed-Size: ${size}`,
      `Depends: ${DEPENDS.join(', ')}`,
      'Recommends: gnome-keyring | kwalletmanager | keepassxc',
      'Section: utils',
      'Priority: optional',
      'Description: Keeps OAuth tokens fresh',
      ` ${description}`,
    ];
    await writeFile(join(tree, 'DEBIAN', 'control'), `${control.join('\n')}\n`);
    for (const script of ['postinst', 'postrm']) {
      await cp(inRoot('packaging', 'debian', script), join(tree, 'DEBIAN', script));
      await chmod(join(tree, 'DEBIAN', script), 0o755);
    }
    const file = inRoot('out', 'package', `grantkeep_${version}_${architecture}.deb`);
    const compression = quick ? ['-Zgzip', '-z1'] : ['-Zxz', '-z3'];
    await runOrStop('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, file]);
    return file;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

async function layOut(folder, tree) {
  const at = (...parts) => join(tree, ...parts);
  for (const path of [PLACE, 'usr/bin', 'usr/share/applications', 'usr/share/doc/grantkeep'])
    await mkdir(at(path), { recursive: true, mode: 0o755 });
  await cp(folder, at(PLACE), { recursive: true, verbatimSymlinks: true });
  await settleModes(at('opt'));
  // Where the kernel gives no namespaces to ordinary users, Chromium's sandbox needs this one program as root.
  await chmod(at(PLACE, 'chrome-sandbox'), 0o4755);
  await symlink(`/${PLACE}/grantkeep`, at('usr/bin/grantkeep'));
  await cp(inRoot('packaging', 'grantkeep.desktop'), at('usr/share/applications/grantkeep.desktop'));
  await chmod(at('usr/share/applications/grantkeep.desktop'), 0o644);
  await cp(inRoot('LICENSE'), at('usr/share/doc/grantkeep/copyright'));
  for (const name of await readdir(inRoot('packaging', 'icons'))) {
    const place = at('usr/share/icons/hicolor', name.replace('.png', ''), 'apps');
    await mkdir(place, { recursive: true, mode: 0o755 });
    await cp(inRoot('packaging', 'icons', name), join(place, 'grantkeep.png'));
  }
  await settleModes(at('usr'));
}

/** Whatever the umask of who packs: everybody may read and start it, nobody but root may change it. */
async function settleModes(path) {
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const each = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isFile() && ((await stat(each)).mode & 0o100) !== 0;
    await chmod(each, entry.isDirectory() || isProgram ? 0o755 : 0o644);
  }
  await chmod(path, 0o755);
}

async function bytesOf(path) {
  let sum = 0;
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) sum += (await stat(join(entry.parentPath ?? entry.path, entry.name))).size;
  return sum;
}
