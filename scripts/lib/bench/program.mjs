import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { runOrStop } from '../child.mjs';
import { inRoot } from '../places.mjs';

const OUTSIDE = ['keytar', 'libsql', 'openid-client', 'simple-oauth2'];

/** Programs of test/bench as files that plain Node can start, beside the packages that stay outside of them. */
export async function programs() {
  await mkdir(inRoot('out'), { recursive: true });
  const folder = await mkdtemp(inRoot('out', 'bench-programs-'));
  return {
    /** Resolves to what it said. */
    async run(name, args, env = process.env) {
      await bundle(name, folder);
      return runOrStop(process.execPath, [join(folder, `${name}.cjs`), ...args], { env });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function bundle(name, outDir) {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: OUTSIDE },
    build: {
      ssr: inRoot('test', 'bench', `${name}.ts`),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        external: [...OUTSIDE, ...builtinModules, ...builtinModules.map((module) => `node:${module}`)],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  });
}
