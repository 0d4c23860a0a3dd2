import { member, type Members } from './answer-body.ts';

/** RFC 6749 section 3.3: names joined by spaces. A list is tolerated; null or nothing means that it was not said (C9). */
export function scopesGrantedIn(members: Members): string[] | null {
  const scope = member(members, 'scope');
  const names = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : null;
  if (names === null) return null;
  const clean = names.filter((name): name is string => typeof name === 'string' && /^[\x21-\x7e]{1,200}$/.test(name));
  return [...new Set(clean)].slice(0, 500);
}

/** What was asked for and not given (C4). Empty where the provider did not say. */
export function scopesMissing(asked: readonly string[], granted: readonly string[] | null): string[] {
  return granted === null ? [] : asked.filter((scope) => !granted.includes(scope));
}
