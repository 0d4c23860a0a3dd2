import { connect } from 'node:net';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';
import { cookiesFor } from './x-authority.mjs';

const LIMIT_MS = 3_000;

/**
 * Whether a window can be opened here. A variable that is set proves nothing: Electron crashes on a display that
 * does not answer, so it is asked in its own language before.
 */
export async function display() {
  if (process.platform !== 'linux') return { kind: 'native' };
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  if (x11 && (await x11Answers(x11))) return { kind: 'x11' };
  if (wayland && (await waylandAnswers(wayland))) return { kind: 'wayland' };
  const set = [x11 && `DISPLAY=${x11}`, wayland && `WAYLAND_DISPLAY=${wayland}`].filter(Boolean);
  return {
    kind: 'none',
    why: set.length ? `${set.join(' and ')} ${set.length > 1 ? 'do' : 'does'} not answer` : 'there is no display',
  };
}

async function x11Answers(name) {
  const parts = /^(?:\w+\/)?(?<host>.*):(?<number>\d+)(?:\.\d+)?$/.exec(name)?.groups;
  if (!parts) return false;
  const { host, number } = parts;
  const socket = `/tmp/.X11-unix/X${number}`;
  const doors =
    host === '' || host === 'unix'
      ? [{ path: socket }, { path: `\0${socket}` }]
      : [{ host, port: 6000 + Number(number) }];
  const { name: protocol, cookies } = await cookiesFor(number);
  for (const door of doors) {
    for (const cookie of [...cookies.slice(0, 4), null]) {
      const answer = await ask(door, x11Greeting(cookie ? protocol : '', cookie ?? Buffer.alloc(0)));
      if (answer === undefined) break;
      if (answer === 1) return true;
    }
  }
  return false;
}

/** X11 connection set-up: little-endian, protocol 11.0, then how we prove ourselves, each padded to four bytes. */
function x11Greeting(protocol, cookie) {
  const head = Buffer.from([0x6c, 0, 11, 0, 0, 0, protocol.length, 0, cookie.length, 0, 0, 0]);
  const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  return Buffer.concat([head, padded(Buffer.from(protocol)), padded(cookie)]);
}

/** wl_display.sync, new object 2: any compositor answers it at once. */
async function waylandAnswers(name) {
  const path = isAbsolute(name) ? name : join(process.env.XDG_RUNTIME_DIR ?? '/', name);
  const sync = new Uint32Array([1, 12 << 16, 2]);
  return (await ask({ path }, Buffer.from(sync.buffer))) !== undefined;
}

/** The first byte of the answer, or undefined when nobody answers in time. */
function ask(door, question) {
  return new Promise((resolve) => {
    const socket = connect(door);
    const settle = (byte) => {
      socket.destroy();
      resolve(byte);
    };
    socket.setTimeout(LIMIT_MS, () => settle(undefined));
    socket.on('error', () => settle(undefined));
    socket.on('close', () => settle(undefined));
    socket.on('connect', () => socket.write(question));
    socket.on('data', (bytes) => settle(bytes[0]));
  });
}
