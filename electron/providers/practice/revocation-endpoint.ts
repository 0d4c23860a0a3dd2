import { askingClient, checkParameters } from './client-check.ts';
import type { TokenKind } from './ledger.ts';
import { unknownPath } from './manners.ts';
import { carriedIn } from './parameters.ts';
import { Refused, type Room } from './room.ts';
import { answer, type EngineRequest, type WholeAnswer } from './wire.ts';

/** The address that takes tokens back, in the profile's way. */
export function revocationCall(room: Room, request: EngineRequest): WholeAnswer {
  const { revocation } = room.profile;
  const bearer = room.profile.answer.bearer.field;
  if (revocation.kind === 'none') return unknownPath(room.profile.practice);
  if (revocation.kind === 'delete_with_token_in_path') {
    if (request.method !== 'DELETE') throw new Refused({ why: 'method' });
    if (request.query !== '' || request.body !== '') throw new Refused({ why: 'place', said: 'only the path is read' });
    const token = decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1));
    if (!room.ledger.endToken(token)) throw new Refused({ why: 'revoked_token', sent: token });
    return answer(200, 'text/plain', revocation.successBody ?? '');
  }
  if (request.method !== 'POST') throw new Refused({ why: 'method' });
  const carried = carriedIn('form', request);
  if (carried.misplaced !== null) throw new Refused({ why: 'place', said: carried.misplaced });
  askingClient(room.ledger, revocation.clientAuthentication, request, carried.parameters);
  const rfc = revocation.kind === 'rfc7009';
  const parameter = rfc ? 'token' : revocation.parameter.name;
  checkParameters(carried, { required: [parameter], optional: rfc ? ['token_type_hint'] : [] }, revocation);
  const token = carried.parameters.get(parameter) ?? '';
  if (revocation.kind === 'rfc7009') {
    // RFC 7009 section 2.2: a token nobody knows is revoked already; 2.1: what came with a refresh token ends with it.
    const family = room.ledger.familyOf(token);
    if (revocation.reach === 'this_access_token') room.ledger.endToken(token);
    else if (family !== null) room.ledger.endFamily(family);
    return answer(200, 'text/plain', '');
  }
  const kind: TokenKind = revocation.token === 'id_token' ? 'id_token' : 'access_token';
  const issued = room.ledger.living(token, kind, room.nowMs());
  if (issued?.username == null) throw new Refused({ why: 'revoked_token', sent: token });
  room.ledger.revokeAll(issued.username, bearer);
  return answer(200, 'text/plain', '');
}
