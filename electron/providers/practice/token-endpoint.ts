import type { RequestShape } from '../../oauth/way.ts';
import type { Profile } from '../schema.ts';
import { askingClient, checkParameters } from './client-check.ts';
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

/** Every grant that the profile offers, by its `grant_type`. */
function expectedBy(profile: Profile): Map<string, Expected> {
  const parameters: Record<string, readonly string[]> = {
    password: ['username', 'password'],
    client_credentials: [],
    authorization_code: ['code', 'redirect_uri'],
  };
  const all = new Map<string, Expected>();
  for (const { type, request, scope } of profile.grants) {
    // Codes are handed out by a browser's page, which this engine does not play yet.
    if (type === 'authorization_code') continue;
    const optional = scope === 'when_chosen' ? ['scope'] : [];
    all.set(type, { shape: request, required: parameters[type] ?? [], optional });
  }
  if (profile.renewal.by === 'refresh_token') {
    all.set('refresh_token', { shape: profile.renewal.request, required: ['refresh_token'], optional: [] });
  }
  return all;
}

const holderOf = (room: Room, { username, accountId, accountName }: Person): Omit<Issued, 'kind' | 'endsAtMs'> => ({
  username,
  accountId,
  accountName,
  scopes: room.profile.practice.scopesOfPeople,
});

/** The token address: which grant, who asks, with what, and then the tokens. */
export function tokenCall(room: Room, request: EngineRequest): WholeAnswer {
  const { carried, expected, grantType } = grantCall(expectedBy(room.profile), request);
  const app = askingClient(room.ledger, expected.shape.clientAuthentication, request, carried.parameters);
  checkParameters(carried, { ...expected, required: ['grant_type', ...expected.required] }, expected.shape);
  const { parameters } = carried;
  switch (grantType) {
    case 'password':
      return grantPassword(room, parameters.get('username') ?? '', parameters.get('password') ?? '');
    case 'client_credentials':
      return grantClientCredentials(room, app, parameters.get('scope'));
    default:
      return grantRefresh(room, parameters.get('refresh_token') ?? '');
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

function grantPassword(room: Room, username: string, password: string): WholeAnswer {
  const person = room.ledger.person(username);
  if (person?.password !== password) throw new Refused({ why: 'person' });
  return grant(room, holderOf(room, person), room.profile.renewal.by === 'refresh_token');
}

function grantClientCredentials(room: Room, app: PracticeApp | null, asked: string | undefined): WholeAnswer {
  if (app === null) throw new Refused({ why: 'client' });
  const scopes = asked === undefined ? app.scopes : asked.split(' ');
  const foreign = scopes.find((scope) => !app.scopes.includes(scope));
  if (foreign !== undefined) throw new Refused({ why: 'scope', name: foreign });
  const { accountId, accountName } = app;
  return grant(room, { username: null, accountId: accountId ?? '', accountName: accountName ?? '', scopes }, false);
}

function grantRefresh(room: Room, refreshToken: string): WholeAnswer {
  const person = room.ledger.holderOf(refreshToken);
  if (person === null) throw new Refused({ why: 'refresh_token', sent: refreshToken });
  const { renewal } = room.profile;
  const rotates = renewal.by === 'refresh_token' && renewal.newRefreshToken === 'always';
  if (rotates) room.ledger.endRefreshToken(refreshToken);
  return grant(room, holderOf(room, person), rotates);
}

function grant(room: Room, holder: Omit<Issued, 'kind' | 'endsAtMs'>, withRefreshToken: boolean): WholeAnswer {
  const { answer: way, practice } = room.profile;
  const nowMs = room.nowMs();
  const endsAtMs = nowMs + room.lifetimeSeconds * 1000;
  const issue = (kind: TokenKind): string => room.ledger.issue({ ...holder, kind, endsAtMs }, nowMs);
  const members: Record<string, unknown> = {};
  if (way.bearer.field === 'id_token') members['id_token'] = issue('id_token');
  if (withRefreshToken && holder.username !== null)
    members['refresh_token'] = room.ledger.issueRefreshToken(holder.username);
  members['access_token'] = issue('access_token');
  const more: Record<string, unknown> = {
    token_type: 'bearer',
    expires_in: room.lifetimeSeconds,
    scope: holder.scopes.join(' '),
  };
  for (const name of practice.answerMembers) members[name] = more[name];
  return json(200, members);
}
