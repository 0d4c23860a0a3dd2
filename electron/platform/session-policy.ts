import { app, session as electronSession, type Session } from 'electron';
import { pageOrigin } from './app-protocol.ts';

/** The window's own session: in memory only, so no disk cache and no storage outlives the program (B26, B63). */
export function windowSession(): Session {
  const session = electronSession.fromPartition('window', { cache: false });
  close(session);
  return session;
}

/** Every door of a session is shut: permissions, devices, downloads and all requests but the page's own. */
function close(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  // What needs no request is not asked about below: a connection opened in advance, WebRTC over TCP. Those would go
  // through a proxy, and this one nobody can be.
  void session.setProxy({ proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' });
  // One listener only: Electron keeps the last that was attached.
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${pageOrigin}/`);
    const tools = !app.isPackaged && details.url.startsWith('devtools://');
    answer({ cancel: !own && !tools });
  });
}

/** For every page that will ever exist: no navigation, no new windows, no embedded pages, no accepted certificates. */
export function hardenAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
  // Nobody may use Electron's default session either.
  app.on('session-created', (session) => close(session));
}
