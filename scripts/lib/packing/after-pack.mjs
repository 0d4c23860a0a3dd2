import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setFuses, wantedFuses } from './fuses.mjs';

/** electron-builder calls this when the folder of the program is whole and nothing is signed yet. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const isMac = electronPlatformName === 'darwin';
  const name = packager.appInfo.productFilename;
  const binary = {
    darwin: `${name}.app`,
    win32: `${name}.exe`,
    linux: packager.executableName,
  }[electronPlatformName];
  const resources = isMac ? join(appOutDir, binary, 'Contents', 'Resources') : join(appOutDir, 'resources');
  // What opens any program's folder in development has no place in a packaged one.
  if (existsSync(join(resources, 'app.asar'))) await rm(join(resources, 'app'), { recursive: true, force: true });
  await rm(join(resources, 'default_app.asar'), { force: true });
  const driven = packager.config.extraMetadata?.driven === true;
  await setFuses(join(appOutDir, binary), wantedFuses({ driven }), { resetAdHocDarwinSignature: isMac });
}
