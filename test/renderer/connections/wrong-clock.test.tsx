// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setTimeOffset, trueNowMs } from '../../../renderer/ui/clock.ts';
import { connection, fakeMain, giveRoom, hour, minute, nowMs, openWindow, snapshot } from './window.tsx';

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  giveRoom();
});
afterEach(() => {
  cleanup();
  setTimeOffset(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const detail = (): string => screen.getByRole('complementary').textContent;
const list = (): string => screen.getByRole('main').textContent;

describe('a window on a computer whose clock is wrong', () => {
  it('counts down by true time from its first picture on, and says quietly how far the clock is off', async () => {
    // It is three hours later than this computer says: forty minutes are left, not three hours and forty.
    const ends = connection({ id: 'alpha', expiresAtMs: nowMs + 3 * hour + 40 * minute });
    await openWindow(fakeMain(snapshot({ connections: [ends], timeOffsetMs: 3 * hour }), {}, 'alpha'));
    expect(detail()).toContain('40m');
    expect(list()).toContain('This computer’s clock is 3 hours behind. Grantkeep goes by the providers’ clocks.');
  });

  it('calls nothing ended when the clock is set a day ahead and main says so, nor when it is set back', async () => {
    const main = fakeMain(snapshot({ connections: [connection({ id: 'alpha' })] }), {}, 'alpha');
    await openWindow(main);
    expect(list()).not.toContain('clock');
    vi.setSystemTime(nowMs + 24 * hour);
    act(() => main.push({ timeOffsetMs: -24 * hour }));
    expect(detail()).toContain('40m');
    expect(detail()).not.toContain('Ended');
    expect(list()).toContain('This computer’s clock is 1 day ahead.');
    vi.setSystemTime(nowMs);
    act(() => main.push({ timeOffsetMs: 0 }));
    expect(detail()).toContain('40m');
    expect(list()).not.toContain('clock');
  });

  it('says nothing of less than a minute, and still goes by it', async () => {
    await openWindow(fakeMain(snapshot({ connections: [connection({ id: 'alpha' })], timeOffsetMs: -59_000 })));
    expect(list()).not.toContain('clock');
    expect(trueNowMs()).toBe(nowMs - 59_000);
  });

  it('ticks on the second of true time', async () => {
    await openWindow(
      fakeMain(snapshot({ connections: [connection({ id: 'alpha' })], timeOffsetMs: 8_250 }), {}, 'alpha'),
    );
    expect(detail()).toContain('39m52s');
    await act(() => vi.advanceTimersByTimeAsync(749));
    expect(detail()).toContain('39m52s');
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(detail()).toContain('39m51s');
  });
});
