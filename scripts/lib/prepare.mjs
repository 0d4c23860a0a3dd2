import process from 'node:process';
import { electronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { step } from './steps.mjs';
import { stopIfElectronLacksLibraries, systemLibraries } from './system-libraries.mjs';

/** Everything but the build. What comes after, and what it starts, finds the runtime in the environment. */
export async function prepare(purposes) {
  await installPackages();
  await systemLibraries(purposes);
  const runtime = await electronRuntime();
  await step('Electron', async () => {
    await stopIfElectronLacksLibraries(runtime.binary);
    return `${runtime.version} in ${runtime.distPath}`;
  });
  Object.assign(process.env, runtime.env);
  return runtime;
}
