import { createContext, useContext } from 'react';

export type Platform = 'linux' | 'darwin' | 'win32';
export const PlatformContext = createContext<Platform>('linux');

/** Names of keys as this system writes them: "Ctrl C", on macOS "⌘ C". */
export function useKeyNames(): (keys: string) => string {
  const platform = useContext(PlatformContext);
  return (keys) => (platform === 'darwin' ? keys.replace('Ctrl', '⌘').replace('Shift', '⇧') : keys);
}

/** Is the system's command key held, and no other but perhaps Shift? */
export function isCommand(event: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }, platform: Platform): boolean {
  return (platform === 'darwin' ? event.metaKey : event.ctrlKey) && !event.altKey;
}

/** Does the event come from a place where keys are typed? */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
