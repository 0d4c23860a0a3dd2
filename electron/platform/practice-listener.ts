import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { PracticeEngine } from '../providers/practice/engine.ts';
import type { EngineRequest, WholeAnswer } from '../providers/practice/wire.ts';

const largestBody = 65_536;
const largestHeaders = 65_536;

export interface PracticeListener {
  /** http://127.0.0.1:port */
  readonly origin: string;
  /** Ends every open connection. */
  stop: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function requestOf(request: IncomingMessage, body: string): EngineRequest {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { method: request.method ?? '', path, query: query.join('?'), headers, body };
}

function write(response: ServerResponse, given: WholeAnswer): void {
  response.writeHead(given.status, { ...given.headers, 'content-length': Buffer.byteLength(given.body) });
  response.end(given.body);
}

/**
 * One practice provider on a port of its own. On 127.0.0.1 by address, so that no other machine reaches it, and
 * only under that name, so that no web page does by way of a name that points here (DNS rebinding).
 */
export async function startPracticeListener(engine: PracticeEngine): Promise<PracticeListener> {
  const sockets = new Set<Socket>();
  const waiting = new Set<NodeJS.Timeout>();
  let host = '';

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (body === null) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    if (request.headers.host !== host) {
      response.writeHead(421).end();
      return;
    }
    const given = engine.handle(requestOf(request, body));
    if (given.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (given.kind === 'never') return;
    if (given.afterMs === 0) {
      write(response, given);
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(timer);
      write(response, given);
    }, given.afterMs);
    waiting.add(timer);
  };

  const server = createServer({ maxHeaderSize: largestHeaders, requestTimeout: 10_000 }, (request, response) => {
    response.on('error', () => undefined);
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.maxConnections = 64;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin: `http://${host}`,
    stop: async () => {
      for (const timer of waiting) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
