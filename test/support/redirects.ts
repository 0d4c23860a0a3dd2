import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { loopbackListeners, type LoopbackOptions } from '../../electron/platform/loopback.ts';
import type { Secret } from '../../electron/secret.ts';
import type { OpenRedirect, RedirectListeners, RedirectPage } from '../../electron/services/ports.ts';
import { english } from '../../shared/text/catalogue.ts';
import { rawGet, sendRaw } from './raw-http.ts';

/** A computer without it cannot listen on ::1, and says so. */
export const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

export const trueQuery = 'code=c1&state=s1';

export interface Rig {
  readonly listeners: RedirectListeners;
  readonly open: OpenRedirect;
  readonly port: number;
  /** `127.0.0.1:port` */
  readonly host: string;
  /** What the judge was asked, in order. */
  readonly asked: string[];
  /** A GET of this target with the right Host. */
  readonly get: (target: string, ...moreHeaders: string[]) => Promise<string>;
}

export const portOf = (redirectUri: string): number => Number(new URL(redirectUri).port);

/** A judge that knows one query, and keeps what it was asked. */
export function knowing(query: string, page: RedirectPage, asked: string[]): (query: Secret) => RedirectPage | null {
  return (given) => {
    asked.push(given.reveal());
    return given.reveal() === query ? page : null;
  };
}

/** A wait for `trueQuery` on a free port, at /back. */
export async function waiting(options: LoopbackOptions = {}, page: RedirectPage = 'signed_in'): Promise<Rig> {
  const listeners = loopbackListeners(() => english.loopback, options);
  const asked: string[] = [];
  const open = await listeners.open('http://127.0.0.1:1/back', true, knowing(trueQuery, page, asked));
  const port = portOf(open.redirectUri);
  const host = `127.0.0.1:${port}`;
  return {
    listeners,
    open,
    port,
    host,
    asked,
    get: (target, ...moreHeaders) => sendRaw(port, rawGet(target, host, ...moreHeaders)),
  };
}

/** Holds a port as another program would. */
export async function hold(
  port: number,
  address = '127.0.0.1',
): Promise<{ heard: () => number; free(): Promise<void> }> {
  let heard = 0;
  const server = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true }, resolve);
  });
  return {
    heard: () => heard,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
