export function wantedFuses(options?: { readonly driven?: boolean }): Record<string, boolean>;
export function setFuses(binary: string, wanted: Record<string, boolean>): Promise<void>;
export function readFuses(binary: string): Promise<Record<string, boolean | null>>;
