import { Buffer } from 'node:buffer';

/** Where npm would look for a package that is asked for from this place of the lockfile. */
function placeOf(name, from, packages) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (at === '') return null;
    if (!at.includes('/node_modules/')) at = '';
  }
}

const nameAt = (place, entry) => entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const urlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

const wantedBy = (entry) => Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });

/** Every place that is reached from these packages of the root, they themselves among them. */
export function reachedFrom(names, { packages }) {
  const reached = new Set();
  const follow = (place) => {
    if (place === null || reached.has(place)) return;
    reached.add(place);
    const entry = packages[place];
    for (const name of [...wantedBy(entry), ...Object.keys(entry.peerDependencies ?? {})])
      follow(placeOf(name, place, packages));
  };
  for (const name of names) follow(placeOf(name, '', packages));
  return reached;
}

/**
 * What the program is made of, out of package-lock.json alone, in CycloneDX's JSON. `shipped`: the packages that its
 * sources import; what is reached from them is required, all else only builds and tests. The same for the same lockfile.
 */
export function sbomOf(lock, shipped) {
  const { packages } = lock;
  const root = packages[''];
  const places = Object.keys(packages).filter((place) => place !== '');
  const required = reachedFrom(shipped, lock);
  const refOf = (place) => {
    const name = nameAt(place, packages[place]);
    const url = urlOf(name, packages[place].version);
    // The same version may stand in two places.
    return place === `node_modules/${name}` ? url : `${url}#${place}`;
  };
  const rootRef = urlOf(root.name, root.version);
  const refsOf = (names, from) => [
    ...new Set(names.flatMap((name) => placeOf(name, from, packages) ?? []).map((place) => refOf(place))),
  ];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': rootRef, name: root.name, version: root.version, purl: rootRef },
    },
    components: places.map((place) => {
      const { version, license, integrity } = packages[place];
      const name = nameAt(place, packages[place]);
      return {
        type: 'library',
        'bom-ref': refOf(place),
        name,
        version,
        purl: urlOf(name, version),
        scope: required.has(place) ? 'required' : 'excluded',
        hashes: (integrity ?? '')
          .split(' ')
          .filter((one) => one.startsWith('sha512-'))
          .map((one) => ({
            alg: 'SHA-512',
            content: Buffer.from(one.slice('sha512-'.length), 'base64').toString('hex'),
          })),
        licenses:
          license === undefined ? [] : [license.includes(' ') ? { expression: license } : { license: { id: license } }],
      };
    }),
    dependencies: [
      { ref: rootRef, dependsOn: refsOf([...wantedBy(root), ...Object.keys(root.devDependencies ?? {})], '') },
      ...places.map((place) => ({ ref: refOf(place), dependsOn: refsOf(wantedBy(packages[place]), place) })),
    ],
  };
}
