import process from 'node:process';
import { app } from 'electron';

/** Started with the computer: no window, only the tray. */
export const hiddenSwitch = 'hidden';

/** Was it the computer that started us? macOS passes no words and says it in another place. */
export function startedHidden(): boolean {
  if (app.commandLine.hasSwitch(hiddenSwitch)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
