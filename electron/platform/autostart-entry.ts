import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LoginStart } from '../services/ports.ts';
import { asDiskError, writeCarefully } from './careful-file.ts';

/**
 * One word of an `Exec` line (Desktop Entry Specification): in double quotes, with what a shell would read escaped,
 * then the backslashes once more, since the line is a string of the file; and no `%` that stands for a file.
 */
export function execWord(word: string): string {
  const quoted = `"${word.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%');
}

/** `command`: the program and its words. A line break in one would begin a line of its own and is refused. */
export function autostartText(command: readonly string[], comment: string): string {
  if (command.some((word) => /[\r\n\0]/.test(word))) throw new Error('a word of a command is one line');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Grantkeep',
    `Comment=${comment}`,
    `Exec=${command.map(execWord).join(' ')}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** The autostart folder of a Linux desktop: one file there, written whole or not at all, and removed again. */
export function autostartEntry(file: string, command: readonly string[], comment: string): LoginStart {
  return {
    supported: true,
    isOn: () => existsSync(file),
    set(on) {
      try {
        if (on) {
          mkdirSync(dirname(file), { recursive: true });
          writeCarefully(file, autostartText(command, comment));
        } else rmSync(file, { force: true });
      } catch (thrown) {
        throw asDiskError(thrown, dirname(file));
      }
    },
  };
}
