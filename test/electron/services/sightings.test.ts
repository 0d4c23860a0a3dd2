import { describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import type { HttpAnswer, HttpRequest } from '../../../electron/oauth/transport.ts';
import { Sightings } from '../../../electron/services/sightings.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const startMs = Date.UTC(2026, 0, 31, 12);
const call = (url: string): HttpRequest => ({
  method: 'GET',
  url: new Secret(url),
  headers: {},
  body: null,
  timeLimitMs: 1000,
});

function watching() {
  const clock = new ManualClock(startMs);
  const sightings = new Sightings(clock);
  let next: () => HttpAnswer = () => {
    throw new Error('not told what to answer');
  };
  const transport = sightings.watch({ send: () => new Promise((done) => done(next())) });
  return {
    clock,
    sightings,
    answer: (date: string | null, durationMs = 200) => {
      const headers: Record<string, string> = date === null ? {} : { date };
      next = () => ({ status: 200, headers, body: '', receivedAtMs: clock.nowMs(), durationMs });
      return transport.send(call('https://a.example/token?access_token=MARKER'));
    },
    fail: (code: ErrorCode, url = 'https://a.example/') => {
      next = () => {
        throw new AppError(code);
      };
      return transport.send(call(url)).catch(() => undefined);
    },
  };
}

describe('what is seen of a host', () => {
  it('is how far its clock is ahead, within the second that the header leaves open', async () => {
    const { sightings, answer } = watching();
    await answer(new Date(startMs + 420_000).toUTCString());
    expect(Math.abs((sightings.of('a.example')?.aheadMs ?? 0) - 420_000)).toBeLessThanOrEqual(600);
    await answer(new Date(startMs).toUTCString());
    expect(Math.abs(sightings.of('a.example')?.aheadMs ?? 9999)).toBeLessThanOrEqual(600);
  });

  it.each([[null], [''], ['yesterday, perhaps']])(
    'keeps the clock that was known where the header is %j',
    async (date) => {
      const { sightings, answer } = watching();
      await answer(date);
      expect(sightings.of('a.example')?.aheadMs).toBeNull();
      await answer(new Date(startMs).toUTCString());
      await answer(date);
      expect(sightings.of('a.example')?.aheadMs).not.toBeNull();
    },
  );

  it('is that it answered, also where what it answered is refused here', async () => {
    const { sightings, fail } = watching();
    await fail('certificate_refused');
    expect(sightings.of('a.example')).toMatchObject({ answered: null, failed: { code: 'certificate_refused' } });
    await fail('redirect_refused');
    expect(sightings.of('a.example')).toMatchObject({ answered: { atMs: startMs }, failed: null });
  });

  it('is nothing where nobody was asked', async () => {
    const { sightings, fail } = watching();
    await fail('address_insecure');
    await fail('offline', 'no address');
    expect(sightings.all()).toEqual([]);
  });

  it('holds no path, no query and no more than 500 hosts', async () => {
    const { sightings, answer, fail } = watching();
    await answer(null);
    expect(JSON.stringify(sightings.all())).not.toMatch(/token|MARKER/);
    for (let index = 0; index < 505; index += 1) await fail('offline', `https://h${String(index)}.example/`);
    expect(sightings.all()).toHaveLength(500);
    expect(sightings.of('a.example')).toBeNull();
    expect(sightings.of('h504.example')).not.toBeNull();
  });
});
