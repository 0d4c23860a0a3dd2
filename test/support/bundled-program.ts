import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * A program of test/support as one file that Node 20, which knows no TypeScript, can start. Inside the project, so
 * that the native packages are found as they are by the program itself.
 */
export async function bundledProgram(name: string): Promise<{ file: string; remove: () => void }> {
  const out = resolve(import.meta.dirname, '../../out');
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, `${name}-`));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, `${name}.ts`),
      target: 'node20',
      outDir: folder,
      minify: false,
      rollupOptions: {
        external: ['keytar', 'libsql', ...builtinModules, ...builtinModules.map((module) => `node:${module}`)],
        output: { format: 'cjs', entryFileNames: 'program.cjs', codeSplitting: false },
      },
    },
  });
  return { file: join(folder, 'program.cjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
