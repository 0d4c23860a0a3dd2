import type { Bridge } from '../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload; nothing but this file touches it. */
    readonly grantkeep?: Bridge;
  }
}

/** The way to main. Every call answers with an envelope and does not throw for an expected ending. */
export type Client = Bridge;

/** Null only where the preload did not run: the window then says so instead of staying blank. */
export function clientOfWindow(): Client | null {
  return window.grantkeep ?? null;
}
