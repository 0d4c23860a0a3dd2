import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const COOKIE = 'MIT-MAGIC-COOKIE-1';
/** Matches every host; with an empty display number, every display. So it can be written before the number is known. */
const FAMILY_WILD = 0xffff;

export async function writeCookieFile(path) {
  const fields = ['', '', COOKIE, randomBytes(16)].map((field) => {
    const bytes = Buffer.from(field);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  const family = Buffer.alloc(2);
  family.writeUInt16BE(FAMILY_WILD);
  await writeFile(path, Buffer.concat([family, ...fields]), { mode: 0o600 });
}

/** The cookies that may open the display, most likely first. */
export async function cookiesFor(display) {
  const path = process.env.XAUTHORITY ?? join(homedir(), '.Xauthority');
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const found = [];
  let at = 0;
  const uint16 = () => {
    if (at + 2 > bytes.length) return 0;
    at += 2;
    return bytes.readUInt16BE(at - 2);
  };
  const field = () => {
    const length = uint16();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const family = uint16();
    const [, number, name, data] = [field(), field().toString(), field().toString(), field()];
    if (name !== COOKIE || (number !== '' && number !== String(display))) continue;
    if (family === FAMILY_WILD) found.unshift(data);
    else found.push(data);
  }
  return { name: COOKIE, cookies: found };
}
