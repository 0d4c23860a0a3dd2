import { askingClient, checkParameters } from './client-check.ts';
import { unknownPath } from './manners.ts';
import { carriedIn } from './parameters.ts';
import { Refused, type Room } from './room.ts';
import { json, type EngineRequest, type WholeAnswer } from './wire.ts';

/** RFC 7662: of a token that does not work only that is told (section 2.2). */
export function introspectionCall(room: Room, request: EngineRequest): WholeAnswer {
  const { introspection, answer } = room.profile;
  if (introspection === null) return unknownPath(room.profile.practice);
  if (request.method !== 'POST') throw new Refused({ why: 'method' });
  const carried = carriedIn('form', request);
  if (carried.misplaced !== null) throw new Refused({ why: 'place', said: carried.misplaced });
  askingClient(room.ledger, introspection.clientAuthentication, request, carried.parameters);
  checkParameters(carried, { required: ['token'], optional: ['token_type_hint'] }, introspection);
  const issued = room.ledger.living(carried.parameters.get('token') ?? '', answer.bearer.field, room.nowMs());
  if (issued === null) return json(200, { active: false });
  return json(200, {
    active: true,
    sub: issued.accountId,
    username: issued.accountName,
    scope: issued.scopes.join(' '),
    exp: Math.floor(issued.endsAtMs / 1000),
  });
}
