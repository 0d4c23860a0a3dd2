const UNRELEASED = /^## Unreleased\n+/m;

/** What is new by the words under "Unreleased", and the text with those words under the version. Null: nothing is new. */
export function released(changelog, version, day) {
  const begin = UNRELEASED.exec(changelog);
  if (begin === null) return null;
  const rest = changelog.slice(begin.index + begin[0].length);
  const end = /^## /m.exec(rest)?.index ?? rest.length;
  const notes = rest.slice(0, end).trim();
  if (notes === '') return null;
  const before = changelog.slice(0, begin.index);
  const older = rest.slice(end);
  const text = `${before}## Unreleased\n\n## ${version}, ${day}\n\n${notes}\n${older === '' ? '' : `\n${older}`}`;
  return { notes: `${notes}\n`, text };
}
