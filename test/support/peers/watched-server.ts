import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the peer was asked it, and what it answered, for what a test has to know of both. */
export interface PeerCall {
  method: string;
  path: string;
  /** Of the form that was posted; empty where none was. */
  form: URLSearchParams;
  authorization: string | null;
  status: number | 'lost';
  body: string;
}

export type Loss = 'before_it_acts' | 'after_it_acted';

export interface WatchedServer {
  readonly origin: string;
  readonly calls: PeerCall[];
  /** The calls of one path. */
  at(path: string): PeerCall[];
  /** The next call of that path gets no answer. */
  loseNext(path: string, when: Loss): void;
  /** The next call of that path is answered by the test in the peer's place. */
  answerNext(path: string, status: number, members: Record<string, unknown>): void;
  stop(): Promise<void>;
}

type Handle = (request: IncomingMessage, response: ServerResponse, form: URLSearchParams) => void | Promise<void>;

/** A socket in front of a peer, on a loopback port: it hands on every byte, keeps what came, and can lose an answer. */
export async function watchedServer(build: (origin: string) => Promise<Handle>): Promise<WatchedServer> {
  const calls: PeerCall[] = [];
  const losses: { path: string; when: Loss }[] = [];
  const answers: { path: string; status: number; members: Record<string, unknown> }[] = [];
  let handle: Handle = () => undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://peer').pathname;
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const { authorization = null } = request.headers;
      const call: PeerCall = { method: request.method ?? '', path, form, authorization, status: 'lost', body: '' };
      calls.push(call);
      const take = <T extends { path: string }>(from: T[]): T | undefined => {
        const index = from.findIndex((one) => one.path === path);
        return index < 0 ? undefined : from.splice(index, 1)[0];
      };
      const loss = take(losses)?.when;
      if (loss === 'before_it_acts') {
        request.socket.destroy();
        return;
      }
      const answer = take(answers);
      if (answer !== undefined) {
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.members));
        call.status = answer.status;
        return;
      }
      watch(response, call, loss === 'after_it_acted');
      // The body was read here; a peer on Koa takes it from this member, as it does behind a body parser.
      Object.assign(request, { body: Object.fromEntries(form) });
      void handle(request, response, form);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  handle = await build(origin);
  return {
    origin,
    calls,
    at: (path) => calls.filter((call) => call.path === path),
    loseNext: (path, when) => void losses.push({ path, when }),
    answerNext: (path, status, members) => void answers.push({ path, status, members }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The peer writes its answer in one piece; lost, it is written to nobody. */
function watch(response: ServerResponse, call: PeerCall, isLost: boolean): void {
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
  response.end = ((body?: unknown) => {
    call.body = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
    if (isLost) {
      response.socket?.destroy();
      return response;
    }
    call.status = response.statusCode;
    return end(body);
  }) as ServerResponse['end'];
}
