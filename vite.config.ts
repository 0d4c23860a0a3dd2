import react from '@vitejs/plugin-react';
import { builtinModules } from 'node:module';
import { defineConfig, type UserConfig } from 'vite';

const outside = ['electron', 'keytar', 'libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Main, its worker and preload: CommonJS for a sandboxed preload and for Electron 33 to 45 alike. Only native packages stay outside. */
function forElectron(entry: string, folder: string, file: string): UserConfig {
  return {
    publicDir: false,
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
        output: { format: 'cjs', entryFileNames: file, codeSplitting: false },
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
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: '../out/renderer',
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  };
});
