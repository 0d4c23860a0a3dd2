import { useSyncExternalStore } from 'react';

const listFor = (query: string): MediaQueryList | null => (typeof matchMedia === 'function' ? matchMedia(query) : null);

/** Does a media query hold now? */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = listFor(query);
      list?.addEventListener('change', changed);
      return () => list?.removeEventListener('change', changed);
    },
    () => listFor(query)?.matches ?? false,
  );
}
