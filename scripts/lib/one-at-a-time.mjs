import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Two doors opened at once must not install, fetch or build over each other. A listening socket is the lock,
 * because the system takes it away with the process that held it, however that process ended.
 */
export async function oneAtATime(name, work) {
  const address = addressOf(name);
  let server;
  let hasSaidSo = false;
  while (!(server = await tryToListen(address))) {
    if (address.startsWith('/') && !(await answers(address))) await rm(address, { force: true });
    else await pause(300);
    if (!hasSaidSo) process.stdout.write('(waiting for another run that is at it) ');
    hasSaidSo = true;
  }
  try {
    return await work();
  } finally {
    await new Promise((done) => server.close(done));
  }
}

function addressOf(name) {
  const key = createHash('sha256')
    .update(`${process.getuid?.() ?? process.env.USERNAME}\n${name}`)
    .digest('hex')
    .slice(0, 20);
  if (process.platform === 'linux') return `\0grantkeep-${key}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\grantkeep-${key}`;
  return join(tmpdir(), `grantkeep-${key}.sock`);
}

function tryToListen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

function answers(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('connect', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });
}
