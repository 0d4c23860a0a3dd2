import react from '@vitejs/plugin-react';
import { mkdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const outside = ['electron', 'keytar', 'libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** electron-store brings a validator and version comparison; ours has neither schema nor migrations (preferences.ts). */
const notNeeded = ['ajv/dist/2020.js', 'ajv-formats', 'semver'].map((find) => ({
  find,
  replacement: resolve(import.meta.dirname, 'electron/platform/not-needed.ts'),
}));
const noSignals = { find: 'when-exit', replacement: resolve(import.meta.dirname, 'electron/platform/no-signals.ts') };

/** Notes which packages went into the built files, as the lockfile names them: a release tells what it is made of. */
function noteBundled(part: string): Plugin {
  return {
    name: 'note-bundled',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const paths = modules.flatMap(
        (id) => /.*(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(id)?.[0].slice(import.meta.dirname.length + 1) ?? [],
      );
      mkdirSync('out/bundled', { recursive: true });
      writeFileSync(`out/bundled/${part}.json`, JSON.stringify([...new Set(paths)].sort()));
    },
  };
}

/** Main, its worker and preload: CommonJS for a sandboxed preload and for Electron 33 to 45 alike. Only native packages stay outside. */
function forElectron(entry: string, folder: string, file: string): UserConfig {
  return {
    publicDir: false,
    plugins: [noteBundled(folder)],
    resolve: { alias: [...notNeeded, noSignals] },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      target: 'node20',
      outDir: `out/${folder}`,
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      rollupOptions: {
        external: outside,
        output: {
          format: 'cjs',
          entryFileNames: file,
          chunkFileNames: '[name].cjs',
          // What is imported by a call is read by that call. A sandboxed preload can require nothing of ours.
          codeSplitting: folder === 'main',
          // Shorter to read at every start; names stay, so that a stack can still be understood.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  };
}

export default defineConfig(({ mode }): UserConfig => {
  if (mode === 'main') return forElectron('electron/main.ts', 'main', 'main.cjs');
  // On its own: as a second entry of main's build it would load main, and with it Electron, which no thread can.
  if (mode === 'worker') return forElectron('electron/platform/backup-worker.ts', 'worker', 'backup-worker.cjs');
  if (mode === 'preload') return forElectron('electron/preload.ts', 'preload', 'preload.cjs');
  return {
    root: 'renderer',
    plugins: [react(), noteBundled('renderer')],
    build: {
      target: 'chrome130',
      outDir: '../out/renderer',
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: {
        // Schemas are made where words are taken in, which is in main: a constant beside one needs none of them here. One
        // that is made from another by its own call, as `settings.partial()` or `remedy.nullable()`, is named beside `z`.
        treeshake: { manualPureFunctions: ['z', 'settings', 'remedy'] },
      },
    },
  };
});
