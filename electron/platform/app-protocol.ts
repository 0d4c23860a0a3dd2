import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { protocol, type Session } from 'electron';

export const pageOrigin = 'app://bundle';
export const pageAddress = `${pageOrigin}/index.html`;

/**
 * B24. `connect-src 'none'`: the page talks to main by IPC and to nobody else. The one style hash is react-aria's
 * own rule; everything else is a file of ours.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before the app is ready. Not `bypassCSP`, no service workers, no fetch API for the scheme. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** The built files by their address path. What is not in the list does not exist, whatever a path says. */
export function listFiles(folder: string, below = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = posix.join(below, entry.name);
    if (entry.isDirectory()) for (const [key, value] of listFiles(folder, path)) files.set(key, value);
    else if (entry.isFile() && extname(entry.name) in mediaTypes) files.set(`/${path}`, join(folder, path));
  }
  return files;
}

/** A page that asks for nothing more is not waited for longer. */
const longestWaitMs = 3000;

/**
 * Serves the window from `folder`; `app://bundle/…` only. Resolves once the page has asked for every file that its
 * document names: what else the process wants to do at its start comes after, since that is what a person waits for.
 */
export function serveWindow(session: Session, folder: string): Promise<void> {
  const files = listFiles(folder);
  const wanted = namedIn(files.get('/index.html'));
  let tellServed = (): void => undefined;
  const served = new Promise<void>((resolve) => {
    tellServed = resolve;
    setTimeout(resolve, longestWaitMs).unref();
  });
  session.protocol.handle('app', (request) => {
    const url = new URL(request.url);
    const file = url.host === 'bundle' && request.method === 'GET' ? files.get(url.pathname) : undefined;
    if (file === undefined) return new Response(null, { status: 404 });
    if (wanted.delete(url.pathname) && wanted.size === 0) tellServed();
    return new Response(readFileSync(file), {
      headers: {
        'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-dns-prefetch-control': 'off',
      },
    });
  });
  return served;
}

/** The document and what it loads by itself; what a script loads later is not among them. */
function namedIn(document: string | undefined): Set<string> {
  if (document === undefined) return new Set();
  const named = readFileSync(document, 'utf8').matchAll(/(?:src|href)="(\/[^"]+)"/g);
  return new Set(['/index.html', ...[...named].map(([, path = '']) => path)]);
}
