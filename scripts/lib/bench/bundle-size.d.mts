export interface BundleSize {
  /** Kilobytes after gzip of everything the window can load, and of what it loads before its first paint. */
  readonly all: number;
  readonly first: number;
  readonly files: number;
}

export function bundleSize(): Promise<BundleSize>;
