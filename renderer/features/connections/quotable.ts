/** What may be said back of a search: a few words of it, and nothing that looks like a pasted token (null). */
export function quotable(query: string): string | null {
  if (/\S{41}/u.test(query)) return null;
  const characters = Array.from(query);
  return characters.length <= 24 ? query : `${characters.slice(0, 24).join('')}…`;
}
