import type { ElectronRuntime } from '../electron-runtime.mjs';

export interface PackedFolder {
  readonly folder: string;
  readonly binary: string;
}

export function packFolder(runtime: ElectronRuntime, options?: { readonly driven?: boolean }): Promise<PackedFolder>;
