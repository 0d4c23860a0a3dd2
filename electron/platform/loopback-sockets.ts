import type { Socket } from 'node:net';

export interface SocketLimits {
  /** How long one may be open, whatever it sends. */
  readonly lifeMs: number;
  /** How many may be open at once. */
  readonly most: number;
}

/** The open sockets of one redirect address. */
export interface LoopbackSockets {
  take(socket: Socket): void;
  /** True once for each socket: what is sent along behind a first request is not looked at. */
  isFirstRequest(socket: Socket): boolean;
}

/**
 * Keeps silent, slow and many sockets from holding up the one that matters (B7, D11). A socket has one life and no
 * reprieve: an idle limit would be fed by a byte now and then.
 */
export function loopbackSockets({ lifeMs, most }: SocketLimits): LoopbackSockets {
  /** In the order of their coming. */
  const open = new Map<Socket, { asked: boolean; life: NodeJS.Timeout }>();

  function end(socket: Socket): void {
    clearTimeout(open.get(socket)?.life);
    open.delete(socket);
    socket.destroy();
  }

  /** The oldest that has asked nothing: a browser asks at once, so whoever has waited longest is least likely one. */
  function makeRoom(): void {
    if (open.size < most) return;
    const [oldest] = open.keys();
    const idle = [...open].find(([, { asked }]) => !asked)?.[0] ?? oldest;
    if (idle !== undefined) end(idle);
  }

  return {
    take: (socket) => {
      makeRoom();
      const life = setTimeout(() => end(socket), lifeMs);
      life.unref();
      open.set(socket, { asked: false, life });
      socket.on('error', () => undefined);
      socket.once('close', () => end(socket));
    },
    isFirstRequest: (socket) => {
      const one = open.get(socket);
      if (one === undefined || one.asked) return false;
      one.asked = true;
      return true;
    },
  };
}
