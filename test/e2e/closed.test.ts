import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSocket, type Socket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { filesBelow } from '../support/files.ts';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';

// The window is closed from the first commit: no Node, no network, no navigation, no second window.

let app: RealApp;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let server: Server;
let address: string;
let udp: Socket;
const hits = { connections: 0, datagrams: 0 };

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('access-control-allow-origin', '*').end('reached');
  });
  server.on('connection', () => (hits.connections += 1));
  udp = createSocket('udp4', () => (hits.datagrams += 1));
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  profile = await freshProfile();
  app = await launch(profile.folder);
});
afterAll(async () => {
  await app.quit();
  server.close();
  udp.close();
  await profile.remove();
});

describe('the real window', () => {
  it('B23: runs sandboxed settings, on its own origin', async () => {
    expect(app.page.url()).toBe('app://bundle/index.html');
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('B28: has no Node and no way to choose a channel', async () => {
    const seen = await app.page.evaluate(() => {
      const bridge = (window as unknown as { grantkeep: object }).grantkeep;
      return {
        require: typeof (globalThis as { require?: unknown }).require,
        process: typeof (globalThis as { process?: unknown }).process,
        areas: Object.keys(bridge).sort(),
        frozen: Object.isFrozen(bridge),
      };
    });
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      areas: [
        ...[
          'apps',
          'backup',
          'clipboard',
          'connections',
          'drafts',
          'lock',
          'notices',
          'onState',
          'passphrase',
          'practice',
        ],
        ...['presence', 'program', 'providers', 'setUp', 'settings'],
      ],
      frozen: true,
    });
  });

  it('B24 B25: reaches no network in any of fourteen ways', async () => {
    const ways = await app.page.evaluate(
      async ({ url, datagrams }) => {
        const put = (parent: Element, name: string, members: object): Element =>
          parent.appendChild(Object.assign(document.createElement(name), members));
        const tries: Record<string, () => unknown> = {
          fetch: () => fetch(url),
          'fetch without an answer': () => fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' }),
          image: () => new Promise((done) => Object.assign(new Image(), { src: url, onload: done, onerror: done })),
          style: () => put(document.head, 'link', { rel: 'stylesheet', href: url }),
          prefetch: () => put(document.head, 'link', { rel: 'prefetch', href: url }),
          preconnect: () => put(document.head, 'link', { rel: 'preconnect', href: url }),
          WebSocket: () => new WebSocket(url.replace('http', 'ws')),
          WebRTC: async () => {
            const peer = new RTCPeerConnection({
              iceServers: [
                { urls: `stun:127.0.0.1:${String(datagrams)}` },
                { urls: `turn:${url.slice('http://'.length, -1)}?transport=tcp`, username: 'a', credential: 'b' },
              ],
            });
            peer.createDataChannel('x');
            await peer.setLocalDescription(await peer.createOffer());
            await new Promise<void>((done) => {
              peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done();
            });
          },
          beacon: () => navigator.sendBeacon(url, 'x'),
          frame: () => put(document.body, 'iframe', { src: url }),
          worker: () => new Worker(url),
          form: () => (put(document.body, 'form', { action: url, method: 'post' }) as HTMLFormElement).submit(),
          'window.open': () => window.open(url),
          'link with a ping': () => (put(document.body, 'a', { href: url, ping: url }) as HTMLAnchorElement).click(),
          address: () => (location.href = url),
        };
        for (const [name, attempt] of Object.entries(tries)) {
          try {
            await Promise.race([attempt(), new Promise((done) => setTimeout(done, name === 'WebRTC' ? 3_000 : 300))]);
          } catch {
            // refused, as hoped
          }
        }
        return Object.keys(tries);
      },
      { url: address, datagrams: udp.address().port },
    );
    expect(ways.length).toBeGreaterThanOrEqual(14);
    await app.page.waitForLoadState();
    // Connections, not requests: one that is only opened has told that somebody is here, and to whom it belongs.
    expect(hits).toEqual({ connections: 0, datagrams: 0 });
    expect(app.page.url()).toBe('app://bundle/index.html');
    expect(app.electron.windows()).toHaveLength(1);
    // The door it knocked at does answer.
    expect(await (await fetch(address)).text()).toBe('reached');
    expect(hits.connections).toBe(1);
  });

  it('B26 B34: grants no permission', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['clipboard-read', 'geolocation', 'notifications', 'camera', 'microphone'];
      return Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      );
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  it('B24: refuses inline script and style, and says nothing else in the console', async () => {
    expect(app.output()).not.toMatch(/Uncaught|TypeError|page error/);
    const ran = await app.page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran=1">');
      } catch {
        return 'refused by trusted types';
      }
      return 'inserted';
    });
    expect(ran).toBe('refused by trusted types');
  });

  it('B63: keeps nothing in the page: no storage, no database, no worker beside it', async () => {
    const kept = await app.page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      workers: await navigator.serviceWorker.getRegistrations().then(
        (found) => found.length,
        () => 0,
      ),
      registered: await navigator.serviceWorker.register('app://bundle/worker.js').then(
        () => true,
        () => false,
      ),
    }));
    expect(kept).toEqual({ local: 0, session: 0, cookies: '', databases: [], workers: 0, registered: false });
  });

  it('B60: would put a crash into its own profile, and sends none anywhere', async () => {
    const told = await app.electron.evaluate(({ app: running, crashReporter }) => ({
      folder: running.getPath('crashDumps'),
      uploads: crashReporter.getUploadToServer(),
    }));
    expect(told).toEqual({ folder: join(profile.folder, 'crashes'), uploads: false });
    // Nothing has crashed so far.
    expect(existsSync(told.folder) ? filesBelow(told.folder) : []).toEqual([]);
  });

  it('F8 B32: is alone on its profile: a second start hands over and ends', async () => {
    const { execFile } = await import('node:child_process');
    const { electronRuntime } = await import('../../scripts/lib/electron-runtime.mjs');
    const runtime = await electronRuntime();
    const ended = new Promise<number | null>((done) => {
      const second = execFile(runtime.binary, [...runtime.args, process.cwd(), `--profile=${profile.folder}`], {
        timeout: 10_000,
      });
      second.once('exit', done);
    });
    expect(await ended).toBe(0);
    expect(app.electron.windows()).toHaveLength(1);
  });
});
