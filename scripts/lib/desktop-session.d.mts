export interface DesktopSession {
  /** The person's own desktop, so nothing was started and `close` ends nothing. */
  readonly isReal: boolean;
  /** The whole environment for a child process. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export interface DesktopSessionOptions {
  /** Size of the screen, `1440x900` unless said; null keeps the display of this process. */
  readonly screen?: string | null;
  /** An open keyring on the session's bus; false leaves the bus without any Secret Service. */
  readonly keyring?: boolean;
  /** Take the person's own desktop if its display answers and its keyring is open. */
  readonly useRealOne?: boolean;
}

export function openDesktopSession(options?: DesktopSessionOptions): Promise<DesktopSession>;

/** Resolves to the exit code, 128 + n when a signal ended the command. */
export function runInDesktopSession(
  command: string,
  args: readonly string[],
  options?: DesktopSessionOptions & { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<number>;
