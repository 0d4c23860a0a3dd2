import type { EndpointKind } from '../../../shared/model/provider.ts';
import { Secret } from '../../secret.ts';
import type { Place } from './parameters.ts';
import type { EngineAnswer, EngineRequest } from './wire.ts';

/** What the engine listens on: the profile's addresses, and pages and calls beside them. */
export type EngineEndpoint = EndpointKind | 'registration' | 'marketplace' | 'device_page';

/** One request as the engine saw it: names, places and fingerprints, never a value. */
export interface RequestRecord {
  atMs: number;
  endpoint: EngineEndpoint | null;
  method: string;
  path: string;
  place: Place | 'none';
  parameterNames: string[];
  grantType: string | null;
  /** `Basic`, `Bearer`, …; null where no such header came. */
  authorization: string | null;
  contentType: string | null;
  /** First 8 hex digits of the SHA-256, by parameter name; `authorization` is that of the credential. */
  fingerprints: Record<string, string>;
  answered: number | 'dropped' | 'never';
  fault: string | null;
}

function placeOf(request: EngineRequest): Place | 'none' {
  if (request.body !== '') return request.headers['content-type']?.includes('json') === true ? 'json' : 'form';
  return request.query === '' ? 'none' : 'query';
}

function parametersOf(request: EngineRequest, place: Place | 'none'): [string, string][] {
  if (place === 'none') return [];
  if (place !== 'json') return [...new URLSearchParams(place === 'query' ? request.query : request.body)];
  try {
    return Object.entries(JSON.parse(request.body) as Record<string, unknown>).map(([name, value]) => [
      name,
      String(value),
    ]);
  } catch {
    return [];
  }
}

export function recordOf(
  request: EngineRequest,
  seen: { atMs: number; endpoint: EngineEndpoint | null; path: string; answer: EngineAnswer; fault: string | null },
): RequestRecord {
  const place = placeOf(request);
  const parameters = parametersOf(request, place);
  const [scheme, credential] = (request.headers['authorization'] ?? '').split(' ', 2);
  const fingerprints = Object.fromEntries(parameters.map(([name, value]) => [name, new Secret(value).fingerprint()]));
  if (credential !== undefined) fingerprints['authorization'] = new Secret(credential).fingerprint();
  return {
    atMs: seen.atMs,
    endpoint: seen.endpoint,
    method: request.method,
    path: seen.path,
    place,
    parameterNames: parameters.map(([name]) => name).sort(),
    grantType: parameters.find(([name]) => name === 'grant_type')?.[1] ?? null,
    authorization: scheme === undefined || scheme === '' ? null : scheme,
    contentType: request.headers['content-type'] ?? null,
    fingerprints,
    answered: seen.answer.kind === 'answer' ? seen.answer.status : seen.answer.kind === 'drop' ? 'dropped' : 'never',
    fault: seen.fault,
  };
}
