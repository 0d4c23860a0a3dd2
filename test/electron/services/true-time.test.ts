import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest, Transport } from '../../../electron/oauth/transport.ts';
import { TrueTime } from '../../../electron/services/true-time.ts';
import { Secret } from '../../../electron/secret.ts';
import { SetClock } from '../../support/set-clock.ts';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
const startMs = Date.UTC(2026, 0, 31, 12);

/** A clock here and servers elsewhere, each with a clock of its own: so far ahead of the true one. */
function world(wrongMs = 0) {
  const local = new SetClock(startMs);
  local.jump(wrongMs);
  let sleptMs = 0;
  const trueMs = (): number => local.runningMs() + sleptMs;
  const time = new TrueTime(local);
  const told: number[] = [];
  time.onChange(() => told.push(time.offsetMs()));
  const hear = async (
    host: string,
    over: { aheadMs?: number; headers?: HttpAnswer['headers']; tookMs?: number } = {},
  ) => {
    const { aheadMs = 0, tookMs = 0 } = over;
    const headers = over.headers ?? { date: new Date(trueMs() + aheadMs).toUTCString() };
    const inner: Transport = {
      send: () => Promise.resolve({ status: 200, headers, body: '', receivedAtMs: local.nowMs(), durationMs: tookMs }),
    };
    const request: HttpRequest = {
      method: 'GET',
      url: new Secret(host.includes('://') ? host : `https://${host}/`),
      headers: {},
      body: null,
      timeLimitMs: 1000,
    };
    return (await time.over(inner).send(request)).receivedAtMs;
  };
  const sleep = (ms: number): void => {
    sleptMs += ms;
    local.jump(ms);
  };
  /** How far the time that is gone by is from the true one. */
  const off = (): number => time.nowMs() - trueMs();
  return { local, time, told, hear, sleep, off, trueMs };
}

describe('true time', () => {
  it.each([
    ['three hours', 3 * hour],
    ['a day', day],
    ['a year', 365 * day],
  ])('is the server’s where this clock is ahead or behind by %s, and stamps that very answer', async (_, ms) => {
    for (const wrongMs of [ms, -ms]) {
      const { time, hear, off, trueMs, told } = world(wrongMs);
      expect(off()).toBe(wrongMs);
      const receivedAtMs = await hear('a.example');
      expect(Math.abs(receivedAtMs - trueMs())).toBeLessThanOrEqual(second);
      expect(Math.abs(time.offsetMs() + wrongMs)).toBeLessThanOrEqual(second);
      expect(told).toEqual([time.offsetMs()]);
    }
  });

  it('takes less than five seconds for none, and does not waver with the servers’ seconds', async () => {
    const small = world();
    await small.hear('a.example', { aheadMs: 4 * second });
    expect(small.time.offsetMs()).toBe(0);
    expect(small.told).toEqual([]);
    const large = world();
    await large.hear('a.example', { aheadMs: hour });
    const offsetMs = large.time.offsetMs();
    for (const aheadMs of [hour + second, hour - second, hour + 2 * second]) await large.hear('a.example', { aheadMs });
    expect(large.time.offsetMs()).toBe(offsetMs);
    expect(large.told).toEqual([offsetMs]);
  });

  it('is not moved by a server whose clock is wrong while another of the last day agrees with ours', async () => {
    const { local, hear, time } = world();
    await hear('right.example');
    await hear('wrong.example', { aheadMs: 3 * hour });
    expect(time.offsetMs()).toBe(0);
    // A day later nobody vouches for ours any more.
    local.advance(day + second);
    await hear('wrong.example', { aheadMs: 3 * hour });
    expect(Math.abs(time.offsetMs() - 3 * hour)).toBeLessThanOrEqual(second);
    await hear('right.example');
    expect(time.offsetMs()).toBe(0);
  });

  it('keeps what it knew when nobody is heard for days', async () => {
    const { local, hear, off } = world(-3 * hour);
    await hear('a.example');
    local.advance(5 * day);
    expect(Math.abs(off())).toBeLessThanOrEqual(second);
  });

  it.each<[string, string, Parameters<ReturnType<typeof world>['hear']>[1]]>([
    ['none', 'a.example', { headers: {} }],
    ['that is no date', 'a.example', { headers: { date: 'soon' } }],
    ['that is a number', 'a.example', { headers: { date: '1769860800' } }],
    ['before 2020', 'a.example', { headers: { date: 'Thu, 01 Jan 1970 00:00:07 GMT' } }],
    ['in the year 9999', 'a.example', { headers: { date: 'Fri, 31 Dec 9999 23:59:59 GMT' } }],
    ['of a kept answer', 'a.example', { headers: { date: 'Sat, 31 Jan 2026 09:00:00 GMT', age: '10800' } }],
    ['of an answer that was under way for longer than any may be', 'a.example', { aheadMs: hour, tookMs: 2 * hour }],
    ['that came in clear', 'http://a.example/', { aheadMs: hour }],
    ['of a server on this computer', 'http://127.0.0.1:8080/', { aheadMs: hour }],
    ['of a server on this computer, over https', 'https://localhost:8080/', { aheadMs: hour }],
  ])('learns nothing from a Date %s', async (_, host, over) => {
    const { hear, time } = world();
    await hear(host, over);
    expect(time.offsetMs()).toBe(0);
  });

  it('still takes an odd form of date, as servers may send it', async () => {
    const { hear, time } = world();
    await hear('a.example', { headers: { date: 'Saturday, 31-Jan-26 15:00:00 GMT' } });
    expect(Math.abs(time.offsetMs() - 3 * hour)).toBeLessThanOrEqual(second);
  });

  it('does not hear what was asked before the clock was set and answered after', async () => {
    const { local, time, trueMs } = world();
    const inner: Transport = {
      send() {
        const headers = { date: new Date(trueMs()).toUTCString() };
        local.jump(-hour);
        return Promise.resolve({ status: 200, headers, body: '', receivedAtMs: local.nowMs(), durationMs: 0 });
      },
    };
    const request = { method: 'GET', url: new Secret('https://a.example/'), headers: {}, body: null } as const;
    const { receivedAtMs } = await time.over(inner).send({ ...request, timeLimitMs: 1000 });
    expect(receivedAtMs).toBe(trueMs());
    expect(time.mayBeMs()).toBe(trueMs());
  });
});

describe('a clock that is set meanwhile', () => {
  it.each([
    ['back by a year, nothing heard', -365 * day, false],
    ['ahead by a day, nothing heard', day, false],
    ['back by a day', -day, true],
    ['ahead by a year', 365 * day, true],
  ])('changes nothing of true time: %s', async (_, ms, heard) => {
    const { local, hear, off, told, time } = world();
    if (heard) await hear('a.example');
    local.jump(ms);
    expect(off()).toBe(0);
    expect(time.offsetMs()).toBe(-ms);
    await Promise.resolve();
    expect(told).toEqual([-ms]);
    await hear('a.example');
    expect(Math.abs(off())).toBeLessThanOrEqual(second);
  });

  it('is noticed within a second, whoever asks or not', async () => {
    const { local, time, told } = world();
    time.start();
    local.advance(10 * second);
    local.jump(day);
    local.advance(second);
    await Promise.resolve();
    expect(told).toEqual([-day]);
  });

  it('set right ends the offset, and set back and forth leaves no doubt', async () => {
    const { local, hear, off, time } = world(3 * hour);
    await hear('a.example');
    local.jump(-3 * hour);
    expect(Math.abs(time.offsetMs())).toBeLessThanOrEqual(second);
    await hear('a.example');
    expect(time.offsetMs()).toBe(0);
    local.jump(day);
    expect(time.mayBeMs()).toBe(time.nowMs() + day);
    local.jump(-day);
    expect(time.mayBeMs()).toBe(time.nowMs());
    expect(off()).toBe(0);
  });

  it('slews away by less than two seconds at a time without being taken for set', () => {
    const { local, time } = world();
    for (let look = 0; look < 10; look += 1) {
      local.jump(1500);
      time.nowMs();
    }
    expect(time.offsetMs()).toBe(0);
  });
});

describe('a computer that slept', () => {
  it('has slept, where it was told of it: true time went on', () => {
    const { time, sleep, off } = world();
    time.sleeps();
    sleep(8 * hour);
    expect(off()).toBe(0);
    expect(time.mayBeMs()).toBe(time.nowMs());
    time.wakes();
    expect(off()).toBe(0);
  });

  it('is told that the clock was set where it jumps after the wake', () => {
    const { time, sleep, local, off } = world();
    time.sleeps();
    sleep(hour);
    time.wakes();
    local.jump(day);
    expect(off()).toBe(0);
    expect(time.offsetMs()).toBe(-day);
  });

  it('and says so a little after the first look, is believed then', async () => {
    const { time, sleep, off, told, local, hear } = world();
    await hear('a.example');
    sleep(8 * hour);
    expect(off()).toBe(-8 * hour);
    local.advance(5 * second);
    time.wakes();
    expect(off()).toBe(0);
    await Promise.resolve();
    expect(told.at(-1)).toBe(0);
    await hear('a.example');
    expect(time.offsetMs()).toBe(0);
  });

  it('and never says so, is in doubt until a server is heard: by no less and no more than the jump', async () => {
    const { time, sleep, off, hear } = world(-3 * hour);
    await hear('a.example');
    await hear('b.example');
    sleep(3 * hour);
    expect(time.mayBeMs() - time.nowMs()).toBe(3 * hour);
    await hear('a.example');
    // What b said was moved along with the clock, and would now speak for the wrong reading.
    expect(Math.abs(off())).toBeLessThanOrEqual(second);
    expect(time.mayBeMs()).toBe(time.nowMs());
  });
});
