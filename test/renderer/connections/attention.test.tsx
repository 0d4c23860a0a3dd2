// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionNotices } from '../../../shared/model/notices.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { tomorrowMs } from '../../../renderer/features/connections/notify-control.tsx';
import { connection, fakeMain, giveRoom, nowMs, openWindow, snapshot, type FakeMain } from './window.tsx';

// A whole window is drawn for each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  giveRoom();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const words = english.notices.connection;
const shownName = (): string | null => screen.getByRole('complementary').getAttribute('aria-label');
async function settle(): Promise<void> {
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}
async function pushed(main: FakeMain, attention: { call: number; connectionId: string | null }): Promise<void> {
  act(() => main.push({ attention }));
  await settle();
}

const both = { connections: [connection({ id: 'alpha' }), connection({ id: 'beta' })] };

describe('a press on a notification or in the tray', () => {
  it('leads to its connection, each time anew', async () => {
    const main = fakeMain(snapshot(both), {}, 'alpha');
    await openWindow(main);
    expect(shownName()).toBe('alpha');
    await pushed(main, { call: 1, connectionId: 'beta' });
    expect(shownName()).toBe('beta');
    fireEvent.pointerDown(screen.getByRole('row', { name: /^alpha/ }), { button: 0 });
    await settle();
    expect(shownName()).toBe('alpha');
    await pushed(main, { call: 2, connectionId: 'beta' });
    expect(shownName()).toBe('beta');
  });

  it('leads back from another room and out of a narrowed list', async () => {
    const main = fakeMain(snapshot(both), {}, 'alpha');
    await openWindow(main);
    fireEvent.click(screen.getByRole('button', { name: english.shell.side.apps }));
    await settle();
    expect(screen.queryByRole('row', { name: /^alpha/ })).toBeNull();
    await pushed(main, { call: 1, connectionId: null });
    expect(screen.getByRole('row', { name: /^alpha/ })).toBeDefined();
  });

  it('is followed by a window that was not there yet, and not once more by a snapshot that repeats it', async () => {
    let revision = 1;
    const start = () => ({
      snapshot: snapshot({ ...both, revision }),
      language: 'en',
      platform: 'linux',
      version: '0',
      dataFolder: '/data',
      lastCopiedConnectionId: 'alpha',
      attention: { call: 1, connectionId: 'beta' },
    });
    const main = fakeMain(snapshot(both), { 'program.start': start });
    await openWindow(main);
    expect(shownName()).toBe('beta');
    fireEvent.pointerDown(screen.getByRole('row', { name: /^alpha/ }), { button: 0 });
    await settle();
    // A gap in the revisions: all is asked for anew.
    revision = 7;
    act(() => main.push({ revision }));
    await settle();
    expect(shownName()).toBe('alpha');
  });
});

describe('notifications of one connection', () => {
  const control = () => within(screen.getByRole('radiogroup', { name: words.label }));
  const kept = ({ calls }: FakeMain) => calls.filter(([channel]) => channel === 'notices.keepOfConnection');

  it('are on, off, or silent until the next morning, as a person chooses', async () => {
    const main = fakeMain(
      snapshot(both),
      { 'notices.keepOfConnection': ({ notify, snoozedUntilMs }: ConnectionNotices) => ({ notify, snoozedUntilMs }) },
      'alpha',
    );
    await openWindow(main);
    expect(control().getByRole<HTMLInputElement>('radio', { name: words.on }).checked).toBe(true);
    fireEvent.click(control().getByRole('radio', { name: words.tomorrow }));
    await settle();
    expect(document.body.textContent).toMatch(/Nothing is told of it before \S+ 09:00\./);
    fireEvent.click(control().getByRole('radio', { name: words.off }));
    await settle();
    expect(kept(main).map(([, input]) => input)).toEqual([
      { connectionId: 'alpha', notify: 'on', snoozedUntilMs: tomorrowMs(nowMs) },
      { connectionId: 'alpha', notify: 'off', snoozedUntilMs: null },
    ]);
    expect(control().getByRole<HTMLInputElement>('radio', { name: words.off }).checked).toBe(true);
  });

  it('are not there for practice', async () => {
    const main = fakeMain(snapshot({ connections: [connection({ id: 'alpha', realm: 'practice' })] }), {}, 'alpha');
    await openWindow(main);
    expect(shownName()).toBe('alpha');
    expect(screen.queryByRole('radiogroup', { name: words.label })).toBeNull();
    expect(main.calls.map(([channel]) => channel)).not.toContain('notices.ofConnection');
  });

  it('begin again at nine of the next day, also over the end of a month and of summer time', () => {
    const at = (year: number, month: number, day: number, hour: number) => new Date(year, month, day, hour).getTime();
    expect(tomorrowMs(at(2026, 4, 31, 23))).toBe(at(2026, 5, 1, 9));
    expect(tomorrowMs(at(2026, 9, 24, 1))).toBe(at(2026, 9, 25, 9));
  });
});
