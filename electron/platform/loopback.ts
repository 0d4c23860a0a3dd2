import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import type { OpenRedirect, RedirectListeners, RedirectPage } from '../services/ports.ts';
import { hostsOf, loopbackAddress, type LoopbackAddress } from './loopback-address.ts';
import { loopbackPages, pagePolicy, type LoopbackWords } from './loopback-pages.ts';
import { isForHost, largestPart, queryOf } from './loopback-request.ts';
import { loopbackSockets, type LoopbackSockets } from './loopback-sockets.ts';

/** Whoever asks may be anybody on this computer, or a page in its browser: no answer is for reading. No CORS header. */
const everyAnswer = {
  connection: 'close',
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface LoopbackOptions {
  socketMs?: number;
  mostSockets?: number;
}

/** One address that is being listened on, and what its successor on the same port needs. */
interface Listening extends OpenRedirect {
  readonly port: number;
}

type Judge = (query: Secret) => RedirectPage | null;

/**
 * The loopback redirect (RFC 8252 sections 7.3 and 8.3). It knows nothing of OAuth: it keeps strangers out by what a
 * request line and its headers say, and asks the judge about the rest.
 */
export function loopbackListeners(words: () => LoopbackWords, options: LoopbackOptions = {}): RedirectListeners {
  /** Closed to what is new, but their ports are not free yet. */
  const closing = new Set<Listening>();

  return {
    async open(redirectUri, anyPort, judge) {
      const address = loopbackAddress(redirectUri);
      if (address === null) throw new AppError('redirect_not_here');
      if (!anyPort) {
        // Late hits of the last sign-in are a courtesy; the next sign-in on its port is not made to wait for them.
        await Promise.all([...closing].filter(({ port }) => port === address.port).map((one) => one.close(0)));
      }
      return listenOn(address, anyPort ? null : redirectUri, judge, loopbackPages(words()), options, closing);
    },
  };
}

async function listenOn(
  address: LoopbackAddress,
  /** Null: with the port that is free. */
  asRegistered: string | null,
  judge: Judge,
  pages: Record<RedirectPage, Buffer>,
  { socketMs = 10_000, mostSockets = 32 }: LoopbackOptions,
  closing: Set<Listening>,
): Promise<OpenRedirect> {
  const sockets = loopbackSockets({ lifeMs: socketMs, most: mostSockets });
  const accepted: { hash: Buffer; page: RedirectPage }[] = [];
  /** None until every family is bound: what comes before that cannot have come from our browser. */
  let hosts: readonly string[] = [];
  let strays = 0;
  let taking = true;

  /** The same query gets the same page without a second asking, so that a reload is no second exchange (B8). */
  function pageFor(query: string): RedirectPage | null {
    const hash = createHash('sha256').update(query, 'utf8').digest();
    const repeat = accepted.find((one) => timingSafeEqual(one.hash, hash));
    if (repeat !== undefined) return repeat.page;
    if (!taking) return null;
    const page = asked(judge, query);
    if (page !== null) accepted.push({ hash, page });
    return page;
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => undefined);
    if (!sockets.isFirstRequest(request.socket)) {
      strays += 1;
      return;
    }
    const rightHost = isForHost(hosts, request);
    const query = rightHost ? queryOf(request, address.path) : null;
    const page = query === null ? null : pageFor(query);
    if (page === null) {
      strays += 1;
      response.writeHead(rightHost ? 404 : 421, { ...everyAnswer, 'content-length': 0 }).end();
      return;
    }
    const body = pages[page];
    response
      .writeHead(200, {
        ...everyAnswer,
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
      })
      .end(body);
  }

  const newServer = (): Server => guardedServer(serve, () => (strays += 1), sockets);
  const { servers, port } = await bindAll(address, asRegistered === null ? 0 : address.port, newServer);
  hosts = hostsOf(address.name, port);

  let lateHits: NodeJS.Timeout | undefined;
  let ending = false;
  let sayFree = (): void => undefined;
  const free = new Promise<void>((resolve) => (sayFree = resolve));

  function end(): void {
    if (ending) return;
    ending = true;
    clearTimeout(lateHits);
    void Promise.all(servers.map(stop)).then(() => {
      closing.delete(listening);
      sayFree();
    });
  }

  const listening: Listening = {
    redirectUri: asRegistered ?? address.withPort(port),
    port,
    strays: () => strays,
    close: (lateHitsMs) => {
      if (taking) closing.add(listening);
      taking = false;
      if (lateHitsMs <= 0) end();
      else if (!ending && lateHits === undefined) {
        lateHits = setTimeout(end, lateHitsMs);
        // Nobody waits for late hits: neither they nor their timer keep a program that is quitting.
        lateHits.unref();
        for (const server of servers) server.unref();
      }
      return free;
    },
  };
  return listening;
}

/** Whatever Node would settle by itself, with less than `everyAnswer` or by a crash, is settled here. */
function guardedServer(serve: RequestListener, countStray: () => void, sockets: LoopbackSockets): Server {
  // Our own check of Host covers a missing one; the parser's limit is for address and headers together.
  const server = createServer({ maxHeaderSize: 2 * largestPart, requireHostHeader: false }, serve);
  // A socket's one life is its limit. Node's own are looked at every 30 s only.
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.on('connection', (socket) => sockets.take(socket));
  server.on('checkContinue', serve);
  server.on('checkExpectation', serve);
  server.on('connect', (_request, socket) => {
    countStray();
    socket.destroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith('HPE_') === true) countStray();
    socket.destroy();
  });
  // A computer out of file handles fails at accepting: the next hit may get through, and a crash would end it all.
  server.on('error', () => undefined);
  return server;
}

/** A judge that fails has recognised nothing. */
function asked(judge: Judge, query: string): RedirectPage | null {
  try {
    return judge(new Secret(query));
  } catch {
    return null;
  }
}

/** All or nothing: a half of `localhost` would leave the other half to whoever is quick. */
async function bindAll(
  { name, binds }: LoopbackAddress,
  wantedPort: number,
  newServer: () => Server,
): Promise<{ servers: Server[]; port: number }> {
  const servers: Server[] = [];
  let port = wantedPort;
  try {
    for (const host of binds) {
      const server = newServer();
      port = await bind(server, host, port);
      servers.push(server);
    }
    return { servers, port };
  } catch (thrown) {
    await Promise.all(servers.map(stop));
    const systemCode = thrown instanceof Error && 'code' in thrown ? String(thrown.code).slice(0, 60) : 'unknown';
    if (systemCode === 'EADDRINUSE') throw new AppError('redirect_port_taken', { name: String(port), systemCode });
    throw new AppError('redirect_not_here', { host: port === 0 ? name : `${name}:${port}`, systemCode });
  }
}

/** Never a name: a resolver might say that `localhost` is somewhere else. Never shared with another process. */
async function bind(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** With every socket, those that have said nothing yet as well. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
