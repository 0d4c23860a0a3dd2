import { randomUUID } from 'node:crypto';
import type { RequestShape } from '../../oauth/way.ts';
import type { Profile } from '../schema.ts';
import { askingClient, checkParameters } from './client-check.ts';
import { fitsChallenge } from './code-book.ts';
import type { Issued, Person, PracticeApp, TokenKind } from './ledger.ts';
import { carriedIn, type Carried, type Place } from './parameters.ts';
import { Refused, type Room } from './room.ts';
import { json, type EngineRequest, type WholeAnswer } from './wire.ts';

/** How a grant has to be asked for: the profile's shape and exactly these parameters. */
interface Expected {
  shape: RequestShape;
  required: readonly string[];
  optional: readonly string[];
}

/** A body in form or in JSON; what goes into the query stays there. */
const encoded = (request: RequestShape, { tokenParameters }: Room): RequestShape =>
  tokenParameters === null || request.parameters === 'query' ? request : { ...request, parameters: tokenParameters };

const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** Every grant that the profile offers, by its `grant_type`. */
function expectedBy(room: Room): Map<string, Expected> {
  const { profile } = room;
  const all = new Map<string, Expected>();
  for (const { type, request, scope } of profile.grants) {
    const { required, optional } = parametersOf(profile, type);
    const may =
      scope === 'when_chosen' && type !== 'authorization_code' && type !== 'device_code'
        ? [...optional, 'scope']
        : optional;
    all.set(type === 'device_code' ? deviceGrantType : type, {
      shape: encoded(request, room),
      required,
      optional: may,
    });
  }
  if (profile.renewal.by === 'refresh_token') {
    const shape = encoded(profile.renewal.request, room);
    const optional = mayNameRedirect(profile) ? ['redirect_uri'] : [];
    all.set('refresh_token', { shape, required: ['refresh_token'], optional });
  }
  return all;
}

function parametersOf(
  { authorization }: Profile,
  type: Profile['grants'][number]['type'],
): Pick<Expected, 'required' | 'optional'> {
  switch (type) {
    case 'password':
      return { required: ['username', 'password'], optional: [] };
    case 'client_credentials':
      return { required: [], optional: [] };
    case 'device_code':
      return { required: ['device_code'], optional: [] };
    case 'authorization_code':
      // Where the provider begins, no challenge could have come, so a verifier has nothing to fit.
      return {
        required: ['code', 'redirect_uri'],
        optional: authorization?.startedBy === 'client' ? ['code_verifier'] : [],
      };
  }
}

/** T-Gate's table of parameters does not limit it to the code, so it may come with a renewal or not. */
function mayNameRedirect({ renewal, choices }: Profile): boolean {
  if (renewal.by === 'refresh_token' && renewal.sendsRedirectUri) return true;
  return choices.some(({ values }) => values.some(({ sets }) => sets.renewalSendsRedirectUri !== undefined));
}

/** Whose tokens are given, by which sign-in and through which app. */
interface Holder extends Omit<Issued, 'kind' | 'endsAtMs'> {
  clientId: string | null;
}

const holderOf = (
  room: Room,
  { username, accountId, accountName }: Person,
  signIn: Pick<Holder, 'family' | 'clientId'>,
): Holder => ({ username, accountId, accountName, scopes: room.profile.practice.scopesOfPeople, ...signIn });

/** The token address: which grant, who asks, with what, and then the tokens. */
export function tokenCall(room: Room, request: EngineRequest): WholeAnswer {
  const { carried, expected, grantType } = grantCall(expectedBy(room), request);
  const app = askingClient(room.ledger, expected.shape.clientAuthentication, request, carried.parameters);
  checkParameters(carried, { ...expected, required: ['grant_type', ...expected.required] }, expected.shape);
  const { parameters } = carried;
  switch (grantType) {
    case 'password':
      return grantPassword(room, app, parameters.get('username') ?? '', parameters.get('password') ?? '');
    case 'client_credentials':
      return grantClientCredentials(room, app, parameters.get('scope'));
    case 'authorization_code':
      return grantCode(room, app, parameters);
    case deviceGrantType:
      return grantDevice(room, app, parameters.get('device_code') ?? '');
    default:
      return grantRefresh(room, app, parameters);
  }
}

/** Which grant is asked for, found in the place and by the method that this provider takes it. */
function grantCall(
  all: ReadonlyMap<string, Expected>,
  request: EngineRequest,
): { carried: Carried; expected: Expected; grantType: string } {
  const shapes = [...all.values()].map((entry) => entry.shape);
  const places = new Set<Place>(
    shapes.filter((shape) => shape.method === request.method).map((shape) => shape.parameters),
  );
  if (places.size === 0) throw new Refused({ why: 'method' });
  let misplaced: string | null = null;
  for (const place of places) {
    const carried = carriedIn(place, request);
    if (carried.misplaced !== null) {
      misplaced = carried.misplaced;
      continue;
    }
    const grantType = carried.parameters.get('grant_type');
    if (grantType === undefined) throw new Refused({ why: 'parameter', name: 'grant_type', said: 'Field required' });
    const expected = all.get(grantType);
    if (expected === undefined) throw new Refused({ why: 'grant_type' });
    if (expected.shape.method === request.method && expected.shape.parameters === place) {
      return { carried, expected, grantType };
    }
  }
  throw new Refused({ why: 'place', said: misplaced ?? 'this grant is asked for another way' });
}

function grantPassword(room: Room, app: PracticeApp | null, username: string, password: string): WholeAnswer {
  const person = room.ledger.person(username);
  if (person?.password !== password) throw new Refused({ why: 'person' });
  const signIn = { family: randomUUID(), clientId: app?.clientId ?? null };
  return grant(room, holderOf(room, person, signIn), room.profile.renewal.by === 'refresh_token');
}

/** RFC 6749 section 4.4: for confidential clients alone, since the keys are all that is proved. */
function grantClientCredentials(room: Room, app: PracticeApp | null, asked: string | undefined): WholeAnswer {
  if (app === null || app.clientSecret === '') throw new Refused({ why: 'client' });
  const scopes = asked === undefined ? app.scopes : asked.split(' ');
  const foreign = scopes.find((scope) => !app.scopes.includes(scope));
  if (foreign !== undefined) throw new Refused({ why: 'scope', name: foreign });
  const account = { accountId: app.accountId ?? app.clientId, accountName: app.accountName ?? app.name };
  return grant(room, { username: null, ...account, scopes, family: randomUUID(), clientId: app.clientId }, false);
}

/** RFC 6749 section 4.1.3 and RFC 7636 section 4.6. A code that failed once is spent as well: nobody may try on. */
function grantCode(room: Room, app: PracticeApp | null, parameters: Map<string, string>): WholeAnswer {
  const code = parameters.get('code') ?? '';
  const refused = (said: string): Refused => new Refused({ why: 'code', said, sent: code });
  const issued = room.codes.find(code);
  if (issued === null || app?.clientId !== issued.clientId) throw refused('this app was given no such code');
  if (issued.used) {
    // Section 4.1.2: two who have the code, and nobody knows which of them is the app.
    room.ledger.endFamily(issued.family);
    throw refused('the code was used before');
  }
  room.codes.spend(code);
  if (issued.endsAtMs <= room.nowMs()) throw refused('the code is too old');
  if (issued.redirectUri !== parameters.get('redirect_uri')) throw refused('redirect_uri is not the one of the code');
  if (issued.challenge !== null && !fitsChallenge(parameters.get('code_verifier'), issued.challenge))
    throw refused('code_verifier does not fit the challenge');
  const person = room.ledger.person(issued.username);
  if (person === null) throw refused('this person is gone');
  return grant(room, holderOf(room, person, issued), room.profile.renewal.by === 'refresh_token');
}

/** RFC 8628 section 3.5. */
function grantDevice(room: Room, app: PracticeApp | null, deviceCode: string): WholeAnswer {
  const clientId = app?.clientId ?? '';
  const said = room.devices.ask(deviceCode, clientId, room.nowMs());
  if (said === 'pending') throw new Refused({ why: 'device', code: 'authorization_pending' });
  if (said === 'slow_down') throw new Refused({ why: 'device', code: 'slow_down' });
  if (said === 'declined') throw new Refused({ why: 'device', code: 'access_denied' });
  const person = said === 'ended' ? null : room.ledger.person(said.username);
  if (person === null) throw new Refused({ why: 'device', code: 'expired_token' });
  const signIn = { family: randomUUID(), clientId };
  return grant(room, holderOf(room, person, signIn), room.profile.renewal.by === 'refresh_token');
}

function grantRefresh(room: Room, app: PracticeApp | null, parameters: Map<string, string>): WholeAnswer {
  const refreshToken = parameters.get('refresh_token') ?? '';
  const held = room.ledger.livingRefreshToken(refreshToken);
  // Bound to the app it was given to (RFC 6749 section 6), as far as anybody says who asks.
  const another = app !== null && held?.clientId != null && held.clientId !== app.clientId;
  if (held === null || another) throw new Refused({ why: 'refresh_token', sent: refreshToken });
  const redirectUri = parameters.get('redirect_uri');
  if (redirectUri !== undefined && !room.ledger.redirectsOf(app?.clientId ?? '').includes(redirectUri))
    throw new Refused({ why: 'redirect' });
  const rotates = room.rotates();
  if (rotates) room.ledger.endRefreshToken(refreshToken);
  return grant(room, holderOf(room, held.person, held), rotates);
}

function grant(room: Room, { clientId, ...holder }: Holder, withRefreshToken: boolean): WholeAnswer {
  const { answer: way, practice } = room.profile;
  const nowMs = room.nowMs();
  const endsAtMs = nowMs + room.lifetimeSeconds * 1000;
  const issue = (kind: TokenKind): string => room.ledger.issue({ ...holder, kind, endsAtMs }, nowMs);
  const members: Record<string, unknown> = {};
  if (way.bearer.field === 'id_token') members['id_token'] = issue('id_token');
  if (withRefreshToken && holder.username !== null)
    members['refresh_token'] = room.ledger.issueRefreshToken({
      username: holder.username,
      clientId,
      family: holder.family,
    });
  members['access_token'] = issue('access_token');
  const more: Record<string, unknown> = {
    token_type: 'bearer',
    expires_in: room.lifetimeSeconds,
    scope: holder.scopes.join(' '),
  };
  for (const name of practice.answerMembers) members[name] = more[name];
  return json(200, members);
}
