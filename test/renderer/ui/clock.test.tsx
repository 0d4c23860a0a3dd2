// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useNow } from '../../../renderer/ui/clock.ts';

const startMs = Date.UTC(2026, 0, 31, 12, 0, 0);
const secondMs = 1000;
let drawn = 0;

function Seconds() {
  drawn += 1;
  return <output>{(useNow() - startMs) / secondMs}</output>;
}

function show(isHidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
}

const later = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => vi.useFakeTimers({ now: startMs }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('ticks once a second while the window is seen', () => {
  render(<Seconds />);
  later(3 * secondMs);
  expect(screen.getByRole('status').textContent).toBe('3');
});

it('has no timer while the window is hidden, and is right the moment it is shown', () => {
  render(<Seconds />);
  show(true);
  expect(vi.getTimerCount()).toBe(0);
  const before = drawn;
  later(60 * secondMs);
  expect(drawn).toBe(before);
  show(false);
  expect(screen.getByRole('status').textContent).toBe('60');
  later(secondMs);
  expect(screen.getByRole('status').textContent).toBe('61');
});

it('rests again when something new is drawn in a hidden window', () => {
  show(true);
  render(<Seconds />);
  later(2 * secondMs);
  expect(vi.getTimerCount()).toBe(0);
});
