import { english } from '../../../shared/text/catalogue.ts';
import { practicePath } from './accounts.ts';
import { askingClient, checkParameters } from './client-check.ts';
import { escaped, practicePage, radios, refusalPage, usedPage } from './pages.ts';
import { carriedIn } from './parameters.ts';
import { Refused, type Room } from './room.ts';
import { json, type EngineRequest, type WholeAnswer } from './wire.ts';

const words = english.practice.pages;
const intervalSeconds = 5;

/** Where the code is typed: a page below the endpoint. */
export function devicePagePath(profile: Room['profile']): string | null {
  const path = practicePath(profile, 'device');
  return path === null ? null : `${path}/page`;
}

/** RFC 8628 sections 3.1 and 3.2. */
export function deviceCall(room: Room, request: EngineRequest): WholeAnswer {
  const grant = room.profile.grants.find(({ type }) => type === 'device_code');
  if (grant === undefined || request.method !== 'POST') throw new Refused({ why: 'method' });
  const carried = carriedIn('form', request);
  if (carried.misplaced !== null) throw new Refused({ why: 'place', said: carried.misplaced });
  const app = askingClient(room.ledger, grant.request.clientAuthentication, request, carried.parameters);
  if (app === null) throw new Refused({ why: 'client' });
  const optional = ['client_id', ...(grant.scope === 'when_chosen' ? ['scope'] : [])];
  checkParameters(carried, { required: [], optional }, grant.request);
  const foreign = (carried.parameters.get('scope') ?? '')
    .split(' ')
    .find((scope) => scope !== '' && ![...app.scopes, ...room.profile.practice.scopesOfPeople].includes(scope));
  if (foreign !== undefined) throw new Refused({ why: 'scope', name: foreign });
  const { deviceCode, userCode, lifeMs } = room.devices.issue(app.clientId, intervalSeconds * 1000, room.nowMs());
  const page = `http://${request.headers['host'] ?? '127.0.0.1'}${devicePagePath(room.profile) ?? ''}`;
  return json(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: lifeMs / 1000,
    interval: intervalSeconds,
  });
}

/** The page where a person types the code, or finds it filled in, and says yes or no. */
export function devicePageCall(room: Room, request: EngineRequest): WholeAnswer {
  const system = room.profile.name;
  const nowMs = room.nowMs();
  if (request.method === 'POST') return decided(room, request, nowMs);
  if (request.method !== 'GET') return refusalPage(system, words.refused.method, 405);
  const userCode = (new URLSearchParams(request.query).get('user_code') ?? '').trim().toUpperCase();
  if (userCode === '') return typePage(system, request.path);
  const clientId = room.devices.clientOf(userCode, nowMs);
  const app = clientId === null ? null : room.ledger.appNamed(clientId);
  if (app === null) return refusalPage(system, words.refused.userCode);
  const asked = { page: 'device', apps: [{ clientId: app.clientId, redirectUri: '' }], state: userCode } as const;
  const people = room.ledger.people().map(({ username, accountName }) => ({ value: username, words: accountName }));
  const inner = `<p>${escaped(words.deviceLead(userCode))}</p>
<form method="post" action="${escaped(request.path)}">
<input type="hidden" name="ticket" value="${room.tickets.issue({ ...asked, challenge: null }, nowMs)}">
${radios('person', words.who, people)}
<div class="acts"><button name="answer" value="decline">${escaped(words.decline)}</button><button class="main" name="answer" value="allow">${escaped(words.allow)}</button></div>
</form>`;
  const heading = words.consentHeading(app.name, system);
  return practicePage(200, { title: words.consentTitle(system), heading, inner, formTargets: ['http://127.0.0.1'] });
}

function typePage(system: string, path: string): WholeAnswer {
  const inner = `<form method="get" action="${escaped(path)}"><p><input name="user_code" autocomplete="off" aria-label="${escaped(words.deviceHeading)}"></p><div class="acts"><button class="main">${escaped(words.deviceGoOn)}</button></div></form>`;
  const title = words.consentTitle(system);
  return practicePage(200, { title, heading: words.deviceHeading, inner, formTargets: ['http://127.0.0.1'] });
}

function decided(room: Room, request: EngineRequest, nowMs: number): WholeAnswer {
  const system = room.profile.name;
  const { parameters, repeated, misplaced } = carriedIn('form', request);
  if (misplaced !== null || repeated !== null) return refusalPage(system, words.refused.method);
  const asked = room.tickets.take(parameters.get('ticket') ?? '', nowMs);
  if (asked?.page !== 'device') return usedPage(system);
  const person = room.ledger.person(parameters.get('person') ?? '');
  const declined = parameters.get('answer') === 'decline';
  if (person === null && !declined) return refusalPage(system, words.refused.parameter('person'));
  const said = declined || person === null ? 'declined' : { username: person.username };
  if (!room.devices.say(asked.state ?? '', said, nowMs)) return refusalPage(system, words.refused.userCode);
  const title = words.consentTitle(system);
  const inner = `<p>${escaped(words.deviceGoBack)}</p>`;
  return practicePage(200, { title, heading: words.deviceDone, inner, formTargets: [] });
}
