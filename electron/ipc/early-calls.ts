import { channels } from '../../shared/ipc/channels.ts';
import type { Invokable } from './router.ts';

type Listener = Parameters<Invokable['handle']>[1];

/**
 * Takes the page's calls from the first moment on. The window opens while the rest of the program is still being read;
 * what its page calls before there is anybody to answer waits for its listener instead of failing. Returns where the
 * router registers its listeners.
 */
export function waitingCalls(ipc: Invokable): Invokable {
  const found = new Map<string, (listener: Listener) => void>();
  for (const channel of channels) {
    const listener = new Promise<Listener>((resolve) => found.set(channel, resolve));
    ipc.handle(channel, async (event, input) => (await listener)(event, input));
  }
  return { handle: (channel, listener) => found.get(channel)?.(listener) };
}
