import { randomUUID } from 'node:crypto';
import type { Issued } from './ledger.ts';
import { refuseApiCall, refuseForScope } from './manners.ts';
import type { Room } from './room.ts';
import { json, type EngineRequest, type WholeAnswer } from './wire.ts';

/** The API, as far as the test calls go. */
export function apiCall(room: Room, request: EngineRequest): WholeAnswer {
  const { practice, presentation, tests, answer: way } = room.profile;
  const call = tests.find((candidate) => candidate.path?.split('?')[0] === request.path) ?? tests[0];
  const limits = rateHeaders(room);
  const withLimits = (given: WholeAnswer): WholeAnswer => ({ ...given, headers: { ...given.headers, ...limits } });
  if (request.method !== 'GET') return withLimits(refuseApiCall(request.path, 'method', practice));
  const token =
    presentation.place === 'header'
      ? /^bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
      : new URLSearchParams(request.query).get(presentation.parameter);
  const issued = room.ledger.living(token ?? '', way.bearer.field, room.nowMs());
  if (issued === null) return withLimits(refuseApiCall(request.path, 'token', practice, token ?? null));
  if (call.neededScope !== null && !issued.scopes.includes(call.neededScope)) {
    return withLimits(refuseForScope(call.neededScope, practice));
  }
  return withLimits(json(200, filled(practice.testAnswers[call.id], issued)));
}

/** Connecteam's windows (providers.md): shown, not enforced; a fault plays the day they are used up. */
function rateHeaders(room: Room): Record<string, string> {
  if (!room.profile.practice.rateHeaders) return {};
  const nowSeconds = Math.floor(room.nowMs() / 1000);
  return {
    'x-ratelimit-minute-limit': '100',
    'x-ratelimit-minute-remaining': '99',
    'x-ratelimit-minute-reset': String((Math.floor(nowSeconds / 60) + 1) * 60),
    'x-ratelimit-day-limit': '10000',
    'x-ratelimit-day-remaining': '9999',
    'x-ratelimit-day-reset': String((Math.floor(nowSeconds / 86_400) + 1) * 86_400),
  };
}

/** The profile's answer with whose account it is. */
function filled(template: unknown, issued: Issued): unknown {
  if (typeof template === 'string') {
    if (template === '{accountIdNumber}') return Number(issued.accountId);
    return template
      .replace('{accountId}', issued.accountId)
      .replace('{accountName}', issued.accountName)
      .replace('{requestId}', randomUUID());
  }
  if (Array.isArray(template)) return template.map((item: unknown) => filled(item, issued));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, issued)]));
}
