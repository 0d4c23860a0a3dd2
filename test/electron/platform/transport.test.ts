// Over 300 lines: one table of cases for one subject.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpRequest, Transport } from '../../../electron/oauth/transport.ts';
import { createTransport } from '../../../electron/platform/transport.ts';
import { Secret } from '../../../electron/secret.ts';
import { AppError } from '../../../shared/errors.ts';
import { selfSigned } from '../../support/self-signed.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const transport = (trustedCertificates?: string[]): Transport => {
  const made = createTransport({
    nowMs: () => 1000,
    ...(trustedCertificates === undefined ? {} : { trustedCertificates }),
  });
  undo.push(() => made.close());
  return made;
};

const post = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url: new Secret(url),
  headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
  body: new Secret('grant_type=refresh_token&refresh_token=rt1'),
  timeLimitMs: 5000,
  ...more,
});

async function listening(server: Server | RawServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return (server.address() as AddressInfo).port;
}

const http = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listening(createServer(listener))}`;
const raw = async (onSocket: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${await listening(createRawServer(onSocket))}`;

async function ending(sending: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await sending.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error('ended without an AppError', { cause: thrown });
  return thrown;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('a good call', () => {
  test('arrives as it was given and comes back with status, lower-case headers, body and times', async () => {
    const seen: { method?: string; url?: string; body?: string; headers?: IncomingMessage['headers'] }[] = [];
    const origin = await http((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push({ method: request.method!, url: request.url!, body, headers: request.headers });
        response.writeHead(200, { 'Content-Type': 'application/json', 'X-Odd': ['a', 'b'] });
        response.end('{"ok":"zoë"}');
      });
    });
    const answer = await transport().send(post(`${origin}/oauth2/token?a=b`));
    expect(answer).toMatchObject({ status: 200, body: '{"ok":"zoë"}', receivedAtMs: 1000 });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-odd']).toBe('a, b');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/oauth2/token?a=b',
      body: 'grant_type=refresh_token&refresh_token=rt1',
    });
    // A connection of its own for each call: none is kept that could drop under the next.
    expect(seen[0]!.headers).toMatchObject({ connection: 'close' });
    expect(seen[0]!.headers).not.toHaveProperty('referer');
    expect(seen[0]!.headers).not.toHaveProperty('origin');
  });

  test('B16: keeps no cookie from one call to the next, and hands none on', async () => {
    const cookies: (string | undefined)[] = [];
    const origin = await http((request, response) => {
      cookies.push(request.headers.cookie);
      response.writeHead(200, { 'set-cookie': 'sid=1; Path=/' });
      response.end('{}');
    });
    const sender = transport();
    const first = await sender.send(post(`${origin}/`));
    await sender.send(post(`${origin}/`));
    expect(first.headers).not.toHaveProperty('set-cookie');
    expect(cookies).toEqual([undefined, undefined]);
  });

  test('a 401, a 500 and an empty 204 are answers, not errors', async () => {
    for (const status of [204, 401, 500]) {
      const origin = await http((_request, response) => response.writeHead(status).end());
      expect((await transport().send(post(`${origin}/`))).status).toBe(status);
    }
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('a body in %s is unfolded', async (encoding, fold) => {
    const origin = await http((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(fold('{"access_token":"a1"}'));
    });
    expect((await transport().send(post(`${origin}/`))).body).toBe('{"access_token":"a1"}');
  });
});

describe('F32 R6 B16: a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i is refused and its target hears nothing', async (status) => {
    let heard = 0;
    const target = await raw((socket) => {
      heard += 1;
      socket.destroy();
    });
    const origin = await http((_request, response) =>
      response.writeHead(status, { location: `${target}/steal` }).end('moved'),
    );
    const error = await ending(transport().send(post(`${origin}/oauth2/token`)));
    expect(error.code).toBe('redirect_refused');
    expect(error.facts).toEqual({ host: new URL(origin).host, status });
    expect(heard).toBe(0);
  });
});

describe('F30 B16: a body that is too large', () => {
  test('one mebibyte passes, one byte more does not', async () => {
    const sizes = [1_048_576, 1_048_577];
    const origin = await http((_request, response) => response.end(Buffer.alloc(sizes.shift()!, 97)));
    const sender = transport();
    expect((await sender.send(post(`${origin}/`))).body).toHaveLength(1_048_576);
    expect((await ending(sender.send(post(`${origin}/`)))).code).toBe('answer_too_large');
  });

  test('a gzip bomb of 100 MB is stopped while it unfolds', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const origin = await http((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    const error = await ending(transport().send(post(`${origin}/`)));
    expect(error.code).toBe('answer_too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(64_000_000);
  });

  test('an endless chunked body is cut off, and the server is told by a closed connection', async () => {
    let closed: (() => void) | null = null;
    const over = new Promise<void>((resolve) => (closed = resolve));
    const origin = await http((_request, response) => {
      response.once('close', () => closed?.());
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536, 97)));
        response.once('drain', more);
      };
      more();
    });
    expect((await ending(transport().send(post(`${origin}/`)))).code).toBe('answer_too_large');
    await over;
  });
});

describe('F29 B16: one deadline for the whole call', () => {
  const quick = { timeLimitMs: 150 };

  test('a server that never answers', async () => {
    const origin = await http(() => undefined);
    const error = await ending(transport().send(post(`${origin}/`, quick)));
    expect(error).toMatchObject({ code: 'no_answer_in_time', facts: { host: new URL(origin).host } });
  });

  test('a server that trickles: a byte now and then does not put the end off', async () => {
    const stop = new Set<NodeJS.Timeout>();
    const origin = await raw((socket) => {
      let sent = 0;
      const whole = 'HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n'.padEnd(10_000, 'a');
      const next = setInterval(() => socket.write(whole[(sent += 1)] ?? 'a'), 10);
      socket.write(whole[0]!);
      stop.add(next);
      socket.once('close', () => clearInterval(next));
    });
    const startedAt = performance.now();
    expect((await ending(transport().send(post(`${origin}/`, quick)))).code).toBe('no_answer_in_time');
    expect(performance.now() - startedAt).toBeLessThan(2000);
    for (const one of stop) clearInterval(one);
  });

  test('a body that stalls half-way, plain and in gzip', async () => {
    for (const headers of [{}, { 'content-encoding': 'gzip' }]) {
      const origin = await http((_request, response) => {
        response.writeHead(200, headers);
        response.write('content-encoding' in headers ? gzipSync('{"a":1}').subarray(0, 8) : '{"access');
      });
      expect((await ending(transport().send(post(`${origin}/`, quick)))).code).toBe('no_answer_in_time');
    }
  });
});

describe('B16: nothing is sent twice', () => {
  const request = (data: string): number => data.split('POST /').length - 1;

  test('a server that closes a kept connection after reading the second POST sees that POST once', async () => {
    let requests = 0;
    let connections = 0;
    const origin = await raw((socket) => {
      connections += 1;
      socket.on('data', (data) => {
        const here = request(data.toString());
        requests += here;
        if (here === 0) return;
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}');
        else socket.destroy();
      });
    });
    const sender = transport();
    expect((await sender.send(post(`${origin}/`))).status).toBe(200);
    expect((await ending(sender.send(post(`${origin}/`)))).code).toBe('answer_lost');
    expect({ requests, connections }).toEqual({ requests: 2, connections: 2 });
  });

  test('a server that closed the kept connection in between costs nothing: each call has its own', async () => {
    let requests = 0;
    let connections = 0;
    const origin = await raw((socket) => {
      connections += 1;
      socket.on('data', (data) => {
        requests += request(data.toString());
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}');
      });
    });
    const sender = transport();
    for (let round = 0; round < 5; round += 1) expect((await sender.send(post(`${origin}/`))).status).toBe(200);
    expect({ requests, connections }).toEqual({ requests: 5, connections: 5 });
  });

  test('a GET is not repeated either: at ER/Studio it is a token call', async () => {
    let requests = 0;
    const origin = await raw((socket) => {
      socket.on('data', (data) => {
        requests += data.toString().split('GET /').length - 1;
        socket.destroy();
      });
    });
    const sender = transport();
    expect((await ending(sender.send(post(`${origin}/`, { method: 'GET', body: null })))).code).toBe('answer_lost');
    expect(requests).toBe(1);
  });
});

describe('what broke, by its code', () => {
  test('a refused connection', async () => {
    const server = createRawServer();
    const port = await listening(server);
    await undo.pop()!();
    const error = await ending(transport().send(post(`http://127.0.0.1:${port}/?refresh_token=rt-secret`)));
    expect(error.code).toBe('server_refused');
    expect(error.facts).toEqual({ host: `127.0.0.1:${port}`, systemCode: 'ECONNREFUSED' });
    expect(error.cause).toBeUndefined();
  });

  test('F27: a name that nobody knows', async () => {
    const error = await ending(transport().send(post('https://nowhere.invalid/')));
    expect(error.code).toBe('host_unknown');
    expect(error.facts.host).toBe('nowhere.invalid');
  });

  test('an answer that breaks off: no header, half a body, half a gzip, no HTTP at all', async () => {
    const folded = gzipSync('{"a":1}');
    const answers: ((socket: Socket) => void)[] = [
      (socket) => socket.end(),
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"access'),
      (socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${folded.length - 6}\r\n\r\n`);
        socket.end(folded.subarray(0, folded.length - 6));
      },
      (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    ];
    for (const answer of answers) {
      const origin = await raw((socket) => socket.once('data', () => answer(socket)));
      expect((await ending(transport().send(post(`${origin}/`)))).code).toBe('answer_lost');
    }
  });

  test.each([
    'http://teamserver.example/token',
    'http://10.0.0.1/',
    'http://localhost.example/',
    'ftp://127.0.0.1/',
    'http://[::2]/',
  ])('%s is not encrypted and not this computer, so nothing leaves', async (address) => {
    expect((await ending(transport().send(post(address)))).code).toBe('address_insecure');
  });

  test('E7 B12 is sent beyond this computer to the one origin that the request itself names as agreed', async () => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.end('{}');
    });
    await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
    const { port } = server.address() as AddressInfo;
    const origin = `http://0.0.0.0:${port}`;
    const call = post(`${origin}/api/oauth/token`);
    const others = ['http://0.0.0.0', `https://0.0.0.0:${port}`, `${origin}/`, 'null', ''];
    for (const dangerouslyUnencryptedOrigin of others) {
      const error = await ending(transport().send({ ...call, dangerouslyUnencryptedOrigin }));
      expect(error.code).toBe('address_insecure');
    }
    expect(calls).toBe(0);
    expect((await transport().send({ ...call, dangerouslyUnencryptedOrigin: origin })).status).toBe(200);
    expect(calls).toBe(1);
    server.close();
  });
});

describe('F28 B12: certificates', () => {
  const secure = async (options: Parameters<typeof createTlsServer>[0]): Promise<number> =>
    listening(createTlsServer(options, (_request, response) => response.end('{}')));

  test('a certificate that is trusted is; the same one untrusted is refused, whatever the environment says', async () => {
    const own = selfSigned({ hosts: ['127.0.0.1'] });
    const port = await secure(own);
    expect((await transport([own.cert]).send(post(`https://127.0.0.1:${port}/`))).status).toBe(200);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const error = await ending(transport().send(post(`https://127.0.0.1:${port}/`)));
      expect(error).toMatchObject({
        code: 'certificate_refused',
        facts: { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  test('a certificate of another host, one that has ended and one that has not begun are refused', async () => {
    const cases = [
      selfSigned({ hosts: ['elsewhere.example'] }),
      selfSigned({ hosts: ['127.0.0.1'], from: new Date('2020-01-01'), to: new Date('2021-01-01') }),
      selfSigned({ hosts: ['127.0.0.1'], from: new Date('2090-01-01'), to: new Date('2091-01-01') }),
    ];
    for (const own of cases) {
      const port = await secure(own);
      const error = await ending(transport([own.cert]).send(post(`https://127.0.0.1:${port}/`)));
      expect(error.code).toBe('certificate_refused');
    }
  });

  test('TLS 1.1 is refused', async () => {
    const own = selfSigned({ hosts: ['127.0.0.1'] });
    const port = await secure({ ...own, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect((await ending(transport([own.cert]).send(post(`https://127.0.0.1:${port}/`)))).code).toBe(
      'certificate_refused',
    );
  });

  test('https spoken to a server of plain http sends nothing that it could read', async () => {
    let heard = '';
    const origin = await raw((socket) =>
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      }),
    );
    const error = await ending(transport().send(post(origin.replace('http:', 'https:'))));
    expect(error.code).toBe('certificate_refused');
    expect(heard).not.toContain('refresh_token');
  });
});
