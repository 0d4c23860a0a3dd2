import { randomUUID } from 'node:crypto';
import { english } from '../../../shared/text/catalogue.ts';
import { refusalPage, usedPage } from './pages.ts';
import { carriedIn } from './parameters.ts';
import type { Room } from './room.ts';
import type { Asked } from './tickets.ts';
import { answer, type EngineRequest, type WholeAnswer } from './wire.ts';

const words = english.practice.pages.refused;

/** Sends the browser back; a query that the redirect address has of its own stays (RFC 6749 section 3.1.2). */
export function sendBack(redirectUri: string, parameters: Record<string, string>): WholeAnswer {
  const query = new URLSearchParams(parameters).toString();
  const location = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
  return answer(302, 'text/plain', '', { location, 'referrer-policy': 'no-referrer' });
}

/** The form of a page comes back: a ticket, who the person is, and what they say. */
export function decided(room: Room, request: EngineRequest, page: Asked['page']): WholeAnswer {
  const system = room.profile.name;
  const { parameters, repeated, misplaced } = carriedIn('form', request);
  if (misplaced !== null) return refusalPage(system, words.method);
  const known = ['ticket', 'person', 'app', 'answer'];
  const odd = repeated ?? [...parameters.keys()].find((name) => !known.includes(name));
  if (odd !== undefined) return refusalPage(system, words.parameter(odd));
  const asked = room.tickets.take(parameters.get('ticket') ?? '', room.nowMs());
  if (asked?.page !== page) return usedPage(system);
  const app = asked.apps.find(({ clientId }) => clientId === (parameters.get('app') ?? asked.apps[0]?.clientId));
  if (app === undefined) return refusalPage(system, words.parameter('app'));
  const state: Record<string, string> = asked.state === null ? {} : { state: asked.state };
  const said = parameters.get('answer');
  if (said === 'decline' && page === 'consent') {
    return sendBack(app.redirectUri, {
      error: 'access_denied',
      error_description: 'The person said no',
      ...state,
    });
  }
  const person = room.ledger.person(parameters.get('person') ?? '');
  if (said !== 'allow' || person === null) return refusalPage(system, words.parameter(person ? 'answer' : 'person'));
  const grant = { ...app, challenge: asked.challenge, username: person.username, family: randomUUID() };
  return sendBack(app.redirectUri, { code: room.codes.issue(grant, room.nowMs()), ...state });
}
