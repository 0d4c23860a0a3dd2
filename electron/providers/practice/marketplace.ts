import { english } from '../../../shared/text/catalogue.ts';
import { decided } from './consent.ts';
import { escaped, practicePage, radios, refusalPage } from './pages.ts';
import type { Room } from './room.ts';
import type { EngineRequest, WholeAnswer } from './wire.ts';

const words = english.practice.pages;

/**
 * Where a sign-in begins at the provider: a company installs an app, and its browser goes to that app's redirect
 * address with a code alone, since no request of the app's came before and so no state.
 */
export function marketplaceCall(room: Room, request: EngineRequest): WholeAnswer {
  const system = room.profile.name;
  if (request.method === 'POST') return decided(room, request, 'marketplace');
  if (request.method !== 'GET') return refusalPage(system, words.refused.method, 405);
  const apps = room.ledger.apps().flatMap(({ clientId, name }) => {
    const redirectUri = room.ledger.redirectsOf(clientId).at(-1);
    return redirectUri === undefined ? [] : [{ clientId, name, redirectUri }];
  });
  const title = words.marketplaceTitle(system);
  const [first] = apps;
  if (first === undefined) {
    const inner = `<p>${escaped(words.nobodyLead)}</p>`;
    return practicePage(200, { title, heading: words.nobodyTitle, inner, formTargets: [] });
  }
  const companies = room.ledger.people().map(({ username, accountName }) => ({ value: username, words: accountName }));
  const choices = apps.map(({ clientId, name }) => ({ value: clientId, words: name }));
  const ticket = room.tickets.issue({ page: 'marketplace', apps, state: null, challenge: null }, room.nowMs());
  const inner = `<p>${escaped(words.marketplaceLead)}</p>
<form method="post" action="${escaped(request.path)}">
<input type="hidden" name="ticket" value="${ticket}">
${apps.length > 1 ? radios('app', words.app, choices) : ''}
${radios('person', words.company, companies)}
<div class="acts"><button class="main" name="answer" value="allow">${escaped(words.install)}</button></div>
</form>
<p class="dim">${escaped(words.goesTo(new URL(first.redirectUri).host))}</p>`;
  return practicePage(200, {
    title,
    heading: words.marketplaceHeading(first.name),
    inner,
    formTargets: apps.map(({ redirectUri }) => redirectUri),
  });
}
