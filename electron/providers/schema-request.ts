import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { clientAuthentications } from '../oauth/way.ts';

/** Names of the protocol, which no extra parameter may take the place of. */
const protocolParameters = new Set([
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'username',
  'password',
  'refresh_token',
  'access_token',
  'id_token',
  'token',
  'token_type_hint',
  'scope',
  'code',
  'code_verifier',
  'code_challenge',
  'code_challenge_method',
  'redirect_uri',
  'response_type',
  'state',
  'nonce',
]);
export const extraParameters = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), z.string().max(200))
  .refine(
    (extra) => Object.keys(extra).every((name) => !protocolParameters.has(name)),
    'may not override a protocol parameter',
  );

const statusMeans = z.record(z.string().regex(/^4\d\d$/), z.enum(errorCodes));

export const requestShape = z
  .strictObject({
    method: z.enum(['GET', 'POST']),
    parameters: z.enum(['form', 'query', 'json']),
    clientAuthentication: z.enum(clientAuthentications),
    extraParameters,
    statusMeans,
  })
  .refine(
    (request) => (request.method === 'GET') === (request.parameters === 'query'),
    'GET goes with the query, POST with a body',
  );
