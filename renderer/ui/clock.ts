import { useSyncExternalStore } from 'react';

const secondMs = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Ticks on the second, so that all countdowns of the window change together. */
function tick(): void {
  timer = setTimeout(tick, secondMs - (Date.now() % secondMs));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setTimeout(tick, secondMs - (Date.now() % secondMs));
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

const wholeSecond = (): number => Math.floor(Date.now() / secondMs) * secondMs;

/** The time, one shared tick a second. Whoever calls this draws anew each second: keep it in small parts. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSecond);
}

/** A value worked out from the time; draws anew only when the value changes, not each second. */
export function useFromNow<T extends string | number | boolean | null>(of: (nowMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => of(wholeSecond()));
}
