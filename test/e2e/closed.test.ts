import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freshProfile, launch, type RealApp } from '../support/real-app.ts';

// The window is closed from the first commit: no Node, no network, no navigation, no second window.

let app: RealApp;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let server: Server;
let address: string;
let hits = 0;

beforeAll(async () => {
  server = createServer((_request, response) => {
    hits += 1;
    response.setHeader('access-control-allow-origin', '*').end('reached');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  profile = await freshProfile();
  app = await launch(profile.folder);
});
afterAll(async () => {
  await app.quit();
  server.close();
  await profile.remove();
});

describe('the real window', () => {
  it('runs sandboxed settings, on its own origin', async () => {
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

  it('has no Node and no way to choose a channel', async () => {
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

  it('reaches no network: fetch, image, style, form, WebSocket, beacon, frame, worker, prefetch', async () => {
    await app.page.evaluate(async (url) => {
      const tries: (() => unknown)[] = [
        () => fetch(url),
        () => fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' }),
        () => new Promise((done) => Object.assign(new Image(), { src: url, onload: done, onerror: done })),
        () => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })),
        () => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })),
        () => new WebSocket(url.replace('http', 'ws')),
        () => navigator.sendBeacon(url, 'x'),
        () => document.body.append(Object.assign(document.createElement('iframe'), { src: url })),
        () => new Worker(url),
        () => {
          const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
          document.body.append(form);
          form.submit();
        },
        () => window.open(url),
        () => Object.assign(document.createElement('a'), { href: url, ping: url }).click(),
        () => (location.href = url),
      ];
      for (const attempt of tries) {
        try {
          await Promise.race([attempt(), new Promise((done) => setTimeout(done, 200))]);
        } catch {
          // refused, as hoped
        }
      }
    }, address);
    await app.page.waitForLoadState();
    expect(hits).toBe(0);
    expect(app.page.url()).toBe('app://bundle/index.html');
    expect(app.electron.windows()).toHaveLength(1);
    // The door it knocked at does answer.
    expect(await (await fetch(address)).text()).toBe('reached');
  });

  it('grants no permission', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['clipboard-read', 'geolocation', 'notifications', 'camera', 'microphone'];
      return Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      );
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  it('refuses inline script and style, and says nothing else in the console', async () => {
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

  it('F8: is alone on its profile: a second start hands over and ends', async () => {
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
