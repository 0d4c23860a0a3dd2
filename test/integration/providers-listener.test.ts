import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startPracticeListener, type PracticeListener } from '../../electron/platform/practice-listener.ts';
import { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { profile } from '../../electron/providers/registry.ts';

let listener: PracticeListener;
let engine: PracticeEngine;

async function open(): Promise<URL> {
  engine = new PracticeEngine({ profile: profile('teamgantt'), nowMs: () => Date.now() });
  listener = await startPracticeListener(engine);
  return new URL(listener.origin);
}
afterEach(() => listener.stop());

function status(url: URL, options: { host?: string; body?: string } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        hostname: url.hostname,
        port: url.port,
        path: '/oauth2/token',
        method: 'POST',
        agent: false,
        headers: { host: options.host ?? url.host },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sending.once('error', reject);
    sending.end(options.body ?? '');
  });
}

test('the practice listener is on 127.0.0.1 alone, each on a port of its own', async () => {
  const url = await open();
  expect(url.hostname).toBe('127.0.0.1');
  expect(await status(url)).toBe(400);
  const other = await startPracticeListener(engine);
  expect(other.origin).not.toBe(listener.origin);
  await other.stop();
});

test('a page that reaches it under another name (DNS rebinding) is turned away before the engine hears of it', async () => {
  const url = await open();
  for (const host of ['evil.example', `evil.example:${url.port}`, 'localhost', `localhost:${url.port}`, '127.0.0.1']) {
    expect(await status(url, { host })).toBe(421);
  }
  expect(engine.record()).toEqual([]);
});

test('a body beyond 64 KiB is refused', async () => {
  const url = await open();
  expect(await status(url, { body: 'a'.repeat(65_537) })).toBe(413);
  expect(engine.record()).toEqual([]);
});

test('stopping ends every connection, also one that waits for an answer, and frees the port', async () => {
  const url = await open();
  engine.failNext('token', 1, { kind: 'never' });
  engine.failNext('token', 1, { kind: 'slow', afterMs: 60_000 });
  const waiting = [status(url), status(url)].map((sending) => sending.catch((error: unknown) => error));
  const idle = connect(Number(url.port), '127.0.0.1');
  const closed = new Promise((resolve) => idle.once('close', resolve));
  idle.on('error', () => undefined);
  await expect.poll(() => engine.record().length).toBe(2);
  await listener.stop();
  for (const ended of await Promise.all(waiting)) expect(ended).toBeInstanceOf(Error);
  await closed;
  await expect(status(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
