import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachedFrom, sbomOf, type Lock } from '../../scripts/lib/sbom.mjs';
import { shippedPackages } from '../../scripts/lib/shipped-packages.mjs';

const root = resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const lock = JSON.parse(text('package-lock.json')) as Lock;
const manifest = JSON.parse(text('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const entries = Object.entries(lock.packages).filter(([place]) => place !== '');
const shipped = shippedPackages();

/** They ask for no more than their own text beside the program; a package under another one is a decision. */
const licences = [
  'MIT',
  'ISC',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '(MIT OR CC0-1.0)',
];

describe('what the program is made of', () => {
  it('B66: is fixed to the byte: every package of the lockfile has its hash and no address of its own', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('B66: is asked for by exact version, and installed as it is locked', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(asked.filter(([, range]) => !/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
    expect(text('scripts/lib/install-packages.mjs')).toContain("npm('ci', '--ignore-scripts'");
  });

  it('B66: stands whole in the bill of materials, each package with version, hash and licence', () => {
    const { components, dependencies } = sbomOf(lock, shipped);
    expect(components.length).toBe(entries.length);
    const refs = components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(components.filter(({ hashes, licenses }) => hashes.length !== 1 || licenses.length !== 1)).toEqual([]);
    const known = new Set([...refs, dependencies[0]!.ref]);
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([]);
    const required = components.filter(({ scope }) => scope === 'required').map(({ name }) => name);
    expect(required).toEqual(
      expect.arrayContaining(['@github/keytar', 'libsql', 'zod', 'undici', 'react', 'scheduler']),
    );
    expect(required).not.toContain('vitest');
  });

  it('B67: runs no script at its installation that is not named here', () => {
    // keytar's looks for a binary, which the package carries; the other belongs to a packer of Windows that we do not use.
    // Neither is run.
    expect(entries.filter(([, one]) => one.hasInstallScript).map(([place]) => place)).toEqual([
      'node_modules/electron-winstaller',
      'node_modules/keytar',
    ]);
  });

  it('B67: is at most fifteen packages of others, each by a licence that is agreed to, with all that they bring', () => {
    expect(shipped).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(shipped.length).toBeLessThanOrEqual(15);
    const reached = [...reachedFrom(shipped, lock)];
    expect(reached.length).toBeGreaterThan(shipped.length);
    const others = reached.filter((place) => !licences.includes(lock.packages[place]!.license ?? 'none'));
    expect(others).toEqual([]);
  });

  it('B22: stands on one Electron, of a line that is still mended', () => {
    const [major] = (manifest.devDependencies['electron'] ?? '').split('.').map(Number);
    // The latest three when this was written. Older than 35.7.5 would let a changed snapshot past the fuses (CVE-2025-55305).
    expect([43, 44, 45]).toContain(major);
  });
});
