import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Cable {
  /** Where the server is reached through it. */
  readonly origin: string;
  /** Nobody listens any more, and what was connected is torn off. */
  cut(): Promise<void>;
  /** The same address leads to the server again. */
  mend(): Promise<void>;
}

/**
 * A cable to a server on this computer that can be cut and mended, so that an address refuses for a while and is the
 * same one afterwards. The server takes only its own name, so the Host of a request is written over on the way.
 */
export async function cableTo(target: string): Promise<Cable> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  let name = '';
  const forward = (from: Socket): void => {
    const onward = connect(Number(to.port), to.hostname);
    kept(from);
    kept(onward);
    from.on('data', (bytes) => onward.write(bytes.toString('latin1').replace(name, to.host), 'latin1'));
    onward.on('data', (bytes) => from.write(bytes));
    from.once('close', () => onward.destroy());
    onward.once('close', () => from.end());
  };
  let server: Server | null = null;
  const listen = async (port: number): Promise<number> => {
    const next = createServer(forward);
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    server = next;
    return (next.address() as AddressInfo).port;
  };
  const port = await listen(0);
  name = `127.0.0.1:${port}`;
  return {
    origin: `http://${name}`,
    cut: () =>
      new Promise<void>((resolve) => {
        const old = server;
        server = null;
        if (old === null) {
          resolve();
          return;
        }
        old.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    mend: async () => {
      await listen(port);
    },
  };
}
