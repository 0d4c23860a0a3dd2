import type { HttpAnswer, HttpRequest, Transport } from '../../electron/oauth/transport.ts';

/** A request with its secrets laid open, for tests to compare. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeLimitMs: number;
  dangerouslyUnencryptedOrigin?: string;
}

export interface FakeTransport extends Transport {
  readonly seen: SeenRequest[];
}

export const receivedAtMs = 1_800_000_000_000;

/** An answer as the real transport would hand it on. */
export function answerOf(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/plain' : 'application/json';
  return { status, headers: { 'content-type': contentType, ...headers }, body: text, receivedAtMs, durationMs: 12 };
}

/** Answers with what it was given, in order; a call too many fails the test. */
export function fakeTransport(...answers: (HttpAnswer | Error)[]): FakeTransport {
  const seen: SeenRequest[] = [];
  const waiting = [...answers];
  return {
    seen,
    send: (request: HttpRequest) => {
      seen.push({
        method: request.method,
        url: request.url.reveal(),
        headers: { ...request.headers },
        body: request.body?.reveal() ?? null,
        timeLimitMs: request.timeLimitMs,
        ...(request.dangerouslyUnencryptedOrigin === undefined
          ? {}
          : { dangerouslyUnencryptedOrigin: request.dangerouslyUnencryptedOrigin }),
      });
      const next = waiting.shift();
      if (next === undefined) return Promise.reject(new Error('a request that nobody expected'));
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
}
