import { randomUUID } from 'node:crypto';
import type { Issued } from './ledger.ts';
import { refuseApiCall, refuseForScope } from './manners.ts';
import type { Room } from './room.ts';
import { json, page, type EngineRequest, type WholeAnswer } from './wire.ts';

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
  // Taskade answers a browser with a page (providers.md, K6): whoever wants JSON has to say so.
  if (practice.pageWithoutAccept.includes(call.id) && !acceptsJson(request)) return page(200);
  const issued = room.ledger.living(token ?? '', way.bearer.field, room.nowMs()) ?? madeByHand(room, token ?? '');
  if (issued === null) return withLimits(refuseApiCall(request.path, 'token', practice, token ?? null));
  if (call.neededScope !== null && !issued.scopes.includes(call.neededScope)) {
    return withLimits(refuseForScope(call.neededScope, practice));
  }
  return withLimits(json(200, filled(practice.testAnswers[call.id], issued)));
}

const acceptsJson = (request: EngineRequest): boolean =>
  /(^|,)\s*application\/json\s*(;|,|$)/i.test(request.headers['accept'] ?? '');

/** A personal access token may do what its person may, whatever kind of token the API takes from a sign-in. */
function madeByHand(room: Room, token: string): Pick<Issued, 'scopes' | 'accountId' | 'accountName'> | null {
  const person = room.personalTokens.holder(token);
  return person === null ? null : { ...person, scopes: room.profile.practice.scopesOfPeople };
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
function filled(template: unknown, issued: Pick<Issued, 'accountId' | 'accountName'>): unknown {
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
