import { createServer, type Server } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import { Secret } from '../../electron/secret.ts';
import type { OpenRedirect, RedirectListeners } from '../../electron/services/ports.ts';

/** Just enough of a redirect listener for tests of what stands behind the port: Host, path, method, and the judge. */
export const loopbackListener: RedirectListeners = {
  async open(redirectUri, anyPort, judge) {
    const url = new URL(redirectUri);
    let strays = 0;
    const server = createServer((request, response) => {
      const [path, query = ''] = (request.url ?? '').split('?', 2);
      const isOurs = request.method === 'GET' && request.headers.host === host && path === url.pathname;
      const page = isOurs ? judge(new Secret(query)) : null;
      if (page === null) strays += 1;
      response.writeHead(page === null ? 404 : 200, { 'content-type': 'text/html', connection: 'close' });
      response.end(page === null ? '' : `<!doctype html><title>${page}</title><h1>${page}</h1>`);
    });
    await listening(server, anyPort ? 0 : Number(url.port), url.hostname.replace(/^\[|\]$/g, ''));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('listens on no port');
    url.port = String(address.port);
    const host = url.host;
    return openOn(server, anyPort ? url.href : redirectUri, () => strays);
  },
};

function openOn(server: Server, redirectUri: string, strays: () => number): OpenRedirect {
  let closed: Promise<void> | null = null;
  return {
    redirectUri,
    strays,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        // The page that is being handed over gets there; sockets that wait for more do not.
        server.closeIdleConnections();
      });
      return closed;
    },
  };
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new AppError('redirect_port_taken', { name: String(port) }) : error),
    );
    server.listen({ port, host, exclusive: true }, () => resolve());
  });
}
