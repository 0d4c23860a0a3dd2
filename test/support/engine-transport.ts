import { AppError } from '../../shared/errors.ts';
import type { HttpRequest, Transport } from '../../electron/oauth/transport.ts';
import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import type { EngineRequest } from '../../electron/providers/practice/wire.ts';

/** The engine as a transport, without a socket: the protocol's own requests, byte for byte. */
export function engineTransport(
  engine: PracticeEngine,
  origin: string,
  nowMs: () => number,
  /** Something is wrong with the request on its way. */
  spoil: (request: EngineRequest) => EngineRequest = (request) => request,
): Transport {
  return {
    send(request) {
      const given = engine.handle(spoil(asEngineRequest(request, origin)));
      if (given.kind !== 'answer') return Promise.reject(new AppError('answer_lost'));
      const { status, headers, body } = given;
      if (status >= 300 && status < 400) return Promise.reject(new AppError('redirect_refused'));
      return Promise.resolve({ status, headers, body, receivedAtMs: nowMs(), durationMs: 1 });
    },
  };
}

function asEngineRequest({ method, url, headers, body }: HttpRequest, origin: string): EngineRequest {
  const address = new URL(url.reveal());
  if (address.origin !== origin) throw new Error(`asked ${address.origin}, which this engine does not play`);
  return {
    method,
    path: address.pathname,
    query: address.search.slice(1),
    headers: { ...headers, host: address.host },
    body: body?.reveal() ?? '',
  };
}
