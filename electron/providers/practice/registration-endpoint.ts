import { refuseApiCall, unknownPath } from './manners.ts';
import { carriedIn } from './parameters.ts';
import type { Room } from './room.ts';
import { json, type EngineRequest, type WholeAnswer } from './wire.ts';

/** Where an app registers itself with an ID and a secret of its own making. Its errors are the API's third shape. */
export function registrationCall(room: Room, request: EngineRequest): WholeAnswer {
  const { registration, practice } = room.profile;
  if (registration === null) return unknownPath(practice);
  if (request.method !== 'POST') return refuseApiCall(request.path, 'method', practice);
  const refuse = (message: string, status = 400): WholeAnswer => json(status, { message, status });
  const { parameters, misplaced } = carriedIn('json', request);
  if (misplaced !== null) return refuse(misplaced);
  const { clientId, clientSecret, name, description, redirectUri } = registration.members;
  const { platform, fixed } = registration;
  for (const member of [clientId, clientSecret, name, description, ...Object.keys(fixed)]) {
    if ((parameters.get(member) ?? '') === '') return refuse(`${member} field is required`);
  }
  const known = new Set([...Object.values(registration.members), platform.member, ...Object.keys(fixed)]);
  for (const member of parameters.keys()) if (!known.has(member)) return refuse(`${member} field is unknown`);
  const id = parameters.get(clientId) ?? '';
  const secret = parameters.get(clientSecret) ?? '';
  const app = { name: parameters.get(name) ?? '', clientId: id, clientSecret: secret, scopes: [] };
  if (!room.ledger.addApp({ ...app, accountId: null, accountName: null })) return refuse(`${id} is taken`, 409);
  const redirect = parameters.get(redirectUri) ?? '';
  if (redirect !== '') room.ledger.registerRedirect(id, redirect);
  const echoed = [...parameters].filter(([member]) => member !== clientSecret);
  return json(200, { ...Object.fromEntries(echoed), type: 'Client', url: `/v1/clients/${id}` });
}
