import type { ClientAuth } from 'oauth4webapi';
import { AppError } from '../../shared/errors.ts';
import type { ClientAuthentication, ClientKeys } from './way.ts';

/** The library calls a `ClientAuth` with the body and headers it is about to send. */
export type Authenticate = ClientAuth;

function secretOf(client: ClientKeys): string {
  if (client.clientSecret === null) throw new AppError('field_missing', { field: 'clientSecret' });
  return client.clientSecret.reveal();
}

function idOf(client: ClientKeys): string {
  if (client.clientId === '') throw new AppError('field_missing', { field: 'clientId' });
  return client.clientId;
}

/** RFC 6749 appendix B: form-encoded, so a space is `+`. */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`, 'utf8').toString('base64')}`;
}

/**
 * TeamGantt, Connecteam and T-Gate document base64 of the raw `id:secret`. Form-encoding both first, as RFC 6749
 * section 2.3.1 asks and oauth4webapi does, would break every secret with a space or a slash in it (T3, C1).
 */
function basicRaw(client: ClientKeys): Authenticate {
  const secret = secretOf(client);
  const clientId = idOf(client);
  // RFC 7617 section 2: the first colon ends the user-id, so one inside it would move the border.
  if (clientId.includes(':')) throw new AppError('bad_input', { field: 'clientId' });
  const header = basic(clientId, secret);
  return (_server, _client, _body, headers) => headers.set('authorization', header);
}

function basicRfc(client: ClientKeys): Authenticate {
  const header = basic(formEncoded(idOf(client)), formEncoded(secretOf(client)));
  return (_server, _client, _body, headers) => headers.set('authorization', header);
}

function inBody(client: ClientKeys): Authenticate {
  const clientId = idOf(client);
  return (_server, _client, body) => {
    body.set('client_id', clientId);
    if (client.clientSecret !== null) body.set('client_secret', client.clientSecret.reveal());
  };
}

/** Nothing at all: not even the client ID, which the library's own `None()` would send (T4). */
const nothing: Authenticate = () => undefined;

/** Throws `field_missing` where the method needs a secret and the app has none. */
export function clientAuthentication(how: ClientAuthentication, client: ClientKeys): Authenticate {
  switch (how) {
    case 'basic_raw':
      return basicRaw(client);
    case 'basic_rfc':
      return basicRfc(client);
    case 'body':
      return inBody(client);
    case 'id_alone':
      return inBody({ ...client, clientSecret: null });
    case 'none':
      return nothing;
  }
}

/** The library wants an ID also where none is sent; what is sent is decided above. */
export function registeredAs(client: ClientKeys): { client_id: string } {
  return { client_id: client.clientId === '' ? 'none' : client.clientId };
}
