/** The forms in which a secret could lie about: as itself, and as the encodings programs put strings through. */
export function encodings(secret: string): { name: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(secret, 'utf8');
  const forms: [string, Buffer][] = [
    ['plain', utf8],
    ['UTF-16LE', Buffer.from(secret, 'utf16le')],
    ['URL', Buffer.from(encodeURIComponent(secret))],
    ['JSON', Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ['hex', Buffer.from(utf8.toString('hex'))],
  ];
  // Base64 of a longer text that holds the secret depends on where it begins: three alignments, edges cut off.
  for (const shift of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(shift), utf8]);
    const whole = padded.toString('base64');
    const inner = whole.slice(shift === 0 ? 0 : 4, whole.length - 4);
    forms.push(
      [`base64 +${String(shift)}`, Buffer.from(inner)],
      [`base64url +${String(shift)}`, Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))],
    );
  }
  return forms.map(([name, bytes]) => ({ name, bytes }));
}

/** Which secrets stand in these bytes, and how. Empty is what one hopes for. */
export function findSecrets(where: string, bytes: Buffer, secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap(([what, secret]) =>
    encodings(secret)
      .filter((form) => bytes.includes(form.bytes))
      .map((form) => `${what} (${form.name}) in ${where}`),
  );
}
