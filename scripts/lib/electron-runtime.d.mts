export interface ElectronRuntime {
  /** `named` by ELECTRON_OVERRIDE_DIST_PATH, the project's `own`, or the `stand-in` for closed networks. */
  readonly kind: 'named' | 'own' | 'stand-in';
  readonly version: string;
  /** For ELECTRON_OVERRIDE_DIST_PATH. */
  readonly distPath: string;
  /** For Playwright's `executablePath`. */
  readonly binary: string;
  /** To stand before the app folder: `--no-sandbox` for root, else nothing. */
  readonly args: readonly string[];
  readonly env: { readonly ELECTRON_OVERRIDE_DIST_PATH: string };
}

export function argumentsForThisUser(): string[];
export function electronRuntime(): Promise<ElectronRuntime>;
