const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const longest = 80;

/** Has it nothing in it that a person cannot see? */
export function isPlain(text: string): boolean {
  return text.search(invisible) === -1;
}

/**
 * A name as it stands in a dialog of the system: one line, without line feeds, bidirectional marks and whatever else
 * could make the sentence around it say something else.
 */
export function plainName(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').replace(invisible, '').trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1).trimEnd()}…`;
}

/** Whom an address asks: its host, and the whole origin where it is asked without encryption. */
export function shownHost(url: string): string {
  const { protocol, host, origin } = new URL(url);
  return protocol === 'https:' ? host : origin;
}
