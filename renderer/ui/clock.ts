import { useSyncExternalStore } from 'react';

const secondMs = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let offsetMs = 0;

/** True time, as main knows it from the providers' clocks. For a moment that is read once; hooks are below. */
export function trueNowMs(): number {
  return Date.now() + offsetMs;
}

/** How far this computer's clock is off. Countdowns change at once and not a second later. */
export function setTimeOffset(ms: number): void {
  if (ms === offsetMs) return;
  offsetMs = ms;
  for (const listener of listeners) listener();
}

const untilNextSecond = (): number => secondMs - (((trueNowMs() % secondMs) + secondMs) % secondMs);

/** Ticks on the second, so that all countdowns of the window change together. */
function tick(): void {
  timer = setTimeout(tick, untilNextSecond());
  for (const listener of listeners) listener();
  if (document.hidden) rest();
}

function rest(): void {
  clearTimeout(timer);
  timer = undefined;
}

let isWatching = false;

/** What nobody sees need not be drawn: the clock rests while the window is hidden, and is right the moment it is shown. */
function restWhileHidden(): void {
  if (isWatching) return;
  isWatching = true;
  document.addEventListener('visibilitychange', () => {
    rest();
    if (!document.hidden && listeners.size > 0) tick();
  });
}

function subscribe(listener: () => void): () => void {
  restWhileHidden();
  listeners.add(listener);
  timer ??= setTimeout(tick, untilNextSecond());
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

const wholeSecond = (): number => Math.floor(trueNowMs() / secondMs) * secondMs;

/** The time, one shared tick a second. Whoever calls this draws anew each second: keep it in small parts. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSecond);
}

/** A value worked out from the time; draws anew only when the value changes, not each second. */
export function useFromNow<T extends string | number | boolean | null>(of: (nowMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => of(wholeSecond()));
}
