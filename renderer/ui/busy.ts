import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import { useText } from './text.ts';

/** The window's one live region: what is given to it is spoken once. */
export const SayContext = createContext<(sentence: string) => void>(() => undefined);

/**
 * Says that a pressed button is at work. Work that began without a press (a renewal due) is not the button's news.
 * The answer is to be called at each press.
 */
export function useSaidBusy(busy: boolean, name: unknown): () => void {
  const { shell } = useText();
  const say = useContext(SayContext);
  const pressed = useRef(false);
  const sentence = typeof name === 'string' ? shell.busy(name) : '';
  useEffect(() => {
    if (busy && pressed.current && sentence !== '') say(sentence);
    if (!busy) pressed.current = false;
    // A name that changes while it works is no news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [busy]);
  return useCallback(() => {
    pressed.current = true;
  }, []);
}
