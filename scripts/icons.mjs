import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInDesktopSession } from './lib/desktop-session.mjs';
import { icnsKinds, icnsOf, icoOf } from './lib/icon-files.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say, step } from './lib/steps.mjs';

const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const MAC = [...new Set(icnsKinds.map(({ size }) => size))];
/** Apple's grid leaves a tenth of the picture free on each side; the drawing itself leaves six of its 64 parts. */
const MAC_SHARE = 0.92;

await door(async () => {
  const { binary, args } = await prepare(['window', 'session']);
  const work = await mkdtemp(join(tmpdir(), 'grantkeep-icons-'));
  try {
    return await step('Drawing', () => draw(binary, args, work));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});

async function draw(binary, args, work) {
  const svg = await readFile(inRoot('packaging', 'icon.svg'), 'utf8');
  const plain = (size) => join(work, `${size}.png`);
  const mac = (size) => join(work, `mac-${size}.png`);
  const pictures = [
    ...[...new Set([...LINUX, ...WINDOWS])].map((size) => ({ file: plain(size), size, share: 1 })),
    ...MAC.map((size) => ({ file: mac(size), size, share: MAC_SHARE })),
  ];
  const order = join(work, 'drawing.json');
  await writeFile(order, JSON.stringify({ svg, pictures }));
  const drawer = inRoot('scripts', 'lib', 'icon-drawer');
  const profile = `--user-data-dir=${join(work, 'profile')}`;
  const env = { GRANTKEEP_DRAWING: order };
  const code = await runInDesktopSession(binary, [...args, profile, drawer], { env, keyring: false });
  if (code !== 0) return code;

  await mkdir(inRoot('packaging', 'icons'), { recursive: true });
  for (const size of LINUX)
    await writeFile(inRoot('packaging', 'icons', `${size}x${size}.png`), await readFile(plain(size)));
  const forWindows = WINDOWS.map(async (size) => ({ size, png: await readFile(plain(size)) }));
  await writeFile(inRoot('packaging', 'icon.ico'), icoOf(await Promise.all(forWindows)));
  const forMac = new Map(await Promise.all(MAC.map(async (size) => [size, await readFile(mac(size))])));
  await writeFile(
    inRoot('packaging', 'icon.icns'),
    icnsOf((size) => forMac.get(size)),
  );
  say(`${LINUX.length} pictures for Linux, icon.ico and icon.icns in ${inRoot('packaging')}`);
  return 0;
}
