// Over 300 lines: one table of attacks on one listener.
import { Server as NetServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loopbackListeners } from '../../../electron/platform/loopback.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { ending } from '../../support/ending.ts';
import { bodyOf, holdRaw, rawGet, sendRaw, statusOf } from '../../support/raw-http.ts';
import { hasIpv6, hold, knowing, trueQuery, waiting, type Rig } from '../../support/redirects.ts';

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

/** The true hit must get through, whatever was before it. */
async function expectTheWayIsOpen(rig: Rig): Promise<void> {
  expect(statusOf(await rig.get(`/back?${trueQuery}`))).toBe(200);
}

describe('B7: forged hits', () => {
  test('B8: of ten thousand none is accepted, each is counted, and the true one gets through (D8)', async () => {
    const rig = await wait();
    const { port, host } = rig;
    const kinds: ((n: number) => [bytes: string, status: number])[] = [
      (n) => [rawGet(`/back?code=c1&state=forged${n}`, host), 404],
      (n) => [rawGet(`/back?error=access_denied&state=${n}`, host), 404],
      (n) => [rawGet(`/back${n}?${trueQuery}`, host), 404],
      () => [rawGet(`/back?${trueQuery}`, `evil.example:${port}`), 421],
      () => [rawGet(`/back?${trueQuery}`, host).replace('GET', 'HEAD'), 404],
      () => [`POST /back HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${trueQuery.length}\r\n\r\n${trueQuery}`, 404],
      () => [rawGet('/favicon.ico', host), 404],
    ];
    const wrong: string[] = [];
    let sent = 0;
    const sendOn = async (): Promise<void> => {
      while (sent < 10_000) {
        const n = sent;
        sent += 1;
        const [bytes, status] = kinds[n % kinds.length]!(n);
        const answer = await sendRaw(port, bytes);
        if (statusOf(answer) !== status || bodyOf(answer) !== '') wrong.push(answer);
      }
    };
    await Promise.all(Array.from({ length: 12 }, sendOn));
    expect(wrong).toEqual([]);
    expect(rig.open.strays()).toBe(10_000);
    // Only what was well formed and addressed to us came before the judge at all.
    expect(rig.asked).toHaveLength(2858);
    expect(rig.asked).not.toContain(trueQuery);
    await expectTheWayIsOpen(rig);
    expect(rig.open.strays()).toBe(10_000);
  }, 20_000);

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])(
    'a %s of the true address is a stray',
    async (method) => {
      const rig = await wait();
      const answer = await sendRaw(rig.port, rawGet(`/back?${trueQuery}`, rig.host).replace('GET', method));
      expect([statusOf(answer), bodyOf(answer)]).toEqual([404, '']);
      expect([rig.asked, rig.open.strays()]).toEqual([[], 1]);
      await expectTheWayIsOpen(rig);
    },
  );

  test('a CONNECT gets nothing and is a stray', async () => {
    const rig = await wait();
    expect(await sendRaw(rig.port, `CONNECT ${rig.host} HTTP/1.1\r\nHost: ${rig.host}\r\n\r\n`)).toBe('');
    expect(rig.open.strays()).toBe(1);
    await expectTheWayIsOpen(rig);
  });

  test('an upgrade to a WebSocket is judged like any GET, and never granted', async () => {
    const rig = await wait();
    const answer = await rig.get(
      '/back?state=forged',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    );
    expect(statusOf(answer)).toBe(404);
    await expectTheWayIsOpen(rig);
  });

  test.each([
    '/',
    '/back/',
    '/Back',
    '//back',
    '/./back',
    '/x/../back',
    '/b%61ck',
    '/back%3F',
    '/back;a',
    '/back#a',
    '/favicon.ico',
    'http://HOST/back',
    'http://evil.example/back',
    '*',
  ])('the path of %s is not the one that is waited for', async (path) => {
    const rig = await wait();
    const answer = await rig.get(`${path.replace('HOST', rig.host)}?${trueQuery}`);
    expect(answer === '' || statusOf(answer) === 404).toBe(true);
    expect([rig.asked, rig.open.strays()]).toEqual([[], 1]);
    await expectTheWayIsOpen(rig);
  });

  test.each([
    ['Content-Length: 5', 'hello'],
    ['Transfer-Encoding: chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ])('a GET with a body (%s) is a stray', async (header, body) => {
    const rig = await wait();
    const answer = await sendRaw(rig.port, rawGet(`/back?${trueQuery}`, rig.host, header) + body);
    expect(statusOf(answer)).toBe(404);
    expect([rig.asked, rig.open.strays()]).toEqual([[], 1]);
    await expectTheWayIsOpen(rig);
  });

  test('what is no HTTP at all gets nothing, and the wait goes on', async () => {
    const rig = await wait();
    for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'hello\r\n\r\n']) {
      expect(await sendRaw(rig.port, bytes)).toBe('');
    }
    expect([rig.asked, rig.open.strays()]).toEqual([[], 3]);
    await expectTheWayIsOpen(rig);
  });
});

describe('B7: a name that points here (DNS rebinding)', () => {
  test.each([
    ['another name', ['Host: evil.example']],
    ['another name with the port', ['Host: evil.example:PORT']],
    ['localhost, which is not what was registered', ['Host: localhost:PORT']],
    ['the other family', ['Host: [::1]:PORT']],
    ['no port', ['Host: 127.0.0.1']],
    ['another port', ['Host: 127.0.0.1:1PORT']],
    ['a port in another spelling', ['Host: 127.0.0.1:0PORT']],
    ['an address in another spelling', ['Host: 127.1:PORT']],
    ['a dot behind', ['Host: 127.0.0.1.:PORT']],
    ['a name in front', ['Host: evil.example@127.0.0.1:PORT']],
    ['an empty Host', ['Host:']],
    ['no Host', []],
    ['ours twice', ['Host: 127.0.0.1:PORT', 'Host: 127.0.0.1:PORT']],
    ['ours and another', ['Host: 127.0.0.1:PORT', 'host: evil.example']],
    ['another and ours', ['Host: evil.example', 'Host: 127.0.0.1:PORT']],
    ['ours in a header of a proxy only', ['Host: evil.example', 'X-Forwarded-Host: 127.0.0.1:PORT']],
  ])('is refused: %s', async (_, headers) => {
    const rig = await wait();
    const lines = headers.map((line) => line.replace('PORT', String(rig.port)));
    const answer = await sendRaw(
      rig.port,
      [`GET /back?${trueQuery} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'),
    );
    expect([statusOf(answer), bodyOf(answer)]).toEqual([421, '']);
    expect([rig.asked, rig.open.strays()]).toEqual([[], 1]);
    await expectTheWayIsOpen(rig);
  });
});

describe('text in the address', () => {
  test.each(['<script>alert(1)</script>', '%3Cscript%3Ealert(1)%3C%2Fscript%3E', '"onload="alert(1)'])(
    '%s comes back in no answer, accepted or not',
    async (text) => {
      const listeners = loopbackListeners(() => english.loopback);
      const query = `error=access_denied&error_description=${text}`;
      const open = await listeners.open('http://127.0.0.1:1/back', true, knowing(query, 'declined', []));
      undo.push(() => open.close(0));
      const { host, port } = new URL(open.redirectUri);
      const accepted = await sendRaw(Number(port), rawGet(`/back?${query}`, host));
      const answers = [
        accepted,
        await sendRaw(Number(port), rawGet(`/back?x=${text}`, host)),
        await sendRaw(Number(port), rawGet(`/${text}?${query}`, host)),
        await sendRaw(Number(port), rawGet(`/back?${query}`, text)),
        await sendRaw(Number(port), rawGet(`/back?${query}`, host, `Referer: ${text}`)),
      ];
      expect(answers.map(statusOf)).toEqual([200, 404, 404, 421, 200]);
      for (const answer of answers) expect(answer).not.toMatch(/alert|access_denied|onload/);
    },
  );
});

describe('B7: too much', () => {
  const most = 8192;
  const filled = (size: number): string => `/back?${trueQuery}&x=`.padEnd(size, 'x');
  /** Headers of exactly that many bytes, Host and all. */
  const heavy = (host: string, size: number): string[] => [
    `X: ${'x'.repeat(size - `Host: ${host}\r\n`.length - 'X: \r\n'.length)}`,
  ];

  test('an address of 8 KiB is read, and one byte more is not', async () => {
    const rig = await wait();
    expect(statusOf(await rig.get(filled(most)))).toBe(404);
    expect(rig.asked).toHaveLength(1);
    expect(statusOf(await rig.get(filled(most + 1)))).toBe(404);
    expect(rig.asked).toHaveLength(1);
    await expectTheWayIsOpen(rig);
  });

  test('headers of 8 KiB are read, and one byte more are not', async () => {
    const rig = await wait();
    const target = `/back?${trueQuery}`;
    expect(statusOf(await rig.get(target, ...heavy(rig.host, most + 1)))).toBe(404);
    expect([rig.asked, rig.open.strays()]).toEqual([[], 1]);
    expect(statusOf(await rig.get(target, ...heavy(rig.host, most)))).toBe(200);
  });

  test('far more of either is not even read to its end', async () => {
    const rig = await wait();
    expect(await rig.get(filled(100_000))).toBe('');
    expect(await rig.get('/back', `X: ${'x'.repeat(100_000)}`)).toBe('');
    expect([rig.asked, rig.open.strays()]).toEqual([[], 2]);
    await expectTheWayIsOpen(rig);
  });
});

describe('B7: sockets', () => {
  const partial = 'GET /back HTTP/1.1\r\nX: ';

  test('fifty that trickle do not stop the true hit (D11)', async () => {
    const rig = await wait();
    const slow = await Promise.all(Array.from({ length: 50 }, () => holdRaw(rig.port, partial)));
    await expectTheWayIsOpen(rig);
    expect(rig.open.strays()).toBe(0);
    await rig.open.close(0);
    await Promise.all(slow.map(({ closed }) => closed));
  });

  test('there are 32 at the most, and the newest pushes out the one that has waited longest', async () => {
    const listen = vi.spyOn(NetServer.prototype, 'listen');
    const rig = await wait();
    const server = listen.mock.contexts[0] as NetServer;
    const count = (): Promise<number> =>
      new Promise((resolve, reject) =>
        server.getConnections((error, open) => (error === null ? resolve(open) : reject(error))),
      );
    const silent: Awaited<ReturnType<typeof holdRaw>>[] = [];
    for (let n = 0; n < 32; n += 1) silent.push(await holdRaw(rig.port));
    const gone: number[] = [];
    silent.forEach(({ closed }, n) => void closed.then(() => gone.push(n)));
    await holdRaw(rig.port, partial);
    await silent[0]!.closed;
    await holdRaw(rig.port, partial);
    await silent[1]!.closed;
    expect(gone).toEqual([0, 1]);
    expect(await count()).toBe(32);
    await expectTheWayIsOpen(rig);
  });

  test('one lives no longer than its time, however often it sends a byte', async () => {
    const rig = await wait({ socketMs: 60 });
    const silent = await holdRaw(rig.port);
    const trickling = await holdRaw(rig.port, partial);
    const drip = setInterval(() => trickling.socket.write('x'), 5);
    await Promise.all([silent.closed, trickling.closed]);
    clearInterval(drip);
    await expectTheWayIsOpen(rig);
  });
});

describe('the port', () => {
  test('is free and nothing is left after 200 sign-ins on it in a row (D11)', async () => {
    const listeners = loopbackListeners(() => english.loopback);
    const first = await waiting();
    await first.open.close(0);
    const { port, host } = first;
    for (let n = 0; n < 200; n += 1) {
      const query = `code=c${n}&state=s${n}`;
      const open = await listeners.open(`http://${host}/back`, false, knowing(query, 'signed_in', []));
      const answer = await sendRaw(port, rawGet(`/back?${query}`, host));
      expect(statusOf(answer)).toBe(200);
      // Every second one lingers until the next takes its port.
      if (n % 2 === 0) void open.close(60_000);
      else await open.close(0);
    }
    // A handle that was just closed is listed until the loop has turned a few times.
    await vi.waitFor(() =>
      expect(process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'))).toEqual([]),
    );
    await (await hold(port)).free();
  });

  test('of a 127.0.0.1 address is no business of whoever sits on [::1]', async () => {
    const free = await waiting();
    await free.open.close(0);
    const { port, host } = free;
    if (!hasIpv6) {
      await expect(hold(port, '::1')).rejects.toThrow();
      return;
    }
    const squatter = await hold(port, '::1');
    undo.push(() => squatter.free());
    const asked: string[] = [];
    const open = await free.listeners.open(`http://${host}/back`, false, knowing(trueQuery, 'signed_in', asked));
    undo.push(() => open.close(0));
    expect(statusOf(await sendRaw(port, rawGet(`/back?${trueQuery}`, new URL(open.redirectUri).host)))).toBe(200);
    expect([asked, squatter.heard()]).toEqual([[trueQuery], 0]);
    // For `localhost` the squatter would be asked first by many browsers.
    const named = free.listeners.open(`http://localhost:${port}/back`, false, () => 'signed_in');
    expect((await ending(named)).code).toBe('redirect_port_taken');
  });

  test('of localhost is not taken while [::1] is held, and 127.0.0.1 stays free for others', async () => {
    const free = await waiting();
    await free.open.close(0);
    if (!hasIpv6) {
      await expect(hold(free.port, '::1')).rejects.toThrow();
      return;
    }
    const squatter = await hold(free.port, '::1');
    undo.push(() => squatter.free());
    const named = free.listeners.open(`http://localhost:${free.port}/back`, false, () => 'signed_in');
    expect(await ending(named)).toMatchObject({
      code: 'redirect_port_taken',
      facts: { name: String(free.port) },
    });
    await (await hold(free.port)).free();
  });
});
