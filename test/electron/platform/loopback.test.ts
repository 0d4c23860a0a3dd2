// Over 300 lines: one listener, from opening to the last late hit.
import { Server as NetServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loopbackListeners } from '../../../electron/platform/loopback.ts';
import { pagePolicy } from '../../../electron/platform/loopback-pages.ts';
import { Secret } from '../../../electron/secret.ts';
import type { OpenRedirect, RedirectPage } from '../../../electron/services/ports.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { ending } from '../../support/ending.ts';
import { bodyOf, headersOf, holdRaw, rawGet, sendRaw, statusOf } from '../../support/raw-http.ts';
import { hasIpv6, hold, knowing, portOf, trueQuery, waiting, type Rig } from '../../support/redirects.ts';

const words = english.loopback;
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const step of undo.splice(0).reverse()) await step();
});

const wait = async (...given: Parameters<typeof waiting>): Promise<Rig> => {
  const rig = await waiting(...given);
  undo.push(() => rig.open.close(0));
  return rig;
};

/** A free port: it was ours a moment ago. */
async function freePort(): Promise<number> {
  const held = await waiting();
  await held.open.close(0);
  return held.port;
}

async function openAt(redirectUri: string, anyPort = false): Promise<OpenRedirect> {
  const open = await loopbackListeners(() => words).open(redirectUri, anyPort, knowing(trueQuery, 'signed_in', []));
  undo.push(() => open.close(0));
  return open;
}

/** Answers for a system on which binding this address fails so. */
function bindingFails(address: string, code: string): void {
  const real = Reflect.get(NetServer.prototype, 'listen') as (...given: unknown[]) => unknown;
  vi.spyOn(NetServer.prototype, 'listen').mockImplementation(function (this: NetServer, ...given: unknown[]) {
    if ((given[0] as { host: string }).host !== address) return real.apply(this, given) as NetServer;
    queueMicrotask(() => this.emit('error', Object.assign(new Error('bind'), { code })));
    return this;
  });
}

describe('opening', () => {
  test('a registered address is listened on to the letter', async () => {
    const port = await freePort();
    const open = await openAt(`http://127.0.0.1:${port}/back?app=1`);
    expect(open.redirectUri).toBe(`http://127.0.0.1:${port}/back?app=1`);
    expect(statusOf(await sendRaw(port, rawGet(`/back?${trueQuery}`, `127.0.0.1:${port}`)))).toBe(200);
  });

  test('is done by the address itself, exclusively, and on no other interface', async () => {
    const listen = vi.spyOn(NetServer.prototype, 'listen');
    const { port } = await wait();
    expect(listen.mock.calls.map(([given]) => given as unknown)).toEqual([
      { host: '127.0.0.1', port: 0, exclusive: true },
    ]);
    const [server] = listen.mock.contexts as NetServer[];
    expect(server?.address()).toEqual({ address: '127.0.0.1', family: 'IPv4', port });
  });

  test('where any port will do, the one that is free is taken and the rest kept', async () => {
    const taken = await hold(await freePort());
    undo.push(() => taken.free());
    const open = await openAt('http://127.0.0.1:1/back', true);
    expect(open.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/back$/);
    expect(portOf(open.redirectUri)).toBeGreaterThan(1023);
  });

  test('F35 B6: a registered port that is held is named, and no other one is taken', async () => {
    const port = await freePort();
    const other = await hold(port);
    undo.push(() => other.free());
    const error = await ending(openAt(`http://127.0.0.1:${port}/back`));
    expect(error).toMatchObject({ code: 'redirect_port_taken', facts: { name: String(port) } });
    expect(english.errors.redirect_port_taken(error.facts).what).toContain(`port ${port},`);
  });

  test('a second wait does not push the first from its port', async () => {
    const { listeners, host, get } = await wait();
    const second = listeners.open(`http://${host}/back`, false, () => 'declined');
    expect((await ending(second)).code).toBe('redirect_port_taken');
    expect(statusOf(await get(`/back?${trueQuery}`))).toBe(200);
  });

  test('an address elsewhere is refused, and what it was is told to nobody', async () => {
    const error = await ending(openAt('https://partner.example/back/5ecret'));
    expect(error).toMatchObject({ code: 'redirect_not_here', facts: {} });
  });

  test('an address that the system does not give is refused with its code, without the path', async () => {
    bindingFails('127.0.0.1', 'EACCES');
    const error = await ending(openAt('http://127.0.0.1:80/back/5ecret'));
    expect(error).toMatchObject({
      code: 'redirect_not_here',
      facts: { host: '127.0.0.1:80', systemCode: 'EACCES' },
    });
    expect(JSON.stringify(error.facts)).not.toContain('5ecret');
    expect(english.errors.redirect_not_here(error.facts).what).toContain('127.0.0.1:80');
  });

  test('[::1] is listened on where this computer has it', async () => {
    const port = await freePort();
    const opening = openAt(`http://[::1]:${port}/back`);
    if (!hasIpv6) {
      expect((await ending(opening)).code).toBe('redirect_not_here');
      return;
    }
    await opening;
    const hit = (host: string): Promise<string> => sendRaw(port, rawGet(`/back?${trueQuery}`, host), '::1');
    expect(statusOf(await hit(`127.0.0.1:${port}`))).toBe(421);
    expect(statusOf(await hit(`[::1]:${port}`))).toBe(200);
  });

  test('localhost is listened on in both families, under that name alone', async () => {
    const port = await freePort();
    const opening = openAt(`http://localhost:${port}/back`);
    if (!hasIpv6) {
      expect((await ending(opening)).code).toBe('redirect_not_here');
      return;
    }
    const open = await opening;
    expect(open.redirectUri).toBe(`http://localhost:${port}/back`);
    for (const address of ['127.0.0.1', '::1']) {
      const hit = (host: string): Promise<string> => sendRaw(port, rawGet(`/back?${trueQuery}`, host), address);
      expect(statusOf(await hit(`127.0.0.1:${port}`))).toBe(421);
      expect(statusOf(await hit(`LocalHost:${port}`))).toBe(200);
    }
  });

  test('B6: localhost is refused when one of its families cannot be had, and the other is let go', async () => {
    const port = await freePort();
    bindingFails('::1', 'EADDRINUSE');
    const error = await ending(openAt(`http://localhost:${port}/back`));
    expect(error).toMatchObject({ code: 'redirect_port_taken', facts: { name: String(port) } });
    vi.restoreAllMocks();
    await (await hold(port)).free();
  });

  test('a computer that is out of file handles for a moment does not end the wait', async () => {
    const listen = vi.spyOn(NetServer.prototype, 'listen');
    const { get } = await wait();
    const server = listen.mock.contexts[0] as NetServer;
    server.emit('error', Object.assign(new Error('accept'), { code: 'EMFILE' }));
    expect(statusOf(await get(`/back?${trueQuery}`))).toBe(200);
  });
});

describe('the judge', () => {
  test('is handed the query as it stands in the address, as a secret', async () => {
    const given: Secret[] = [];
    const open = await loopbackListeners(() => words).open('http://127.0.0.1:1/back', true, (query) => {
      given.push(query);
      return null;
    });
    undo.push(() => open.close(0));
    const port = portOf(open.redirectUri);
    for (const target of ['/back?code=a%2Bb+c&state=%C3%BC', '/back?', '/back']) {
      await sendRaw(port, rawGet(target, `127.0.0.1:${port}`));
    }
    expect(given.map((query) => query.reveal())).toEqual(['code=a%2Bb+c&state=%C3%BC', '', '']);
    expect(given.every((query) => query instanceof Secret)).toBe(true);
  });

  test.each([
    ['signed_in', words.signedIn.heading],
    ['declined', words.declined.heading],
    ['rehearsed', words.rehearsed.heading],
  ] as const)('answering %s shows that page', async (page, heading) => {
    const { get } = await wait({}, page);
    const answer = await get(`/back?${trueQuery}`);
    expect(statusOf(answer)).toBe(200);
    expect(bodyOf(answer)).toContain(`<span>${heading}</span></h1>`);
  });

  test('answering null makes a stray, and the wait goes on', async () => {
    const { get, open, asked } = await wait();
    const answer = await get('/back?code=c1&state=other');
    expect([statusOf(answer), bodyOf(answer)]).toEqual([404, '']);
    expect(open.strays()).toBe(1);
    expect(statusOf(await get(`/back?${trueQuery}`))).toBe(200);
    expect(asked).toEqual(['code=c1&state=other', trueQuery]);
    expect(open.strays()).toBe(1);
  });

  test('that fails makes a stray, and the wait goes on', async () => {
    let calls = 0;
    const open = await loopbackListeners(() => words).open('http://127.0.0.1:1/back', true, () => {
      calls += 1;
      if (calls === 1) throw new Error('judge');
      return 'signed_in';
    });
    undo.push(() => open.close(0));
    const port = portOf(open.redirectUri);
    const hit = (): Promise<string> => sendRaw(port, rawGet('/back?a=b', `127.0.0.1:${port}`));
    expect(statusOf(await hit())).toBe(404);
    expect(open.strays()).toBe(1);
    expect(statusOf(await hit())).toBe(200);
  });

  test('that closes on the spot still has its page shown', async () => {
    let open: OpenRedirect | null = null;
    let closed: Promise<void> | undefined;
    open = await loopbackListeners(() => words).open('http://127.0.0.1:1/back', true, () => {
      closed = open?.close(60_000);
      return 'signed_in';
    });
    undo.push(() => open.close(0));
    const port = portOf(open.redirectUri);
    const hit = (): Promise<string> => sendRaw(port, rawGet('/back?a=b', `127.0.0.1:${port}`));
    expect(statusOf(await hit())).toBe(200);
    expect(statusOf(await hit())).toBe(200);
    await open.close(0);
    await closed;
  });
});

describe('F39 B8: a repeat of an accepted hit', () => {
  test('gets the same page, and the judge is asked once for a hundred at a time', async () => {
    const { get, asked, open } = await wait({}, 'declined');
    const first = await get(`/back?${trueQuery}`);
    // Fewer at once than sockets are kept, as from a browser.
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(`/back?${trueQuery}`)));
      expect(new Set(answers.map(bodyOf))).toEqual(new Set([bodyOf(first)]));
    }
    expect(asked).toEqual([trueQuery]);
    expect(open.strays()).toBe(0);
  });

  test('is one only when it is the very same; another query is judged anew', async () => {
    const { get, asked } = await wait();
    await get(`/back?${trueQuery}`);
    expect(statusOf(await get(`/back?${trueQuery}&x=1`))).toBe(404);
    expect(statusOf(await get('/back?state=s1&code=c1'))).toBe(404);
    expect(asked).toEqual([trueQuery, `${trueQuery}&x=1`, 'state=s1&code=c1']);
  });

  test('of a hit that was none of ours is asked about again', async () => {
    const { get, asked } = await wait();
    await get('/back?a=b');
    await get('/back?a=b');
    expect(asked).toEqual(['a=b', 'a=b']);
  });
});

describe('every answer', () => {
  const required = {
    connection: 'close',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': pagePolicy,
    'cross-origin-resource-policy': 'same-origin',
  };

  test('B7: carries the same guards and no word for other origins', async () => {
    const { get, port, host } = await wait();
    const origin = 'Origin: https://evil.example';
    const preflight = `OPTIONS /back HTTP/1.1\r\nHost: ${host}\r\n${origin}\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n\r\n`;
    const answers = {
      page: await get(`/back?${trueQuery}`, origin),
      stray: await get('/elsewhere', origin),
      foreign: await sendRaw(port, rawGet('/back', 'evil.example', origin)),
      preflight: await sendRaw(port, preflight),
    };
    expect(Object.values(answers).map(statusOf)).toEqual([200, 404, 421, 404]);
    for (const answer of Object.values(answers)) {
      expect(headersOf(answer)).toMatchObject(required);
      expect(answer).not.toMatch(/access-control|set-cookie|location:/i);
    }
    expect(headersOf(answers.page)).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
    for (const empty of [answers.stray, answers.foreign, answers.preflight]) {
      expect([headersOf(empty)['content-length'], bodyOf(empty)]).toEqual(['0', '']);
    }
  });

  test.each(['100-continue', 'something-else'])('is ours alone when a caller expects %s', async (expected) => {
    const { get } = await wait();
    const answer = await get(`/back?${trueQuery}`, `Expect: ${expected}`);
    expect(statusOf(answer)).toBe(200);
    expect(headersOf(answer)).toMatchObject(required);
  });

  test('is one to a socket: what is sent along behind is not looked at', async () => {
    const { port, host, asked, open } = await wait();
    const both = rawGet('/back?a=b', host) + rawGet(`/back?${trueQuery}`, host);
    const answer = await sendRaw(port, both);
    expect(statusOf(answer)).toBe(404);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(asked).toEqual(['a=b']);
    expect(open.strays()).toBe(2);
  });
});

describe('closing', () => {
  test('with 0 ends every socket within 100 ms, also those that have said nothing, and frees the port', async () => {
    const { open, port, host, get } = await wait();
    await get(`/back?${trueQuery}`);
    const held = await Promise.all([
      holdRaw(port),
      holdRaw(port, 'GET /back HTTP/1.1\r\nHost: '),
      holdRaw(port, rawGet('/back', host).slice(0, -2)),
    ]);
    const startedAt = performance.now();
    await open.close(0);
    const other = await hold(port);
    expect(performance.now() - startedAt).toBeLessThan(100);
    await Promise.all(held.map(({ closed }) => closed));
    await other.free();
  });

  test('keeps the page for repeats of what was accepted, and takes nothing new', async () => {
    const { open, port, host, get, asked } = await wait();
    const first = await get(`/back?${trueQuery}`);
    const closed = open.close(60_000);
    expect(await get(`/back?${trueQuery}`)).toContain(bodyOf(first));
    expect(statusOf(await get('/back?code=c2&state=s1'))).toBe(404);
    expect(statusOf(await get('/favicon.ico'))).toBe(404);
    expect(statusOf(await sendRaw(port, rawGet(`/back?${trueQuery}`, 'evil.example')))).toBe(421);
    expect(statusOf(await sendRaw(port, `HEAD /back?${trueQuery} HTTP/1.1\r\nHost: ${host}\r\n\r\n`))).toBe(404);
    expect(asked).toEqual([trueQuery]);
    await open.close(0);
    await closed;
  });

  test('frees the port by itself when the time for late hits is over', async () => {
    const { open, port, get } = await wait();
    await get(`/back?${trueQuery}`);
    const { closed } = await holdRaw(port);
    await open.close(50);
    await closed;
    await (await hold(port)).free();
  });

  test('twice, or after the end, is harmless', async () => {
    const { open, port } = await wait();
    await Promise.all([open.close(60_000), open.close(30_000), open.close(0), open.close(0)]);
    await open.close(0);
    await open.close(60_000);
    await (await hold(port)).free();
  });

  test('gives way at once to the next wait on that port, which knows nothing of the last', async () => {
    const { listeners, open, host, port, get } = await wait();
    await get(`/back?${trueQuery}`);
    const closed = open.close(60_000);
    const asked: string[] = [];
    const next = await listeners.open(`http://${host}/back`, false, knowing('code=c2&state=s2', 'rehearsed', asked));
    undo.push(() => next.close(0));
    await closed;
    expect(statusOf(await get(`/back?${trueQuery}`))).toBe(404);
    const answer = await sendRaw(port, rawGet('/back?code=c2&state=s2', host));
    expect(bodyOf(answer)).toContain(words.rehearsed.heading);
    expect(asked).toEqual([trueQuery, 'code=c2&state=s2']);
  });

  test('with late hits keeps no program from ending', async () => {
    const holding = (): string[] =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout' || kind === 'TCPServerWrap');
    const { open } = await wait();
    // Within one turn of the loop, so that nobody else's timer comes or goes in between.
    const before = holding().length;
    void open.close(60_000);
    expect(holding()).toHaveLength(before - 1);
  });
});

describe('pages', () => {
  test('are drawn in the words of the moment at which the wait begins', async () => {
    let heading = 'Angemeldet';
    const listeners = loopbackListeners(() => ({ ...words, language: 'de', signedIn: { heading, what: 'Gut.' } }));
    const show = async (): Promise<string> => {
      const open = await listeners.open('http://127.0.0.1:1/back', true, (): RedirectPage => 'signed_in');
      const port = portOf(open.redirectUri);
      const answer = await sendRaw(port, rawGet('/back', `127.0.0.1:${port}`));
      await open.close(0);
      return bodyOf(answer);
    };
    expect(await show()).toContain('Angemeldet');
    heading = 'Wieder da';
    expect(await show()).toContain('Wieder da');
  });
});
