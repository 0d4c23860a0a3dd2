import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { autostartEntry, autostartText, execWord } from '../../../electron/platform/autostart-entry.ts';
import { temporaryFolder } from '../../support/headless-app.ts';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

describe('the autostart entry of a Linux desktop', () => {
  it('is written with its folder, read back, and removed', () => {
    const file = join(place.folder, 'config', 'autostart', 'grantkeep.desktop');
    const entry = autostartEntry(file, ['/opt/Grantkeep/grantkeep', '--hidden'], 'Keeps sign-ins');
    expect(entry.isOn()).toBe(false);
    entry.set(true);
    expect(entry.isOn()).toBe(true);
    expect(readFileSync(file, 'utf8').split('\n')).toEqual(
      expect.arrayContaining([
        '[Desktop Entry]',
        'Comment=Keeps sign-ins',
        'Exec="/opt/Grantkeep/grantkeep" "--hidden"',
      ]),
    );
    // Nothing of the careful writer is left beside it, or the desktop would read that as well.
    expect(readdirSync(join(place.folder, 'config', 'autostart'))).toEqual(['grantkeep.desktop']);
    entry.set(false);
    expect(existsSync(file)).toBe(false);
    entry.set(false);
    expect(entry.isOn()).toBe(false);
  });

  it('takes a path to the letter, whatever is in it', () => {
    expect(execWord('/home/a b/$HOME/`x`/"y"/100%/c\\d')).toBe(
      '"/home/a b/\\\\$HOME/\\\\`x\\\\`/\\\\"y\\\\"/100%%/c\\\\\\\\d"',
    );
    expect(() => autostartText(['/opt/a\nExec=rm', '--hidden'], '')).toThrow();
  });

  it('says what the disk said, and is off then', () => {
    writeFileSync(join(place.folder, 'config'), 'a file where the folder should be');
    const entry = autostartEntry(join(place.folder, 'config', 'grantkeep.desktop'), ['/opt/grantkeep'], '');
    expect(() => entry.set(true)).toThrow(/^disk_/);
    expect(entry.isOn()).toBe(false);
    mkdirSync(join(place.folder, 'folder.desktop'));
    expect(() => autostartEntry(join(place.folder, 'folder.desktop'), ['/opt/x'], '').set(false)).toThrow(/^disk_/);
  });
});
