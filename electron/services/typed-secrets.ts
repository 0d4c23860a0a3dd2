import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import type { Draft } from './draft.ts';

/** Secrets are taken as typed, spaces and all: TeamGantt's client secrets can contain them. */
export function secretOf(typed: string): Secret | null {
  return typed === '' ? null : new Secret(typed);
}

/** A token comes out of a text file or a page, often with a line's end; no token holds a space (RFC 6749 appendix A). */
export function pastedTokenOf(typed: string): Secret | null {
  const token = typed.trim().replace(/^bearer\s+/i, '');
  if (token === '') return null;
  if (!/^[\x21-\x7e]+$/.test(token)) throw new AppError('bad_input', { field: 'pastedToken' });
  return new Secret(token);
}

/** The vault is locked. Keys of its own registration go as well: without their secret they are an ID like any other. */
export function forgetSecrets(draft: Draft): void {
  Object.assign(draft, { clientSecret: null, password: null, pastedToken: null, unsaved: null, registered: false });
}
