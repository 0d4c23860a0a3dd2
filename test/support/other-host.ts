import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherHost {
  /** http://127.0.0.1:port, another origin than every other listener's. */
  readonly origin: string;
  /** Connections opened to it so far, with or without a byte on them. */
  connections(): number;
  /** Whole requests, as text: method, path, headers and body. */
  readonly requests: string[];
  /** How it answers from now on; usually 200 with an empty object. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  stop(): Promise<void>;
}

/** Another host on this computer that must hear nothing, or hears only what the test expects. */
export async function otherHost(): Promise<OtherHost> {
  let opened = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const head = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
      host.requests.push(
        [`${request.method ?? ''} ${request.url ?? ''}`, ...head, '', Buffer.concat(chunks).toString('utf8')].join(
          '\n',
        ),
      );
      host.answer(request, response);
    });
  });
  server.on('connection', () => (opened += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host: OtherHost = {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    connections: () => opened,
    requests: [],
    answer: (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"x"}'),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return host;
}
