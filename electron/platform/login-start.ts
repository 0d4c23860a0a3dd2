import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { LoginStart } from '../services/ports.ts';
import { autostartEntry } from './autostart-entry.ts';
import { hiddenSwitch } from './started-hidden.ts';

/**
 * `profile`: the folder of `--profile`, or none. Each profile would be an entry of its own, and only the usual one
 * has a place in the system's list; a profile elsewhere is started by whoever made it.
 */
export function systemLoginStart(profile: string, comment: string): LoginStart {
  if (profile !== '') return { supported: false, isOn: () => false, set: () => undefined };
  if (process.platform === 'linux') {
    const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
    const program = process.env['APPIMAGE'] ?? process.execPath;
    const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), `--${hiddenSwitch}`];
    return autostartEntry(join(folder, 'autostart', 'grantkeep.desktop'), command, comment);
  }
  // Windows tells two entries apart by their words, so reading has to name the same ones as writing.
  const entry = { args: [`--${hiddenSwitch}`] };
  return {
    supported: app.isPackaged,
    isOn: () => app.getLoginItemSettings(entry).openAtLogin,
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...entry }),
  };
}
