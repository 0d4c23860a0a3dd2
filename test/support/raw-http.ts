import { connect, type Socket } from 'node:net';

/** Bytes of a GET as a browser would send them, with what a test wants to be otherwise. */
export function rawGet(target: string, host: string, ...moreHeaders: string[]): string {
  return [`GET ${target} HTTP/1.1`, `Host: ${host}`, ...moreHeaders, '', ''].join('\r\n');
}

/** Sends bytes as they are; gives back all that came until the other side ended, '' where it gave nothing. */
export function sendRaw(port: number, bytes: string, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(port, address, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => (got += String(chunk)));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(got));
  });
}

/** A socket that has sent this much and now waits; `closed` when the other side has ended it. */
export async function holdRaw(port: number, bytes = ''): Promise<{ socket: Socket; closed: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  if (bytes !== '') await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  socket.resume();
  return { socket, closed };
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? '0');

/** Header names in lower case with their values. */
export function headersOf(answer: string): Record<string, string> {
  const [head = ''] = answer.split('\r\n\r\n');
  return Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

export const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
