import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hardenAllContents, windowSession } from '../../../electron/platform/session-policy.ts';

type Listener = (...values: unknown[]) => unknown;

/** What was asked of Electron: who listens to what, and what a session was told. */
interface Asked {
  app: { isPackaged: boolean; listeners: Map<string, Listener> };
  partitions: unknown[];
  session: Record<string, unknown>;
}
const electron = vi.hoisted((): Asked => ({
  app: { isPackaged: true, listeners: new Map() },
  partitions: [],
  session: {},
}));
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return electron.app.isPackaged;
    },
    on: (name: string, listener: Listener) => electron.app.listeners.set(name, listener),
  },
  session: {
    fromPartition: (...asked: unknown[]) => {
      electron.partitions.push(asked);
      return electron.session;
    },
  },
}));

/** A session that notes what it was told, by the name of the method. */
let told: Map<string, unknown[]>;
let onSession: Map<string, Listener>;
let onRequest: (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

beforeEach(() => {
  told = new Map();
  onSession = new Map();
  electron.app.isPackaged = true;
  electron.partitions = [];
  const note =
    (name: string) =>
    (...values: unknown[]): Promise<void> => {
      told.set(name, values);
      return Promise.resolve();
    };
  electron.session = {
    on: (name: string, listener: Listener) => onSession.set(name, listener),
    webRequest: { onBeforeRequest: (listener: typeof onRequest) => (onRequest = listener) },
  };
  for (const name of [
    ...['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'],
    ...['setDisplayMediaRequestHandler', 'setSpellCheckerEnabled', 'setProxy'],
  ])
    electron.session[name] = note(name);
});

const first = (name: string): Listener => told.get(name)?.[0] as Listener;
const isCancelled = (url: string): boolean | undefined => {
  let verdict: boolean | undefined;
  onRequest({ url }, ({ cancel }) => (verdict = cancel));
  return verdict;
};
/** An event that says whether it was prevented. */
function event(): { preventDefault(): void; isPrevented: boolean } {
  const it = { isPrevented: false, preventDefault: () => void (it.isPrevented = true) };
  return it;
}

describe('the session of the window', () => {
  it('B26 B63: is kept in memory alone, with no cache and no spelling service', () => {
    windowSession();
    expect(electron.partitions).toEqual([['window', { cache: false }]]);
    // A partition whose name begins so would be written to the disk.
    expect(String((electron.partitions[0] as string[])[0])).not.toMatch(/^persist:/);
    expect(told.get('setSpellCheckerEnabled')).toEqual([false]);
  });

  it('B26: answers no to every permission, asked or looked up, to devices and to a shared screen', () => {
    windowSession();
    const answers: unknown[] = [];
    for (const permission of ['clipboard-read', 'deprecated-sync-clipboard-read', 'media', 'notifications', 'unknown'])
      first('setPermissionRequestHandler')(null, permission, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([false, false, false, false, false]);
    expect(first('setPermissionCheckHandler')(null, 'clipboard-read')).toBe(false);
    expect(first('setDevicePermissionHandler')({})).toBe(false);
    first('setDisplayMediaRequestHandler')({}, (answer: unknown) => answers.push(answer));
    expect(answers.at(-1)).toEqual({});
  });

  it.each([
    'https://attacker.example/',
    'http://127.0.0.1:8080/',
    'ws://attacker.example/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:app://bundle/1',
    'app://bundle.attacker.example/',
    'app://other/index.html',
    'devtools://devtools/bundled/inspector.html',
  ])('B25: cancels a request to %s', (url) => {
    windowSession();
    expect(isCancelled(url)).toBe(true);
  });

  it('B25: lets through the files of the page, and its tools while the program is not packaged', () => {
    windowSession();
    expect(isCancelled('app://bundle/index.html')).toBe(false);
    electron.app.isPackaged = false;
    expect(isCancelled('devtools://devtools/bundled/inspector.html')).toBe(false);
  });

  it('B25: has a proxy that nobody can be, for what is opened without a request', () => {
    windowSession();
    expect(told.get('setProxy')).toEqual([{ proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' }]);
  });

  it('B25: downloads nothing', () => {
    windowSession();
    const download = event();
    onSession.get('will-download')!(download);
    expect(download.isPrevented).toBe(true);
  });
});

describe('whatever page will ever exist', () => {
  const contents = (): { listeners: Map<string, Listener>; windows: Listener; webRtc: unknown[] } => {
    hardenAllContents();
    const listeners = new Map<string, Listener>();
    const seen = { listeners, windows: (() => undefined) as Listener, webRtc: [] as unknown[] };
    electron.app.listeners.get('web-contents-created')!(null, {
      on: (name: string, listener: Listener) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: Listener) => (seen.windows = handler),
      setWebRTCIPHandlingPolicy: (policy: string) => seen.webRtc.push(policy),
    });
    return seen;
  };

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    'B25: is kept from what %s tells of',
    (name) => {
      const happening = event();
      contents().listeners.get(name)!(happening);
      expect(happening.isPrevented).toBe(true);
    },
  );

  it('B25: opens no window, and no UDP of WebRTC', () => {
    const { windows, webRtc } = contents();
    expect(windows({ url: 'https://attacker.example/' })).toEqual({ action: 'deny' });
    expect(webRtc).toEqual(['disable_non_proxied_udp']);
  });

  it('B25: finds every other session shut as well', () => {
    hardenAllContents();
    electron.app.listeners.get('session-created')!(electron.session);
    expect(isCancelled('https://attacker.example/')).toBe(true);
    expect(first('setPermissionCheckHandler')()).toBe(false);
  });

  it('B29: has no certificate accepted, none sent and no login answered', () => {
    hardenAllContents();
    const answers: unknown[] = [];
    const bad = event();
    electron.app.listeners.get('certificate-error')!(bad, {}, 'https://a.example/', 'net::ERR', {}, (yes: unknown) =>
      answers.push(yes),
    );
    expect([bad.isPrevented, answers]).toEqual([true, [false]]);
    for (const name of ['select-client-certificate', 'login']) {
      const asked = event();
      electron.app.listeners.get(name)!(asked, {}, {}, [], (...given: unknown[]) => answers.push(given));
      expect(asked.isPrevented).toBe(true);
    }
    expect(answers).toEqual([false]);
  });
});
