import type { Secret } from '../secret.ts';

/** One HTTP call. The only way the protocol reaches a network; `platform/transport.ts` implements it on undici. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** May hold secrets in its query (ER/Studio); so it is a Secret, and nothing logs more than its origin. */
  url: Secret;
  headers: Readonly<Record<string, string>>;
  body: Secret | null;
  /** Plain http beyond loopback is refused unless the address is of exactly this origin (E7). Absent nearly always. */
  dangerouslyUnencryptedOrigin?: string;
  /** The whole call, from look-up to the last byte. */
  timeLimitMs: number;
}

export interface HttpAnswer {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** Decoded as UTF-8, after inflation, at most 1 MiB. */
  body: string;
  receivedAtMs: number;
  durationMs: number;
}

/**
 * Sends once: no redirect is followed, nothing is repeated, no cookie is kept.
 * Throws AppError: `host_unknown`, `server_refused`, `certificate_refused` (nothing was sent);
 * `no_answer_in_time`, `answer_lost`, `answer_too_large` (the provider may have acted);
 * `redirect_refused` for any 3xx; `address_insecure` for http beyond loopback that nobody agreed to.
 */
export interface Transport {
  send(request: HttpRequest): Promise<HttpAnswer>;
}
