import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentSecurityPolicy, registerAppScheme, serveWindow } from '../../../electron/platform/app-protocol.ts';

const schemes = vi.hoisted(() => [] as unknown[]);
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list) } }));

let place: string;
let served: Promise<void>;
let ask: (request: { url: string; method: string }) => Response;
const get = (url: string, method = 'GET'): Response => ask({ url, method });

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'grantkeep-page-'));
  const built = join(place, 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<script src="/assets/page.js"></script>');
  writeFileSync(join(built, 'assets', 'page.js'), 'the script');
  writeFileSync(join(built, 'notes.txt'), 'no file of a page');
  writeFileSync(join(place, 'secret.html'), 'outside');
  symlinkSync(join(place, 'secret.html'), join(built, 'link.html'));
  const session = { protocol: { handle: (_scheme: string, handler: typeof ask) => (ask = handler) } };
  served = serveWindow(session as unknown as Session, built);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('B24: the scheme of the page', () => {
  it('is standard and secure, and neither past the policy, nor for fetch, nor with service workers', () => {
    registerAppScheme();
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  });

  it('gives a file of the page with the policy and the other guards', async () => {
    const response = get('app://bundle/assets/page.js');
    expect(await response.text()).toBe('the script');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-dns-prefetch-control': 'off',
    });
  });

  it.each([
    'app://bundle/../secret.html',
    'app://bundle/%2e%2e/secret.html',
    'app://bundle/..%2fsecret.html',
    'app://bundle/assets/..%5c..%5csecret.html',
    'app://bundle//secret.html',
    'app://bundle/link.html',
    'app://bundle/notes.txt',
    'app://bundle/assets',
    'app://bundle/index.html%00.js',
    'app://other/index.html',
    'app://bundle.example/index.html',
  ])('has nothing at %s', async (url) => {
    const response = get(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('answers nothing but a GET', () => {
    expect(get('app://bundle/index.html').status).toBe(200);
    for (const method of ['POST', 'HEAD', 'PUT']) expect(get('app://bundle/index.html', method).status).toBe(404);
  });
});

describe('B24: the policy of the page', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );

  it('is the closed one: nothing by default, nobody to connect to, no forms, no frames, no typed-in script', () => {
    for (const name of ['default-src', 'connect-src', 'base-uri', 'form-action', 'frame-ancestors', 'trusted-types'])
      expect([name, directives.get(name)]).toEqual([name, ["'none'"]]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(directives.get('img-src')).toEqual(["'self'", 'data:']);
    expect(directives.get('font-src')).toEqual(["'self'"]);
  });

  it('lets no inline text run or paint but the one style whose hash it holds', () => {
    const [self, hash, ...more] = directives.get('style-src') ?? [];
    expect([self, more]).toEqual(["'self'", []]);
    expect(hash).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|blob:|strict-dynamic/);
    expect(directives.size).toBe(11);
  });
});

describe('a page that is being served', () => {
  it('has what it waits for once it asked for its document and every file that this names', async () => {
    let isServed = false;
    void served.then(() => (isServed = true));
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    get('app://bundle/index.html');
    get('app://bundle/index.html');
    get('app://bundle/notes.txt');
    await turn();
    expect(isServed).toBe(false);
    get('app://bundle/assets/page.js');
    await turn();
    expect(isServed).toBe(true);
  });
});
