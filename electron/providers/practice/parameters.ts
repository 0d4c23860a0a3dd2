import type { EngineRequest } from './wire.ts';

export type Place = 'form' | 'query' | 'json';

/** What a request carries in one place, and what is wrong with how it carries it. */
export interface Carried {
  parameters: Map<string, string>;
  /** A name that came more than once: no server should have to choose (RFC 6749 section 3.2). */
  repeated: string | null;
  /** Null where the rest of the request is as it has to be for this place. */
  misplaced: string | null;
}

const mediaType = (request: EngineRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function pairsOf(text: string): Pick<Carried, 'parameters' | 'repeated'> {
  const parameters = new Map<string, string>();
  let repeated: string | null = null;
  for (const [name, value] of new URLSearchParams(text)) {
    if (parameters.has(name)) repeated ??= name;
    parameters.set(name, value);
  }
  return { parameters, repeated };
}

function pairsOfJson(text: string): Map<string, string> | null {
  try {
    const members: unknown = JSON.parse(text);
    if (typeof members !== 'object' || members === null || Array.isArray(members)) return null;
    const entries = Object.entries(members);
    return entries.every(([, value]) => typeof value === 'string') ? new Map(entries as [string, string][]) : null;
  } catch {
    return null;
  }
}

/** Reads the parameters where they have to be; anything anywhere else is said in `misplaced`. */
export function carriedIn(place: Place, request: EngineRequest): Carried {
  if (place === 'query') {
    const misplaced = request.body === '' ? null : 'a body where parameters belong in the query';
    return { ...pairsOf(request.query), misplaced };
  }
  if (request.query !== '') {
    return { parameters: new Map(), repeated: null, misplaced: 'parameters in the query' };
  }
  if (place === 'json') {
    const members = mediaType(request) === 'application/json' ? pairsOfJson(request.body) : null;
    if (members === null) return { parameters: new Map(), repeated: null, misplaced: 'a JSON object is required' };
    return { parameters: members, repeated: null, misplaced: null };
  }
  if (mediaType(request) !== 'application/x-www-form-urlencoded') {
    return { parameters: new Map(), repeated: null, misplaced: 'application/x-www-form-urlencoded is required' };
  }
  return { ...pairsOf(request.body), misplaced: null };
}
