import { once } from 'node:events';
import { connect } from 'node:net';
import { cookiesFor } from '../../scripts/lib/x-authority.mjs';

const WM_CLASS = 67;
const VIEWABLE = 2;

/**
 * The windows that stand on an X screen, by their class: what a person would see, asked of the screen and not of the
 * program. Three requests of the X11 protocol, spoken by hand.
 */
export async function visibleWindows(displayName) {
  const number = displayName.replace(/^.*:/, '').replace(/\..*$/, '');
  const socket = connect(`/tmp/.X11-unix/X${number}`);
  const take = reader(socket);
  try {
    const { name, cookies } = await cookiesFor(number);
    socket.write(greeting(name, cookies[0]));
    const head = await take(8);
    if (head[0] !== 1) throw new Error('the screen does not let us in');
    const body = await take(head.readUInt16LE(6) * 4);
    const root = body.readUInt32LE(32 + padded(body.readUInt16LE(16)) + 8 * body[21]);
    const found = [];
    for (const window of await below(root, socket, take)) {
      const [isViewable, className] = [await viewable(window, socket, take), await classOf(window, socket, take)];
      if (isViewable && className !== '') found.push(className);
    }
    return found;
  } finally {
    socket.destroy();
  }
}

const padded = (length) => (length + 3) & ~3;

function greeting(protocol, cookie) {
  const head = Buffer.from([0x6c, 0, 11, 0, 0, 0, protocol.length, 0, cookie.length, 0, 0, 0]);
  const field = (bytes) => Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
  return Buffer.concat([head, field(Buffer.from(protocol)), field(cookie)]);
}

/** QueryTree: a window manager is not there, so the windows of programs are the root's children. */
async function below(root, socket, take) {
  const body = await ask(socket, take, 15, [root]);
  return Array.from({ length: body.readUInt16LE(16) }, (_, i) => body.readUInt32LE(32 + 4 * i));
}

/** GetWindowAttributes. */
async function viewable(window, socket, take) {
  return (await ask(socket, take, 3, [window]))[26] === VIEWABLE;
}

/** GetProperty: of "instance NUL class NUL" the class. */
async function classOf(window, socket, take) {
  const body = await ask(socket, take, 20, [window, WM_CLASS, 0, 0, 64]);
  return body.toString('latin1', 32, 32 + body.readUInt32LE(16)).split('\0')[1] ?? '';
}

/** One request of whole words; its reply, 32 bytes and what it says follows. A window that is gone answers an error. */
async function ask(socket, take, opcode, words) {
  const request = Buffer.alloc(4 + 4 * words.length);
  request[0] = opcode;
  request.writeUInt16LE(request.length / 4, 2);
  for (const [i, word] of words.entries()) request.writeUInt32LE(word, 4 + 4 * i);
  socket.write(request);
  const head = await take(32);
  if (head[0] !== 1) return Buffer.alloc(64);
  return Buffer.concat([head, await take(head.readUInt32LE(4) * 4)]);
}

/** Reads exactly so many bytes. */
function reader(socket) {
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => (bytes = Buffer.concat([bytes, more])));
  return async (count) => {
    while (bytes.length < count) await once(socket, 'data');
    const taken = bytes.subarray(0, count);
    bytes = bytes.subarray(count);
    return taken;
  };
}
