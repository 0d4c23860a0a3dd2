import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { AppError, type ErrorCode, type ErrorFacts } from '../../shared/errors.ts';
import { isEncryptedOrLocal, mayBeAsked } from '../oauth/endpoint.ts';
import type { HttpAnswer, HttpRequest, Transport } from '../oauth/transport.ts';

/** F30: counted after inflation, so that a small bomb is stopped while it unfolds. */
const largestBody = 1_048_576;

export interface TransportOptions {
  nowMs: () => number;
  /** PEM certificates trusted in place of the bundled ones. */
  trustedCertificates?: readonly string[];
}

/** Codes of Node and undici by what they tell a person. Whatever broke after the call left is `answer_lost`. */
const codeOf: Record<string, ErrorCode> = {
  ENOTFOUND: 'host_unknown',
  EAI_AGAIN: 'host_unknown',
  EAI_FAIL: 'host_unknown',
  EAI_NODATA: 'host_unknown',
  EAI_NONAME: 'host_unknown',
  ECONNREFUSED: 'server_refused',
  EHOSTUNREACH: 'server_refused',
  EHOSTDOWN: 'server_refused',
  ENETUNREACH: 'server_refused',
  ENETDOWN: 'server_refused',
  EADDRNOTAVAIL: 'server_refused',
  ETIMEDOUT: 'no_answer_in_time',
  UND_ERR_CONNECT_TIMEOUT: 'no_answer_in_time',
  UND_ERR_HEADERS_TIMEOUT: 'no_answer_in_time',
  UND_ERR_BODY_TIMEOUT: 'no_answer_in_time',
  UND_ERR_HEADERS_OVERFLOW: 'answer_too_large',
  HPE_HEADER_OVERFLOW: 'answer_too_large',
  EPROTO: 'certificate_refused',
  HOSTNAME_MISMATCH: 'certificate_refused',
  INVALID_CA: 'certificate_refused',
  INVALID_PURPOSE: 'certificate_refused',
  PATH_LENGTH_EXCEEDED: 'certificate_refused',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_refused',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_refused',
};
const tlsCode = /^(?:CERT_|CRL_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|ERROR_IN_CERT_|ERROR_IN_CRL_)/;
const ourMistake = /^(?:UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|ERR_INVALID_|ERR_HTTP_INVALID_)/;

function systemCodeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return systemCodeOf(thrown.errors[0]);
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code.slice(0, 60);
  return 'cause' in thrown ? systemCodeOf(thrown.cause) : undefined;
}

/** Facts hold host and system code; the thrown thing itself may hold the URL with its query and goes no further. */
function failureOf(thrown: unknown, host: string, deadlinePassed: boolean): AppError {
  if (thrown instanceof AppError) return thrown;
  if (deadlinePassed) return new AppError('no_answer_in_time', { host });
  const systemCode = systemCodeOf(thrown);
  if (systemCode === undefined) return new AppError('answer_lost', { host });
  const facts: ErrorFacts = { host, systemCode };
  if (ourMistake.test(systemCode)) return new AppError('internal', facts);
  return new AppError(codeOf[systemCode] ?? (tlsCode.test(systemCode) ? 'certificate_refused' : 'answer_lost'), facts);
}

type LookupDone = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Plain http goes to this computer only, also when a resolver says that `localhost` is somewhere else. */
function loopbackLookup(hostname: string, options: LookupOptions, done: LookupDone): void {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    const own =
      error === null ? addresses.filter(({ address }) => address === '::1' || address.startsWith('127.')) : [];
    const first = own[0];
    if (error !== null) done(error, '');
    else if (first === undefined) done(Object.assign(new Error('not this computer'), { code: 'ENOTFOUND' }), '');
    else if (options.all === true) done(null, own);
    else done(null, first.address, first.family);
  });
}

function inflater(encoding: string): NodeJS.ReadWriteStream | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}

/** Reads at most a mebibyte of what unfolds. Leaving the loop destroys the stream and with it the connection. */
async function readCapped(body: Readable, encoding: string, host: string, signal: AbortSignal): Promise<string> {
  const unfold = inflater(encoding);
  // A broken upstream has to end the inflating stream, or the loop below would wait for it until the deadline.
  const stream = unfold === null ? body : pipeThrough(body, unfold as unknown as Readable & NodeJS.WritableStream);
  const stop = (): void => void stream.destroy(new AppError('no_answer_in_time', { host }));
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestBody) throw new AppError('answer_too_large', { host });
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
  // Not fatal: a foreign encoding becomes text that is no JSON, and is said to be that.
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}

function pipeThrough(body: Readable, unfold: Readable & NodeJS.WritableStream): Readable {
  body.once('error', (error) => unfold.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded) unfold.destroy(new AppError('answer_lost'));
  });
  unfold.once('close', () => body.destroy());
  body.pipe(unfold);
  return unfold;
}

/** Names in lower case (undici's), lists joined; cookies are not even handed on. */
function headersOf(answer: Dispatcher.ResponseData): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/**
 * undici behind the Transport port. Each call has a connection of its own (`pipelining: 0`): a kept one that the
 * server has just closed would turn a renewal into a lost answer, and nothing here is frequent enough to gain by
 * keeping it. Nothing is retried, no redirect is followed (undici follows none unless told to), no cookie exists.
 */
export function createTransport(options: TransportOptions): Transport & { close(): Promise<void> } {
  /** With the first call only: to read undici takes longer than all else that is read before the window opens. */
  let opened: ReturnType<typeof open> | null = null;
  async function open() {
    const { Agent, request } = await import('undici');
    const timers = { headersTimeout: 0, bodyTimeout: 0, pipelining: 0, maxHeaderSize: 65_536 };
    const secure = new Agent({
      ...timers,
      connect: {
        // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 has no effect (B12).
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(options.trustedCertificates === undefined ? {} : { ca: [...options.trustedCertificates] }),
      },
    });
    const local = new Agent({ ...timers, connect: { lookup: loopbackLookup } });
    // E7: used for nothing but an origin whose unencrypted use a person agreed to, named in the very request.
    const unencrypted = new Agent(timers);
    return { request, secure, local, unencrypted };
  }

  async function send(call: HttpRequest): Promise<HttpAnswer> {
    const address = call.url.reveal();
    if (!URL.canParse(address)) throw new AppError('address_invalid');
    const url = new URL(address);
    const { host } = url;
    if (!mayBeAsked(url, call.dangerouslyUnencryptedOrigin ?? null)) throw new AppError('address_insecure', { host });
    const { request, secure, local, unencrypted } = await (opened ??= open());
    const signal = AbortSignal.timeout(call.timeLimitMs);
    const startedAt = performance.now();
    try {
      const answer = await request(url, {
        dispatcher: url.protocol === 'https:' ? secure : isEncryptedOrLocal(url) ? local : unencrypted,
        method: call.method,
        headers: { 'accept-encoding': 'identity', ...call.headers },
        body: call.body?.reveal() ?? null,
        signal,
      });
      // A body that is thrown away half-read says so with an 'error' event that nobody else would hear.
      answer.body.on('error', () => undefined);
      if (answer.statusCode >= 300 && answer.statusCode < 400) {
        answer.body.destroy();
        throw new AppError('redirect_refused', { host, status: answer.statusCode });
      }
      const headers = headersOf(answer);
      const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
      const body = await readCapped(answer.body, encoding, host, signal);
      return {
        status: answer.statusCode,
        headers,
        body,
        receivedAtMs: options.nowMs(),
        durationMs: Math.round(performance.now() - startedAt),
      };
    } catch (thrown) {
      throw failureOf(thrown, host, signal.aborted);
    }
  }

  return {
    send,
    close: async () => {
      if (opened === null) return;
      const { secure, local, unencrypted } = await opened;
      await Promise.all([secure.destroy(), local.destroy(), unencrypted.destroy()]);
    },
  };
}
