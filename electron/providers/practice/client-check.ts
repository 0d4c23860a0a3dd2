import type { ClientAuthentication } from '../../oauth/way.ts';
import type { Ledger, PracticeApp } from './ledger.ts';
import type { Carried } from './parameters.ts';
import { Refused } from './room.ts';
import type { EngineRequest } from './wire.ts';

/**
 * Who asks. Where the provider needs no client authentication a right header is taken and a wrong one refused:
 * third-party clients of TeamGantt send theirs on refresh, too, and it works (providers.md).
 */
export function askingClient(
  ledger: Ledger,
  how: ClientAuthentication,
  request: EngineRequest,
  parameters: Map<string, string>,
): PracticeApp | null {
  const header = request.headers['authorization'];
  if (how === 'body' || how === 'id_alone') {
    const app = ledger.app(parameters.get('client_id') ?? '', parameters.get('client_secret') ?? null);
    if (app === null || header !== undefined) throw new Refused({ why: 'client' });
    return app;
  }
  if (header === undefined && how === 'none') return null;
  const app = header === undefined ? null : basic(ledger, header, how === 'none' ? 'basic_raw' : how);
  if (app === null) throw new Refused({ why: 'client' });
  return app;
}

function basic(ledger: Ledger, header: string, how: 'basic_raw' | 'basic_rfc'): PracticeApp | null {
  const encoded = /^basic ([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const parts = [text.slice(0, colon), text.slice(colon + 1)];
  const [id, secret] =
    how === 'basic_raw' ? parts : parts.map((part) => new URLSearchParams(`v=${part}`).get('v') ?? '');
  return ledger.app(id ?? '', secret ?? '');
}

/** Nothing missing, nothing empty, nothing twice, nothing that nobody asked for. */
export function checkParameters(
  { parameters, repeated }: Carried,
  names: { required: readonly string[]; optional: readonly string[] },
  shape: { clientAuthentication: ClientAuthentication; extraParameters?: Readonly<Record<string, string>> },
): void {
  if (repeated !== null) throw new Refused({ why: 'parameter', name: repeated, said: 'given more than once' });
  const extra = Object.keys(shape.extraParameters ?? {});
  for (const name of [...names.required, ...extra]) {
    if ((parameters.get(name) ?? '') === '') throw new Refused({ why: 'parameter', name, said: 'Field required' });
  }
  const client =
    shape.clientAuthentication === 'body' || shape.clientAuthentication === 'id_alone'
      ? ['client_id', 'client_secret']
      : [];
  const known = new Set([...names.required, ...names.optional, ...extra, ...client]);
  for (const [name, value] of parameters) {
    if (!known.has(name)) throw new Refused({ why: 'parameter', name, said: 'not expected here' });
    if (value === '') throw new Refused({ why: 'parameter', name, said: 'empty' });
  }
}
