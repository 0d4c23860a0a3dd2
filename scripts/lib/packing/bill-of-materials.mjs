import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { inRoot } from '../places.mjs';

/**
 * What a release is made of, as CycloneDX 1.5: Electron, the packages that lie beside our code, and those that were
 * bundled into it (vite.config.ts notes them). Build tools are not in it, for they are not in the release.
 */
export async function billOfMaterials({ version, electron }) {
  const { packages } = JSON.parse(await readFile(inRoot('package-lock.json'), 'utf8'));
  const bundled = await bundledPackages();
  const parts = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && (bundled.has(path) || !(dev || devOptional)),
  );
  const components = parts.map(([path, entry]) => componentOf(path, entry));
  components.push({ type: 'framework', name: 'electron', version: electron, purl: `pkg:npm/electron@${electron}` });
  components.sort((a, b) => a.purl.localeCompare(b.purl, 'en'));
  const hash = createHash('sha256')
    .update(JSON.stringify([version, components]))
    .digest('hex');
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    // Of the content, so that the same release says the same.
    serialNumber: `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
    version: 1,
    metadata: { component: { type: 'application', name: 'Grantkeep', version } },
    components,
  };
}

/** Paths as the lockfile has them: `node_modules/zod`. */
export async function bundledPackages() {
  const folder = inRoot('out', 'bundled');
  const found = new Set();
  for (const name of await readdir(folder))
    for (const path of JSON.parse(await readFile(inRoot('out', 'bundled', name), 'utf8'))) found.add(path);
  return found;
}

function componentOf(path, { name: aliasOf, version, integrity, license }) {
  const name = aliasOf ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [algorithm, base64] = (integrity ?? '').split('-');
  const hashes =
    algorithm === 'sha512' ? [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] : [];
  return {
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    hashes,
    licenses: license === undefined ? [] : [{ license: { name: license } }],
  };
}
