import type { Bridge, TextBridge } from '../shared/ipc/bridge.ts';
import type { Delta } from '../shared/model/program.ts';

declare global {
  interface Window {
    /** Put there by the preload; nothing but this file touches it. */
    readonly grantkeep?: TextBridge;
  }
}

/** The way to main. Every call answers with an envelope and does not throw for an expected ending. */
export type Client = Bridge;

/** Null only where the preload did not run: the window then says so instead of staying blank. */
export function clientOfWindow(): Client | null {
  return window.grantkeep === undefined ? null : clientOf(window.grantkeep);
}

/** Reads what crosses as text. Main has checked it against the contract before it wrote it. */
export function clientOf({ onState, ...areas }: TextBridge): Client {
  const read = Object.fromEntries(
    Object.entries(areas).map(([area, verbs]) => [
      area,
      Object.fromEntries(
        Object.entries(verbs).map(([verb, call]) => [
          verb,
          async (input: unknown) => JSON.parse(await call(input)) as unknown,
        ]),
      ),
    ]),
  );
  return {
    ...read,
    onState: (listener: (delta: Delta) => void) => onState((text) => listener(JSON.parse(text) as Delta)),
  } as unknown as Client;
}
