import type { ConnectionRecord } from '../vault/records.ts';

type Who = Pick<ConnectionRecord, 'username' | 'accountId'>;

const folded = (name: string): string => name.trim().toLowerCase();

/**
 * Is it the same account at the provider? The provider's own id decides where both have one, since a person may
 * change an e-mail address; else the name that was typed. Where neither side knows, nothing speaks against it.
 */
export function isSameAccount(a: Who, b: Who): boolean {
  if (a.accountId !== null && b.accountId !== null) return a.accountId === b.accountId;
  if (a.username !== null && b.username !== null) return folded(a.username) === folded(b.username);
  return true;
}

/**
 * Certainly the same person: for acts that reach other connections (TeamGantt's revoke ends every sign-in of a
 * person), where not knowing must not count as a match.
 */
export function isKnownSamePerson(a: Who, b: Who): boolean {
  const byId = a.accountId !== null && a.accountId === b.accountId;
  const byName = a.username !== null && b.username !== null && folded(a.username) === folded(b.username);
  return byId || byName;
}
