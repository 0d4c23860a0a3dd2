/** One request as the engine reads it: no socket, no node:http. */
export interface EngineRequest {
  method: string;
  path: string;
  /** Raw, without the question mark. */
  query: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface WholeAnswer {
  kind: 'answer';
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** To be held back that long by whoever owns the socket. */
  afterMs: number;
}

export type EngineAnswer = WholeAnswer | { kind: 'drop' } | { kind: 'never' };

export function answer(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): WholeAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': contentType, 'cache-control': 'no-store', ...headers },
    body,
    afterMs: 0,
  };
}

export function json(status: number, members: unknown, headers: Record<string, string> = {}): WholeAnswer {
  return answer(status, 'application/json', JSON.stringify(members), headers);
}

export function page(status: number): WholeAnswer {
  return answer(
    status,
    'text/html; charset=utf-8',
    '<!doctype html><html><head><title>Welcome</title></head><body>Welcome</body></html>',
  );
}
