import { useContext, useEffect } from 'react';
import { isCommand, PlatformContext } from './ui/keys.ts';

/** Ctrl+L and Ctrl+, from everywhere, also out of a dialog: locking must not wait for one to be closed. */
export function useFrameKeys(here: boolean, lock: () => void, openSettings: () => void): void {
  const platform = useContext(PlatformContext);
  useEffect(() => {
    if (!here) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (!isCommand(event, platform) || event.shiftKey) return;
      const act = event.key.toLowerCase() === 'l' ? lock : event.key === ',' ? openSettings : null;
      if (act === null) return;
      event.preventDefault();
      if (act === openSettings && document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      act();
    }
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [here, platform, lock, openSettings]);
}
