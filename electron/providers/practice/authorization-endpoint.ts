import { english } from '../../../shared/text/catalogue.ts';
import { decided, sendBack } from './consent.ts';
import type { PracticeApp } from './ledger.ts';
import { escaped, practicePage, radios, refusalPage } from './pages.ts';
import { carriedIn } from './parameters.ts';
import type { Room } from './room.ts';
import type { Asked } from './tickets.ts';
import type { EngineRequest, WholeAnswer } from './wire.ts';

const words = english.practice.pages;
const required = ['response_type', 'client_id', 'redirect_uri', 'state', 'code_challenge', 'code_challenge_method'];

/**
 * Where the browser is sent (RFC 6749 section 4.1.1 with RFC 7636). A person decides on a page; until the client and
 * its redirect address are known to be right nobody is redirected, or this would lead browsers wherever a link says.
 */
export function authorizationCall(room: Room, request: EngineRequest): WholeAnswer {
  const system = room.profile.name;
  if (request.method === 'POST') return decided(room, request, 'consent');
  if (request.method !== 'GET') return refusalPage(system, words.refused.method, 405);
  const { parameters, repeated, misplaced } = carriedIn('query', request);
  if (misplaced !== null) return refusalPage(system, words.refused.method);
  const odd = repeated ?? oddParameter(room, parameters);
  if (odd !== null) return refusalPage(system, words.refused.parameter(odd));
  const value = (name: string): string => parameters.get(name) ?? '';
  const app = room.ledger.appNamed(value('client_id'));
  if (app === null) return refusalPage(system, words.refused.client);
  const redirectUri = value('redirect_uri');
  if (!room.ledger.redirectsOf(app.clientId).includes(redirectUri)) return refusalPage(system, words.refused.redirect);
  const error = errorIn(room, app, value);
  const state = value('state');
  if (error !== null) return sendBack(redirectUri, { error, state });
  return consentPage(room, app, request.path, {
    page: 'consent',
    apps: [{ clientId: app.clientId, redirectUri }],
    state,
    challenge: value('code_challenge'),
  });
}

/** Missing, empty, or one that nobody asked for. */
function oddParameter({ profile }: Room, parameters: Map<string, string>): string | null {
  const extra = Object.keys(profile.authorization?.extraParameters ?? {});
  const all = [...required, ...extra];
  const takesScope = profile.grants.some(({ type, scope }) => type === 'authorization_code' && scope === 'when_chosen');
  const known = new Set(takesScope ? [...all, 'scope', 'prompt'] : all);
  const missing = all.find((name) => (parameters.get(name) ?? '') === '');
  const odd = [...parameters].find(([name, value]) => !known.has(name) || value === '');
  return missing ?? odd?.[0] ?? null;
}

/** What the client is told by way of the browser (section 4.1.2.1). */
function errorIn({ profile }: Room, app: PracticeApp, value: (name: string) => string): string | null {
  if (value('response_type') !== 'code') return 'unsupported_response_type';
  if (value('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(value('code_challenge')))
    return 'invalid_request';
  const extra = Object.entries(profile.authorization?.extraParameters ?? {});
  if (extra.some(([name, expected]) => value(name) !== expected)) return 'invalid_request';
  const scopes = value('scope') === '' ? [] : value('scope').split(' ');
  const offered = [...app.scopes, ...profile.practice.scopesOfPeople];
  return scopes.every((scope) => offered.includes(scope)) ? null : 'invalid_scope';
}

function consentPage(room: Room, app: PracticeApp, path: string, asked: Asked): WholeAnswer {
  const system = room.profile.name;
  const redirectUri = asked.apps[0]?.redirectUri ?? '';
  const people = room.ledger.people().map(({ username, accountName }) => ({
    value: username,
    words: accountName === username ? username : `${accountName} (${username})`,
  }));
  const inner = `<p>${escaped(words.consentLead)}</p>
<form method="post" action="${escaped(path)}">
<input type="hidden" name="ticket" value="${room.tickets.issue(asked, room.nowMs())}">
${radios('person', words.who, people)}
<div class="acts"><button name="answer" value="decline">${escaped(words.decline)}</button><button class="main" name="answer" value="allow">${escaped(words.allow)}</button></div>
</form>
<p class="dim">${escaped(words.comesBack(new URL(redirectUri).host))}</p>`;
  return practicePage(200, {
    title: words.consentTitle(system),
    heading: words.consentHeading(app.name, system),
    inner,
    formTargets: [redirectUri],
  });
}
