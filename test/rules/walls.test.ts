import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Import {
  from: string;
  /** A path from the root, or a package's name. */
  to: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}

/** Imports with their targets; `import type` counts as well, since a type is knowledge of the other side. */
export function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g);
  return [...found].map(([, target = '']) => ({
    from: file,
    to: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)).replaceAll('\\', '/') : target,
  }));
}

const isPackage = (to: string): boolean => !/^(shared|electron|renderer|test|scripts)\//.test(to);
const inFolder = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

/** Each wall: its reason as a name, whom it concerns, and what is let through. */
const walls: { name: string; concerns: (from: string) => boolean; allows: (to: string) => boolean }[] = [
  {
    name: 'shared imports only zod and itself',
    concerns: (from) => inFolder(from, 'shared'),
    allows: (to) => to === 'zod' || inFolder(to, 'shared'),
  },
  {
    name: 'the renderer imports only shared, itself and packages of the page',
    concerns: (from) => inFolder(from, 'renderer'),
    allows: (to) =>
      inFolder(to, 'shared', 'renderer') ||
      /^(react|react-dom|react-aria-components|lucide-react|zustand|@tanstack\/react-virtual|react-aria|react-stately|@internationalized)(\/|$)/.test(
        to,
      ),
  },
  {
    name: 'a renderer ui part knows no feature, no store and no client',
    concerns: (from) => inFolder(from, 'renderer/ui'),
    allows: (to) => !inFolder(to, 'renderer/features') && !/^renderer\/(store|client|shell)/.test(to),
  },
  {
    name: 'oauth, vault, services and providers know neither Electron nor platform nor ipc',
    concerns: (from) => inFolder(from, 'electron/oauth', 'electron/vault', 'electron/services', 'electron/providers'),
    allows: (to) =>
      !inFolder(to, 'electron/platform', 'electron/ipc', 'renderer') &&
      !/^(electron|keytar|libsql|undici|electron-store|node:fs|node:fs\/promises|node:http|node:https|node:net|fs|http|https|net)$/.test(
        to,
      ),
  },
  {
    name: 'oauth knows no vault, no service and no provider data',
    concerns: (from) => inFolder(from, 'electron/oauth'),
    allows: (to) => !inFolder(to, 'electron/vault', 'electron/services', 'electron/providers'),
  },
  {
    name: 'the vault knows no service, no protocol and no provider data',
    concerns: (from) => inFolder(from, 'electron/vault'),
    allows: (to) => !inFolder(to, 'electron/oauth', 'electron/services', 'electron/providers'),
  },
  {
    name: 'platform files know no service but the ports they implement, and no ipc',
    concerns: (from) => inFolder(from, 'electron/platform'),
    allows: (to) =>
      !inFolder(to, 'electron/ipc') &&
      (!inFolder(to, 'electron/services') || /services\/(?:vault-)?ports\.ts$/.test(to)),
  },
  {
    name: 'the preload imports Electron and the channel names, nothing else',
    concerns: (from) => from === 'electron/preload.ts',
    allows: (to) => to === 'electron' || to === 'shared/ipc/channels.ts',
  },
];

const all = ['shared', 'electron', 'renderer'].flatMap(sources);
const imports = all.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

describe('walls', () => {
  it('reads real imports', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some(({ to }) => isPackage(to))).toBe(true);
  });

  it.each(walls)('$name', ({ concerns, allows }) => {
    const watched = imports.filter(({ from }) => concerns(from));
    expect(watched.length).toBeGreaterThan(0);
    expect(watched.filter(({ to }) => !allows(to)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('B28: only the client touches the bridge', () => {
    const touching = all.filter(
      (file) =>
        inFolder(file, 'renderer') &&
        /window\.grantkeep|globalThis\.grantkeep/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(touching).toEqual(['renderer/client.ts']);
  });

  it('B10 B68: one module each opens addresses, writes the clipboard and calls the network', () => {
    const users = (pattern: RegExp): string[] =>
      all.filter((file) => inFolder(file, 'electron') && pattern.test(readFileSync(join(root, file), 'utf8')));
    expect(users(/shell\.openExternal\(/)).toEqual(['electron/platform/browser.ts']);
    expect(users(/clipboard\.writeText\(/)).toEqual(['electron/platform/clipboard.ts']);
    expect(users(/from 'undici'/)).toEqual(['electron/platform/transport.ts']);
    expect(users(/\bfetch\(/)).toEqual([]);
  });

  it('keeps every file under 300 lines, or says in its first line why not', () => {
    const long = all.filter((file) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n');
      return lines.length > 301 && !/^(\/\/|\/\*).*(over|long|300)/i.test(lines[0] ?? '');
    });
    expect(long).toEqual([]);
  });

  it('has no barrels and no rooms for leftovers', () => {
    expect(all.filter((file) => /(^|\/)(index|utils?|helpers?|manager|common|misc)\.tsx?$/.test(file))).toEqual([]);
  });
});
